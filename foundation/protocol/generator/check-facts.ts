/**
 * Compares the definitions and the error table with the facts of a Kafka release, given as JSON files:
 * `npm run check-facts -- kafka-4.4-messages.json kafka-4.4-apis.json kafka-4.4-errors.json`.
 *
 * A development check: the files are not part of the project. Everything that shapes bytes is compared:
 * names, types, order, versions, nullability, tags, defaults, ignorability, flexible versions.
 */
import { readFileSync } from 'node:fs'
import { ErrorCode, isRetriable } from '../src/error-code.ts'
import type { Definition, FieldDefinition, StructDefinition } from './definition.ts'
import { loadDefinitions } from './generate.ts'
import { parseVersions } from './parse-definition.ts'

interface FieldFact {
  name: string
  type: string
  versions?: string
  nullableVersions?: string
  taggedVersions?: string
  tag?: number
  ignorable?: boolean
  default?: string | number | boolean | null
  flexibleVersions?: string
  fields?: FieldFact[]
}

interface MessageFact {
  name: string
  apiKey?: number
  flexibleVersions: string
  fields: FieldFact[]
  commonStructs?: { name: string; versions?: string; fields: FieldFact[] }[]
}

const differences: string[] = []

function expectEqual(where: string, ours: unknown, facts: unknown): void {
  const [a, b] = [JSON.stringify(ours), JSON.stringify(facts)]
  if (a !== b) differences.push(`${where}: ${a}, Kafka has ${b}`)
}

function range(text: string | undefined): unknown {
  const { min, max } = parseVersions(text ?? 'none')
  return [String(min), String(max)]
}

function ourRange(versions: { min: number; max: number }): unknown {
  return [String(versions.min), String(versions.max)]
}

function compareField(where: string, ours: FieldDefinition, fact: FieldFact): void {
  const at = `${where}.${fact.name}`
  const type = ours.isArray ? `[]${ours.typeName}` : ours.typeName
  expectEqual(`${at} type`, type, fact.type)
  const versions = fact.versions ?? fact.taggedVersions
  expectEqual(`${at} versions`, ourRange(ours.versions), range(versions))
  const nullable = fact.nullableVersions ?? 'none'
  expectEqual(`${at} nullable`, ours.nullable.min <= ours.nullable.max, nullable !== 'none')
  if (nullable !== 'none' && nullable !== versions) {
    expectEqual(`${at} nullable versions`, ourRange(ours.nullable), range(nullable))
  }
  expectEqual(`${at} tag`, ours.tag, fact.tag)
  if (fact.tag !== undefined) {
    expectEqual(`${at} tag versions`, ourRange(ours.tagVersions), range(fact.taggedVersions))
  }
  expectEqual(`${at} ignorable`, ours.isIgnorable, fact.ignorable ?? false)
  const fallback = fact.default === null ? 'null' : String(fact.default ?? '')
  expectEqual(`${at} default`, (ours.defaultText ?? '').toLowerCase(), fallback.toLowerCase())
}

function compareFields(
  where: string,
  ours: StructDefinition | undefined,
  facts: FieldFact[],
): void {
  expectEqual(
    `${where} fields`,
    ours?.fields.map((field) => field.name),
    facts.map((fact) => fact.name),
  )
  facts.forEach((fact, index) => {
    const field = ours?.fields[index]
    if (field !== undefined) compareField(where, field, fact)
  })
}

function compareMessages(definitions: readonly Definition[], facts: readonly MessageFact[]): void {
  const byName = new Map(facts.map((fact) => [fact.name, fact]))
  for (const definition of definitions) {
    for (const message of definition.messages) {
      const fact = byName.get(message.name)
      if (fact === undefined) {
        differences.push(`${message.name}: Kafka has no such message`)
        continue
      }
      expectEqual(
        `${message.name} flexible`,
        ourRange(definition.flexible),
        range(fact.flexibleVersions),
      )
      compareFields(message.name, message.root, fact.fields)
      const visit = (fields: FieldFact[]): void => {
        for (const field of fields) {
          if (field.fields === undefined) continue
          const name = field.type.replace('[]', '')
          compareFields(`${message.name}.${name}`, message.structs.get(name), field.fields)
          visit(field.fields)
        }
      }
      visit(fact.fields)
      for (const struct of fact.commonStructs ?? []) {
        compareFields(
          `${message.name}.${struct.name}`,
          message.structs.get(struct.name),
          struct.fields,
        )
        visit(struct.fields)
      }
    }
  }
}

interface ApiFact {
  key: number
  name: string
  oldest: number
  latestStable: number
  listeners: string[]
}

function compareApis(definitions: readonly Definition[], facts: readonly ApiFact[]): void {
  const served = facts.filter((fact) => fact.listeners.includes('BROKER'))
  const ours = definitions
    .filter((definition) => definition.apiKey !== undefined)
    .map(({ apiKey, name, versions }) => [apiKey, name, versions.min, versions.max])
  expectEqual(
    'APIs',
    ours.toSorted((a, b) => Number(a[0]) - Number(b[0])),
    served.map((fact) => [fact.key, fact.name, fact.oldest, fact.latestStable]),
  )
}

function compareErrors(facts: readonly { name: string; code: number; retriable: boolean }[]): void {
  const ours = Object.entries(ErrorCode).map(([name, code]) => [name, code, isRetriable(code)])
  expectEqual(
    'errors',
    ours,
    facts.map((fact) => [fact.name, fact.code, fact.retriable]),
  )
}

const [messages, apis, errors] = process.argv.slice(2)
if (messages === undefined || apis === undefined || errors === undefined) {
  console.error('Give three files: messages, APIs and errors of a Kafka release, as JSON.')
  process.exitCode = 2
} else {
  const definitions = loadDefinitions()
  compareMessages(definitions, JSON.parse(readFileSync(messages, 'utf8')).messages)
  compareApis(definitions, JSON.parse(readFileSync(apis, 'utf8')))
  compareErrors(JSON.parse(readFileSync(errors, 'utf8')))
  for (const difference of differences) console.error(difference)
  console.log(
    `${definitions.length} definitions compared, ${differences.length} differences from Kafka`,
  )
  if (differences.length > 0) process.exitCode = 1
}
