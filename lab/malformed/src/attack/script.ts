/**
 * What one connection is sent in one go: some requests, then a fence.
 *
 * The fence is a valid ApiVersions request. Answers come in order, so its answer says that everything
 * before was dealt with, also the requests that have no answer (acks=0). A script ends with the first
 * request that a broker has to close the connection for; what followed would not be looked at.
 *
 * A *dangling* frame says that more bytes come than do. It stands behind the fence, and the connection
 * is left with it half sent.
 */
import { ByteWriter } from '@ottla/base'
import { ApiKey, apiName, writeRequestHeader } from '@ottla/protocol'
import type { AnyMessage } from '@ottla/protocol/generator'
import { encodeApiVersionsRequest } from '@ottla/protocol/api-versions-request'
import { CORRELATION_ID_AT, type Corpus } from '../corpus/corpus.ts'
import { damageFrame, type DamageName } from '../damage/damage-frame.ts'
import { isHarmless } from '../damage/guard.ts'
import type { Dice } from '../dice.ts'

const SIZE_BYTES = 4
const REQUESTS_MAX = 16
const FENCE_VERSION = 3
const SIZE_DAMAGED = 0.02

export type DamagedSize = 'size too large' | 'size negative' | 'size too long' | 'size too short'

export interface ScriptRequest {
  readonly damage: DamageName | DamagedSize
  /** As a broker reads it; undefined when it cannot be read. */
  readonly apiKey: number | undefined
  readonly version: number
  readonly message: AnyMessage | undefined
}

export interface Script {
  readonly requests: readonly ScriptRequest[]
  /** The correlation id of the first request; the next ones count on, the fence is the last. */
  readonly firstCorrelationId: number
  readonly bytes: Buffer
  /** Sent after the fence was answered. */
  readonly dangling: Buffer | undefined
}

export class ScriptWriter {
  readonly #dice: Dice
  readonly #corpus: Corpus
  readonly #frameBytesMax: number
  readonly #writer = new ByteWriter()
  #guardedCount = 0

  constructor(dice: Dice, corpus: Corpus, frameBytesMax: number) {
    this.#dice = dice
    this.#corpus = corpus
    this.#frameBytesMax = frameBytesMax
  }

  /** Requests that were made and not sent because of what they asked for. */
  get guardedCount(): number {
    return this.#guardedCount
  }

  write(firstCorrelationId: number): Script {
    const requests: ScriptRequest[] = []
    const chunks: Buffer[] = []
    const wanted = 1 + this.#dice.below(REQUESTS_MAX)
    let dangling: Buffer | undefined
    while (requests.length < wanted) {
      const made = this.#request(firstCorrelationId + requests.length)
      if (made === undefined) {
        this.#guardedCount++
        continue
      }
      if (made.isDangling) {
        dangling = made.bytes
        break
      }
      requests.push(made.request)
      chunks.push(made.bytes)
      if (made.request.apiKey === undefined) break
    }
    const fenceId = firstCorrelationId + requests.length
    chunks.push(this.#fence(fenceId))
    return { requests, firstCorrelationId, bytes: Buffer.concat(chunks), dangling }
  }

  #request(
    correlationId: number,
  ): { request: ScriptRequest; bytes: Buffer; isDangling: boolean } | undefined {
    const sample = this.#corpus.draw()
    const { name, frame } = damageFrame(sample.frame, this.#dice, this.#corpus.apiKeys)
    if (frame.length >= CORRELATION_ID_AT + 4) {
      frame.writeInt32BE(correlationId, CORRELATION_ID_AT)
    }
    const read = this.#corpus.read(frame)
    if (read !== undefined && !isHarmless(read.apiKey, read.message)) return undefined
    if (this.#dice.chance(SIZE_DAMAGED)) return this.#withDamagedSize(frame)
    const request: ScriptRequest = {
      damage: name,
      apiKey: read?.apiKey,
      version: read?.version ?? -1,
      message: read?.message,
    }
    return { request, bytes: sized(frame, frame.length), isDangling: false }
  }

  #withDamagedSize(
    frame: Buffer,
  ): { request: ScriptRequest; bytes: Buffer; isDangling: boolean } | undefined {
    const dice = this.#dice
    const [damage, size] = dice.of<readonly [DamagedSize, number]>([
      ['size too large', dice.of([this.#frameBytesMax + 1, 2 ** 31 - 1])],
      ['size negative', dice.of([-1, -(2 ** 31), -1 - dice.below(1000)])],
      ['size too long', frame.length + 1 + dice.below(this.#frameBytesMax - frame.length)],
      ['size too short', dice.below(frame.length)],
    ])
    if (damage === 'size too short') {
      const read = this.#corpus.read(frame.subarray(0, size))
      if (read !== undefined && !isHarmless(read.apiKey, read.message)) return undefined
    }
    const request = { damage, apiKey: undefined, version: -1, message: undefined }
    const isDangling = damage === 'size too long' || damage === 'size too short'
    return { request, bytes: sized(frame, size), isDangling }
  }

  #fence(correlationId: number): Buffer {
    const writer = this.#writer
    writeRequestHeader(writer, {
      apiKey: ApiKey.ApiVersions,
      apiVersion: FENCE_VERSION,
      correlationId,
      clientId: 'fence',
    })
    encodeApiVersionsRequest(
      writer,
      { clientSoftwareName: 'lab', clientSoftwareVersion: '1', clusterId: null, nodeId: -1 },
      FENCE_VERSION,
    )
    const frame = writer.finishJoined()
    return sized(frame, frame.length)
  }
}

/** acks=0: no answer comes, whatever happens. */
export function isUnansweredProduce({ apiKey, message }: ScriptRequest): boolean {
  return apiKey === ApiKey.Produce && message?.['acks'] === 0
}

export function describeRequest({ apiKey, version, damage }: ScriptRequest): string {
  return apiKey === undefined
    ? `an unreadable request (${damage})`
    : `${apiName(apiKey)} v${version} (${damage})`
}

function sized(frame: Buffer, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(SIZE_BYTES + frame.length)
  bytes.writeInt32BE(size, 0)
  frame.copy(bytes, SIZE_BYTES)
  return bytes
}
