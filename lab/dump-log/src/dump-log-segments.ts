/** Apache's own inspector of log files, and what it has to say about a partition's directory. */
import { runTool } from '@ottla/lab-apache-kafka'
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

export function filesOf(directory: string, suffix: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith(suffix))
    .sort()
    .map((name) => join(directory, name))
}

/** The lines that it prints about the files, faults (on stderr) included; the file names are left out. */
export async function dumpLogSegments(
  files: readonly string[],
  ...flags: readonly string[]
): Promise<readonly string[]> {
  const dump = await runTool('DumpLogSegments', ['--files', files.join(','), ...flags])
  assert.equal(dump.exitCode, 0, dump.stderr)
  return `${dump.stdout}${dump.stderr}`
    .split('\n')
    .filter(
      (line) => line !== '' && !line.startsWith('Dumping ') && !line.startsWith('Log starting'),
    )
}

/** What is wrong with the offset and time indexes: each entry is compared with the log beside it. */
export async function faultsOfIndexes(directory: string): Promise<readonly string[]> {
  const files = [...filesOf(directory, '.index'), ...filesOf(directory, '.timeindex')]
  const faults = await dumpLogSegments(files, '--verify-index-only')
  const sanity = await dumpLogSegments(files, '--index-sanity-check')
  return [...faults, ...sanity.filter((line) => !line.endsWith('passed sanity check.'))]
}

/** As `--print-data-log` prints one record of a batch without a producer, or with one. */
export function recordLine(record: {
  readonly offset: number
  readonly timestamp: number
  readonly timestampName?: 'CreateTime' | 'LogAppendTime'
  readonly key: string | null
  readonly value: string | null
  readonly headerKeys: readonly string[]
  readonly sequence: number
}): string {
  const { key, value } = record
  return (
    `| offset: ${record.offset} ${record.timestampName ?? 'CreateTime'}: ${record.timestamp}` +
    ` keySize: ${key?.length ?? -1} valueSize: ${value?.length ?? -1}` +
    ` sequence: ${record.sequence} headerKeys: [${record.headerKeys.join(',')}]` +
    (key === null ? '' : ` key: ${key}`) +
    (value === null ? '' : ` payload: ${value}`)
  )
}
