/**
 * Apache's VerifiableProducer and VerifiableConsumer, the programs of Kafka's own system tests.
 *
 * They speak JSON of their own. The producer makes its records itself (`PREFIX.0`, `PREFIX.1`, …), so
 * adapt() turns the samples into what it will write.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runTool, startTool } from '@ottla/lab-apache-kafka'
import { LineProcess } from '../processes/line-process.ts'
import { CODECS, toBase64, type Codec, type WireRecord } from '../samples/record.ts'
import type { Sample } from '../samples/sample.ts'
import { CACHE } from '../setup/locations.ts'
import { toolsVersion } from '../setup/tools-version.ts'
import {
  EVERY_ABILITY,
  EVERY_FEATURE,
  type Client,
  type Consumed,
  type ConsumeRequest,
  type Member,
  type MemberRequest,
  type Outcome,
  type ProduceRequest,
} from './client.ts'
import { asMember } from './contract-client.ts'

const OWN_RECORDS = 'the verifiable producer makes its own records'
const TEXT_ONLY = 'the verifiable consumer prints key and value as text'
const CONSUMER = { 'heartbeat.interval.ms': '500', 'fetch.max.wait.ms': '200' }

interface Event {
  readonly name: string
  readonly key?: string | null
  readonly value?: string | null
  readonly topic?: string
  readonly partition?: number
  readonly offset?: number
  readonly exception?: string
  readonly message?: string
  readonly partitions?: readonly { readonly partition: number }[]
}

export const apacheVerifiable: Client = {
  name: 'apache verifiable',
  abilities: {
    ...EVERY_ABILITY,
    writes: {
      ...EVERY_FEATURE,
      headers: OWN_RECORDS,
      timestamps: OWN_RECORDS,
      nulls: OWN_RECORDS,
      empty: OWN_RECORDS,
      binary: OWN_RECORDS,
    },
    reads: { ...EVERY_FEATURE, headers: TEXT_ONLY, timestamps: TEXT_ONLY, binary: TEXT_ONLY },
    readsWithoutGroup: 'the verifiable consumer asks for a group',
    writesLarge: OWN_RECORDS,
  },

  setUp: toolsVersion,

  adapt: (samples: readonly Sample[], codec: Codec): readonly Sample[] =>
    samples.map((sample, index) => ({
      ...sample,
      needs: ['keys'],
      record: {
        ...sample.record,
        key: toBase64(String(index)),
        value: toBase64(`${CODECS.indexOf(codec)}.${index}`),
        headers: [],
      },
    })),

  produce: async (request: ProduceRequest): Promise<readonly Outcome[]> => {
    const properties = { 'compression.type': request.codec, 'linger.ms': '10' }
    const result = await runTool(
      'VerifiableProducer',
      [
        ['--bootstrap-server', request.broker, '--topic', request.topic, '--acks', '-1'],
        ['--max-messages', String(request.records.length)],
        ['--value-prefix', String(CODECS.indexOf(request.codec))],
        ['--repeating-keys', String(request.records.length)],
        ['--command-config', propertiesFile(`produce-${request.codec}`, properties)],
      ].flat(),
    )
    const events = parseEvents(result.stdout)
    const failure = events.find(({ name }) => name === 'producer_send_error')
    const error = failure?.message ?? failure?.exception ?? result.stderr.trim().slice(0, 800)
    const successes = events.filter(({ name }) => name === 'producer_send_success').length
    return request.records.map((_, index) => (index < successes ? {} : { error }))
  },

  consume: async (request: ConsumeRequest): Promise<Consumed> => {
    const args = consumerArgs(request.broker, request.topic, request.group ?? 'unused')
    const result = await runTool(
      'VerifiableConsumer',
      [...args, '--max-messages', String(request.count)],
      { timeoutMs: (request.timeoutMs ?? 30_000) + 10_000 },
    )
    const records = parseEvents(result.stdout)
      .filter(({ name }) => name === 'record_data')
      .map(toRecord)
    if (records.length === request.count) return { records }
    return { records, problem: result.stderr.trim().slice(0, 800) || `ended early` }
  },

  startMember: async (request: MemberRequest): Promise<Member> => {
    const held = new Set<number>()
    const values: string[] = []
    const child = await startTool(
      'VerifiableConsumer',
      consumerArgs(request.broker, request.topic, request.group),
    )
    const program = new LineProcess(child, (line, from) => {
      if (from === 'stderr' || !line.startsWith('{')) return
      const event = JSON.parse(line) as Event
      if (event.name === 'record_data') values.push(event.value ?? '')
      for (const { partition } of event.partitions ?? []) {
        if (event.name === 'partitions_assigned') held.add(partition)
        if (event.name === 'partitions_revoked') held.delete(partition)
      }
      request.onChange()
    })
    return asMember(program, {
      get assigned() {
        return [...held]
      },
      values,
    })
  },
}

function consumerArgs(broker: string, topic: string, group: string): readonly string[] {
  return [
    ['--bootstrap-server', broker, '--topic', topic, '--group-id', group],
    ['--session-timeout', '6000', '--reset-policy', 'earliest', '--verbose'],
    ['--command-config', propertiesFile('consume', CONSUMER)],
  ].flat()
}

/** These tools take settings from a file only. */
function propertiesFile(name: string, properties: Readonly<Record<string, string>>): string {
  mkdirSync(CACHE, { recursive: true })
  const file = join(CACHE, `verifiable-${name}.properties`)
  const lines = Object.entries(properties).map(([key, value]) => `${key}=${value}\n`)
  writeFileSync(file, lines.join(''))
  return file
}

function toRecord(event: Event): WireRecord {
  const data = (text: string | null | undefined): string | null =>
    text === null || text === undefined ? null : toBase64(text)
  return {
    partition: event.partition ?? -1,
    offset: event.offset ?? -1,
    timestamp: -1,
    key: data(event.key),
    value: data(event.value),
    headers: [],
  }
}

function parseEvents(stdout: string): readonly Event[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as Event)
}
