/**
 * A scripted broker on a MemoryNetwork: a test says for each API what is answered, how late, and where
 * the connection breaks, and looks at the requests that came.
 *
 * ```ts
 * const world = fakeWorld()
 * const broker = new FakeBroker(world.network, { topics: { orders: 2 } })
 * const produce = broker.serve(ApiKey.Produce, { min: 3, max: 11 }, decodeProduceRequest, encodeProduceResponse,
 *   (request, version) => …)
 * broker.cutAfterNext(ApiKey.Produce, 'mid-frame')
 * … await until(world, () => produce.requests.length === 2)
 * ```
 *
 * ApiVersions (exactly what is served), Metadata (`fake-cluster.ts`) and FindCoordinator (itself) are
 * served from the start; `serve` replaces any of them. An API or version that is not served costs the
 * connection, as with a real broker. A handler that throws fails the test: it is thrown on, uncaught.
 */
import type { ByteReader, ByteWriter } from '@ottla/base'
import type { ByteSocket, ListeningSocket, Network } from '@ottla/net'
import { apiName, type ApiKey } from '@ottla/protocol'
import { refuseVersion, serveDefaults } from './default-apis.ts'
import { FakeCluster, type FakeNode, type FakeTopicOptions } from './fake-cluster.ts'
import {
  FakeConnection,
  type Answer,
  type CutMoment,
  type FakeConnectionOwner,
  type FakeFrame,
  type Turn,
} from './fake-connection.ts'

export interface FakeBrokerOptions {
  /** 'broker' by default. */
  readonly host?: string
  /** 9092 plus the node id by default. */
  readonly port?: number
  /** 1 by default. */
  readonly nodeId?: number
  readonly rack?: string
  /** Topics of the cluster, with how many partitions. */
  readonly topics?: Readonly<Record<string, FakeTopicOptions | number>>
  /** Of another broker, to be in one cluster with it. */
  readonly cluster?: FakeCluster
}

export interface FakeRequest<Message = unknown> {
  readonly apiKey: number
  readonly apiName: string
  readonly version: number
  readonly correlationId: number
  readonly clientId: string | null
  /** undefined when the API or its version is not served. */
  readonly message: Message
  readonly connection: FakeConnection
}

export interface RequestContext {
  readonly broker: FakeBroker
  readonly connection: FakeConnection
  readonly correlationId: number
  readonly clientId: string | null
  /** How many requests of this API came to this broker, from 1. */
  readonly count: number
}

/** What a handler returns for a request that wants no answer (a produce with acks=0). */
export const SILENT: unique symbol = Symbol('silent')

/** What a handler returns to send these very bytes, size and header included. */
export class RawAnswer {
  readonly frame: Buffer

  constructor(frame: Buffer) {
    this.frame = frame
  }
}

export type FakeAnswer<Response> = Response | RawAnswer | typeof SILENT | undefined

/** `undefined` is never answered; a promise is answered when it resolves, those behind it wait. */
export type FakeHandler<Request, Response> = (
  request: Request,
  version: number,
  context: RequestContext,
) => FakeAnswer<Response> | Promise<FakeAnswer<Response>>

export interface ServedVersions {
  readonly min: number
  readonly max: number
}

export interface ServedApi<Request> {
  /** Those of this API that came so far, the oldest first. */
  readonly requests: readonly FakeRequest<Request>[]
}

interface Service {
  readonly versions: ServedVersions
  readonly decode: (reader: ByteReader, version: number) => unknown
  readonly encode: (writer: ByteWriter, message: never, version: number) => void
  readonly handle: FakeHandler<never, unknown>
}

export class FakeBroker implements FakeNode, FakeConnectionOwner, AsyncDisposable {
  readonly host: string
  readonly port: number
  readonly nodeId: number
  readonly rack: string | null
  readonly cluster: FakeCluster
  /** All that came, the oldest first. */
  readonly requests: FakeRequest[] = []
  readonly connections = new Set<FakeConnection>()
  /** How many connections were accepted so far. */
  acceptedCount = 0
  readonly #network: Network
  readonly #services = new Map<number, Service>()
  readonly #cuts = new Map<number, CutMoment[]>()
  readonly #counts = new Map<number, number>()
  #listening: Promise<ListeningSocket> | undefined

  constructor(network: Network, options: FakeBrokerOptions = {}) {
    this.#network = network
    this.nodeId = options.nodeId ?? 1
    this.host = options.host ?? 'broker'
    this.port = options.port ?? 9092 + this.nodeId
    this.rack = options.rack ?? null
    this.cluster = options.cluster ?? new FakeCluster()
    this.cluster.nodes.push(this)
    for (const [name, topic] of Object.entries(options.topics ?? {})) {
      this.cluster.addTopic(name, topic)
    }
    serveDefaults(this)
    this.listen()
  }

  /** host:port, as `bootstrap.servers` takes it. */
  get address(): string {
    return `${this.host}:${this.port}`
  }

  get isListening(): boolean {
    return this.#listening !== undefined
  }

  /** Again, after `stop()`. The memory network takes connections at once. */
  listen(): void {
    const { host, port } = this
    this.#listening ??= this.#network.listen({ host, port }, (socket) => {
      this.#accept(socket)
    })
  }

  /** Dies: refuses connections, drops those that are open, and is in Metadata no more. */
  stop(): void {
    const listening = this.#listening
    this.#listening = undefined
    void listening?.then((socket) => socket.close())
    this.cut()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  #accept(socket: ByteSocket): void {
    this.connections.add(new FakeConnection(socket, this.acceptedCount++, this))
  }

  /** From now on requests of this API are decoded, recorded and given to `handler`. */
  serve<Request, Response>(
    apiKey: ApiKey,
    versions: ServedVersions,
    decodeRequest: (reader: ByteReader, version: number) => Request,
    encodeResponse: (writer: ByteWriter, message: Response, version: number) => void,
    handler: FakeHandler<Request, Response>,
  ): ServedApi<Request> {
    this.#services.set(apiKey, {
      versions,
      decode: decodeRequest,
      encode: encodeResponse,
      handle: handler as FakeHandler<never, unknown>,
    })
    const requestsOf = (): FakeRequest<Request>[] => this.requestsOf(apiKey)
    return {
      get requests() {
        return requestsOf()
      },
    }
  }

  /** The API is advertised no more. */
  unserve(apiKey: ApiKey): void {
    this.#services.delete(apiKey)
  }

  get served(): ReadonlyMap<number, ServedVersions> {
    return new Map([...this.#services].map(([apiKey, { versions }]) => [apiKey, versions]))
  }

  requestsOf<Message = unknown>(apiKey: ApiKey): FakeRequest<Message>[] {
    return this.requests.filter((request) => request.apiKey === apiKey) as FakeRequest<Message>[]
  }

  /** Drops all connections now; new ones are taken. */
  cut(): void {
    for (const connection of this.connections) connection.cut()
  }

  /** The connection that brings the next request of this API is cut there. May be said several times. */
  cutAfterNext(apiKey: ApiKey, moment: CutMoment = 'before'): void {
    const moments = this.#cuts.get(apiKey) ?? []
    moments.push(moment)
    this.#cuts.set(apiKey, moments)
  }

  onConnectionClosed(connection: FakeConnection): void {
    this.connections.delete(connection)
  }

  onFrame(connection: FakeConnection, turn: Turn, frame: FakeFrame): void {
    const { apiKey, version, correlationId, clientId, body } = frame
    const service = this.#services.get(apiKey)
    const isServed = service !== undefined && isWithin(version, service.versions)
    const message = isServed ? service.decode(body, version) : undefined
    const count = (this.#counts.get(apiKey) ?? 0) + 1
    this.#counts.set(apiKey, count)
    const header = { apiKey, apiName: apiName(apiKey), version, correlationId, clientId }
    this.requests.push({ ...header, message, connection })
    const cut = this.#cuts.get(apiKey)?.shift()
    if (cut === 'unhandled' || (!isServed && !refuseVersion(this, connection, turn))) {
      connection.cut()
      return
    }
    if (!isServed) return
    const context = { broker: this, connection, correlationId, clientId, count }
    const respond = (answer: FakeAnswer<unknown>): void => {
      respondTo({ connection, turn, service, version, cut }, answer)
    }
    try {
      const answer = service.handle(message as never, version, context)
      if (answer instanceof Promise) answer.then(respond, rethrow)
      else respond(answer)
    } catch (error) {
      rethrow(error)
    }
  }
}

interface Responding {
  readonly connection: FakeConnection
  readonly turn: Turn
  readonly service: Service
  readonly version: number
  readonly cut: CutMoment | undefined
}

function respondTo(
  { connection, turn, service, version, cut }: Responding,
  answer: FakeAnswer<unknown>,
): void {
  if (answer === SILENT || answer === undefined) {
    // Nothing is sent, so every moment of the answer is this one.
    if (cut !== undefined) connection.cut()
    else if (answer === SILENT) connection.answer(turn, 'silent')
  } else if (answer instanceof RawAnswer) {
    connection.write(answer.frame)
    if (cut === undefined) connection.answer(turn, 'silent')
    else connection.cut()
  } else {
    const encode: Answer['encode'] = (writer) => {
      service.encode(writer, answer as never, version)
    }
    connection.answer(turn, { encode, version, cut })
  }
}

function isWithin(version: number, { min, max }: ServedVersions): boolean {
  return version >= min && version <= max
}

/** Uncaught, so that the test which runs fails, whatever it waits for. */
function rethrow(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
