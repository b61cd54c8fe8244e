/**
 * Requests of every API and version that the broker serves, as frames without their size; damage/ works on
 * copies. Kept because making one costs more than sending it, and renewed all the time.
 */
import { ByteReader, ByteWriter, type MalformedError } from '@ottla/base'
import {
  ApiKey,
  isVersionSupported,
  readRequestHeader,
  RequestHeader,
  writeRequestHeader,
} from '@ottla/protocol'
import {
  codecOf,
  loadDefinitions,
  MessageMaker,
  StructPlan,
  type AnyMessage,
  type MessageCodec,
} from '@ottla/protocol/generator'
import type { Dice } from '../dice.ts'
import type { PlausibleMessage } from './plausible-message.ts'

export const CORRELATION_ID_AT = 4
const SAMPLES_PER_VERSION = 24
/** Of the draws that make a new sample. */
const RENEWED = 0.05
/** Requests of members and sessions are stale before they are sent twice. */
const RENEWED_STATEFUL = 0.8
const STATEFUL_APIS: ReadonlySet<number> = new Set([
  ApiKey.Fetch,
  ApiKey.OffsetCommit,
  ApiKey.JoinGroup,
  ApiKey.SyncGroup,
  ApiKey.Heartbeat,
  ApiKey.LeaveGroup,
])
const OF_DEEP_APIS = 0.3
const DEEP_APIS: ReadonlySet<number> = new Set([
  ApiKey.Produce,
  ApiKey.Fetch,
  ApiKey.OffsetCommit,
  ApiKey.JoinGroup,
  ApiKey.SyncGroup,
])

export interface ServedApi {
  readonly apiKey: number
  readonly minVersion: number
  readonly maxVersion: number
}

export interface Sample {
  readonly apiKey: number
  readonly version: number
  readonly frame: Buffer
}

interface Kind {
  readonly apiKey: number
  readonly version: number
  readonly plan: StructPlan
  readonly request: MessageCodec
  readonly response: MessageCodec
  readonly samples: Sample[]
}

export class Corpus {
  readonly #dice: Dice
  readonly #maker: MessageMaker
  readonly #plausible: PlausibleMessage
  readonly #kinds: Kind[] = []
  #deepKinds: readonly Kind[] = []
  readonly #kindOf = new Map<string, Kind>()
  readonly #apiKeys: number[] = []
  readonly #writer = new ByteWriter()
  readonly #reader = new ByteReader()
  readonly #header = new RequestHeader()

  private constructor(dice: Dice, plausible: PlausibleMessage) {
    this.#dice = dice
    this.#maker = new MessageMaker(dice.random)
    this.#plausible = plausible
  }

  static async load(
    served: readonly ServedApi[],
    dice: Dice,
    plausible: PlausibleMessage,
  ): Promise<Corpus> {
    const corpus = new Corpus(dice, plausible)
    const definitions = loadDefinitions()
    for (const { apiKey, minVersion, maxVersion } of served) {
      const definition = definitions.find((each) => each.apiKey === apiKey)
      const [request, response] = definition?.messages ?? []
      if (definition === undefined || request === undefined || response === undefined) {
        throw new Error(`The broker serves API ${apiKey}, of which there is no definition`)
      }
      const codecs = { request: await codecOf(request), response: await codecOf(response) }
      const plan = new StructPlan(definition, request, request.root)
      corpus.#apiKeys.push(apiKey)
      for (let version = minVersion; version <= maxVersion; version++) {
        // Versions 0 to 2 of Produce are named for old clients' sake and not served, as in Kafka.
        if (!isVersionSupported(apiKey, version)) continue
        const kind = { apiKey, version, plan, ...codecs, samples: [] }
        corpus.#kinds.push(kind)
        corpus.#kindOf.set(keyOf(apiKey, version), kind)
      }
    }
    const deepKinds = corpus.#kinds.filter(({ apiKey }) => DEEP_APIS.has(apiKey))
    corpus.#deepKinds = deepKinds.length === 0 ? corpus.#kinds : deepKinds
    return corpus
  }

  get apiKeys(): readonly number[] {
    return this.#apiKeys
  }

  get versionCount(): number {
    return this.#kinds.length
  }

  /** Every API and version as likely, but for those with the most behind them. */
  draw(): Sample {
    const kind = this.#dice.of(this.#dice.chance(OF_DEEP_APIS) ? this.#deepKinds : this.#kinds)
    const { samples } = kind
    const renewed = STATEFUL_APIS.has(kind.apiKey) ? RENEWED_STATEFUL : RENEWED
    if (samples.length < SAMPLES_PER_VERSION || this.#dice.chance(renewed)) {
      const sample = this.#make(kind)
      if (samples.length < SAMPLES_PER_VERSION) samples.push(sample)
      else samples[this.#dice.below(samples.length)] = sample
      return sample
    }
    return this.#dice.of(samples)
  }

  #make(kind: Kind): Sample {
    const { apiKey, version, plan, request } = kind
    const message = this.#maker.make(plan, version)
    this.#plausible.season(plan, message, version)
    const writer = this.#writer
    writeRequestHeader(writer, {
      apiKey,
      apiVersion: version,
      correlationId: 0,
      clientId: this.#dice.of(['malformed', '', null]),
    })
    request.encode(writer, message, version)
    return { apiKey, version, frame: Buffer.concat(writer.finish()) }
  }

  /** What a broker makes of these bytes: a request, or undefined when it has to close the connection. */
  read(frame: Buffer): { apiKey: number; version: number; message: AnyMessage } | undefined {
    if (frame.length < CORRELATION_ID_AT + 4) return undefined
    const apiKey = frame.readInt16BE(0)
    const version = frame.readInt16BE(2)
    const kind = this.#kindOf.get(keyOf(apiKey, version))
    // An unknown version of ApiVersions is answered in the layout of version 0.
    if (kind === undefined) {
      return apiKey === ApiKey.ApiVersions ? { apiKey, version: 0, message: {} } : undefined
    }
    try {
      const reader = this.#reader.reset(frame)
      readRequestHeader(reader, this.#header)
      return { apiKey, version, message: kind.request.decode(reader, version) }
    } catch (error) {
      if ((error as MalformedError).name !== 'MalformedError') throw error
      return undefined
    }
  }

  responseCodec(apiKey: number, version: number): MessageCodec | undefined {
    return this.#kindOf.get(keyOf(apiKey, version))?.response
  }
}

function keyOf(apiKey: number, version: number): string {
  return `${apiKey}:${version}`
}
