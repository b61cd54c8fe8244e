/** A connection that speaks Kafka's protocol plainly, to see what a client would see. */
import { ByteReader, ByteWriter, crc32c, ZERO_UUID } from '@ottla/base'
import { FrameReader, type ByteSocket, type Network } from '@ottla/net'
import {
  ApiKey,
  readResponseHeader,
  responseHeaderVersion,
  writeRequestHeader,
} from '@ottla/protocol'
import {
  decodeApiVersionsResponse,
  type ApiVersionsResponse,
} from '@ottla/protocol/api-versions-response'
import { encodeApiVersionsRequest } from '@ottla/protocol/api-versions-request'
import { encodeListOffsetsRequest } from '@ottla/protocol/list-offsets-request'
import { decodeListOffsetsResponse } from '@ottla/protocol/list-offsets-response'
import { encodeMetadataRequest } from '@ottla/protocol/metadata-request'
import { decodeMetadataResponse, type MetadataResponse } from '@ottla/protocol/metadata-response'
import { encodeProduceRequest } from '@ottla/protocol/produce-request'
import { decodeProduceResponse, type ProduceResponse } from '@ottla/protocol/produce-response'

export interface Call<Request, Response> {
  readonly apiKey: ApiKey
  readonly version: number
  readonly encode: (writer: ByteWriter, message: Request, version: number) => void
  readonly decode: (reader: ByteReader, version: number) => Response
}

interface Waiting {
  readonly onFrame: (reader: ByteReader) => void
  readonly onLost: (error: Error) => void
}

const PRODUCE_VERSION = 9
const LATEST_TIMESTAMP = -1
const TIMESTAMP = 1_700_000_000_000

export class WireClient {
  /** Answers' bytes, whole or not. */
  receivedBytes = 0
  readonly #socket: ByteSocket
  readonly #frames = new FrameReader(64 * 1024 * 1024)
  readonly #waiting: Waiting[] = []
  #correlationId = 0
  #onClosed: (() => void) | undefined
  readonly closed = new Promise<void>((resolve) => {
    this.#onClosed = resolve
  })

  private constructor(socket: ByteSocket) {
    this.#socket = socket
    socket.setListener({
      onData: (chunk) => {
        this.#onData(chunk)
      },
      onDrain: () => undefined,
      onClose: () => {
        this.#onClosed?.()
        for (const { onLost } of this.#waiting) onLost(new Error('connection lost'))
      },
    })
  }

  static async connect(broker: { brokers: string; network: Network }): Promise<WireClient> {
    const [, inBrackets, plain, port] = /^(?:\[(.+)\]|([^:]+)):(\d+)$/.exec(broker.brokers) ?? []
    const host = inBrackets ?? plain
    if (host === undefined) throw new Error(`"${broker.brokers}" is no host and port`)
    return new WireClient(await broker.network.connect({ host, port: Number(port) }))
  }

  #onData(chunk: Buffer): void {
    this.receivedBytes += chunk.length
    this.#frames.push(chunk)
    while (this.#frames.next()) {
      const { buffer, start, end } = this.#frames
      this.#waiting.shift()?.onFrame(new ByteReader(buffer, start, end))
    }
  }

  send<Request>(call: Call<Request, unknown>, message: Request): number {
    const { apiKey, version: apiVersion, encode } = call
    const correlationId = this.#correlationId++
    const writer = new ByteWriter()
    const size = writer.reserveInt32()
    writeRequestHeader(writer, { apiKey, apiVersion, correlationId, clientId: 'wire' })
    encode(writer, message, apiVersion)
    writer.patchInt32(size, writer.length - 4)
    this.#socket.write([writer.finishJoined()])
    return correlationId
  }

  /** Rejects when the connection is lost, or when the answer is to another question. */
  request<Request, Response>(call: Call<Request, Response>, message: Request): Promise<Response> {
    const { apiKey, version, decode } = call
    const correlationId = this.send(call, message)
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        onLost: reject,
        onFrame: (reader) => {
          const id = readResponseHeader(reader, responseHeaderVersion(apiKey, version))
          if (id === correlationId) resolve(decode(reader, version))
          else reject(new Error(`answer ${id} to ${correlationId}`))
        },
      })
    })
  }

  apiVersions(version = 3): Promise<ApiVersionsResponse> {
    return this.request(
      {
        apiKey: ApiKey.ApiVersions,
        version,
        encode: encodeApiVersionsRequest,
        decode: decodeApiVersionsResponse,
      },
      { clientSoftwareName: 'wire', clientSoftwareVersion: '1', clusterId: null, nodeId: -1 },
    )
  }

  metadata(...names: string[]): Promise<MetadataResponse> {
    return this.request(
      {
        apiKey: ApiKey.Metadata,
        version: 12,
        encode: encodeMetadataRequest,
        decode: decodeMetadataResponse,
      },
      {
        topics: names.map((name) => ({ topicId: ZERO_UUID, name })),
        allowAutoTopicCreation: false,
        includeClusterAuthorizedOperations: false,
        includeTopicAuthorizedOperations: false,
      },
    )
  }

  /** Resolves with the error code and the offset. */
  async produce(topic: string): Promise<{ errorCode: number; baseOffset: number }> {
    const { responses } = await this.request(PRODUCE, produceRequest(topic, 1))
    const outcome = responses[0]?.partitionResponses[0]
    if (outcome === undefined) throw new Error('an answer about no partition')
    return { errorCode: outcome.errorCode, baseOffset: outcome.baseOffset }
  }

  produceWithoutAnswer(topic: string): void {
    this.send(PRODUCE, produceRequest(topic, 0))
  }

  /** Of partition 0: the offset that the next record will get. */
  async endOffset(topic: string): Promise<number> {
    const partition = {
      partitionIndex: 0,
      currentLeaderEpoch: -1,
      timestamp: LATEST_TIMESTAMP,
    }
    const { topics } = await this.request(
      {
        apiKey: ApiKey.ListOffsets,
        version: 7,
        encode: encodeListOffsetsRequest,
        decode: decodeListOffsetsResponse,
      },
      {
        replicaId: -1,
        isolationLevel: 0,
        topics: [{ name: topic, partitions: [partition] }],
        timeoutMs: 0,
      },
    )
    return topics[0]?.partitions[0]?.offset as number
  }

  close(): void {
    this.#socket.destroy()
  }
}

const PRODUCE: Call<Parameters<typeof encodeProduceRequest>[1], ProduceResponse> = {
  apiKey: ApiKey.Produce,
  version: PRODUCE_VERSION,
  encode: encodeProduceRequest,
  decode: decodeProduceResponse,
}

function produceRequest(name: string, acks: number) {
  const partitionData = [{ index: 0, records: oneRecord() }]
  return {
    transactionalId: null,
    acks,
    timeoutMs: 1000,
    topicData: [{ name, topicId: ZERO_UUID, partitionData }],
  }
}

const CRC_POSITION = 17
const CRC_END = CRC_POSITION + 4

/** A batch of one record without a key, whose value is "v". */
function oneRecord(): Buffer {
  const writer = new ByteWriter()
  writer.writeInt64(0)
  const batchLength = writer.reserveInt32()
  const before = writer.length
  writer.writeInt32(-1)
  writer.writeInt8(2)
  writer.writeInt32(0)
  writer.writeInt16(0)
  writer.writeInt32(0)
  for (const timestamp of [TIMESTAMP, TIMESTAMP]) writer.writeInt64(timestamp)
  writer.writeInt64(-1)
  writer.writeInt16(-1)
  writer.writeInt32(-1)
  writer.writeInt32(1)
  // Length 7, attributes, timestamp and offset delta, no key, a value of one byte, no headers.
  writer.writeBytes(Buffer.from([14, 0, 0, 0, 1, 2, 0x76, 0]))
  writer.patchInt32(batchLength, writer.length - before)
  const batch = writer.finishJoined()
  batch.writeUInt32BE(crc32c(batch.subarray(CRC_END)) >>> 0, CRC_POSITION)
  return batch
}
