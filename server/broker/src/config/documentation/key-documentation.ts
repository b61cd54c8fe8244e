/**
 * What a configuration key is for, in a sentence: the documentation of DescribeConfigs. A topic key and a
 * broker key of the same name mean the same and share it.
 *
 * Read at the first question: a broker that nobody asks does not pay for it at start.
 */
import { CLUSTER_DOCUMENTATION } from './cluster-documentation.ts'
import { GROUP_DOCUMENTATION } from './group-documentation.ts'
import { LOG_DOCUMENTATION } from './log-documentation.ts'
import { NETWORK_DOCUMENTATION } from './network-documentation.ts'
import { SECURITY_DOCUMENTATION } from './security-documentation.ts'

let documentation: ReadonlyMap<string, string> | undefined

export function documentationOf(name: string): string | undefined {
  documentation ??= readDocumentation()
  return documentation.get(name)
}

/** Every key that has a text, to compare with the tables. */
export function documentedKeys(): string[] {
  return documentationLines().map(([name]) => name)
}

function readDocumentation(): ReadonlyMap<string, string> {
  return new Map(documentationLines())
}

function documentationLines(): [string, string][] {
  const text = [
    CLUSTER_DOCUMENTATION,
    GROUP_DOCUMENTATION,
    LOG_DOCUMENTATION,
    NETWORK_DOCUMENTATION,
    SECURITY_DOCUMENTATION,
  ].join('')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(': ')
      return [line.slice(0, colon), line.slice(colon + 2)]
    })
}
