/**
 * From an address to a connection that can be used: connect, ask what the broker serves, authenticate.
 *
 * The whole of it has one deadline (socket.connection.setup.timeout.ms): a host that swallows packets
 * must not hold up the caller, who may have other brokers to try.
 */
import { ByteReader } from '@ottla/base'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import {
  decodeApiVersionsResponse,
  type ApiVersionsResponse,
} from '@ottla/protocol/api-versions-response'
import { encodeApiVersionsRequest } from '@ottla/protocol/api-versions-request'
import type { ByteSocket, ConnectOptions } from '@ottla/net'
import { untilAborted } from '../async/abort.ts'
import { answeredError } from '../kafka-error.ts'
import type { ClientMetrics } from '../metrics/client-metrics.ts'
import type { ClientWorld } from '../world.ts'
import { defineApi } from './api.ts'
import { BrokerConnection } from './broker-connection.ts'
import type { BrokerAddress } from './broker-address.ts'
import { connectError, unreachable } from './connect-error.ts'
import type { VersionRange } from './served-versions.ts'

const API_VERSIONS = defineApi(ApiKey.ApiVersions, encodeApiVersionsRequest, decodeEitherVersion, {
  max: 4,
})
const SOFTWARE_NAME = 'ottla-client'

/** What refuses the version of the question is itself in version 0 (KIP-511). */
function decodeEitherVersion(reader: ByteReader, version: number): ApiVersionsResponse {
  const body = reader.readSlice(reader.remaining)
  const isRefusal = body.length >= 2 && body.readInt16BE(0) === ErrorCode.UNSUPPORTED_VERSION
  return decodeApiVersionsResponse(new ByteReader(body), isRefusal ? 0 : version)
}

export interface OpenOptions {
  readonly clientId: string
  readonly softwareVersion: string
  readonly requestTimeoutMs: number
  /** socket.connection.setup.timeout.ms */
  readonly setupTimeoutMs: number
  /** TLS, when the listener wants it; passed to the network as it is. */
  readonly tls?: ConnectOptions['tls']
  /** SASL, after ApiVersions; rejects when the broker does not accept the credentials. */
  readonly authenticate?: ((connection: BrokerConnection) => Promise<void>) | undefined
  readonly metrics?: ClientMetrics | undefined
  /** Gives up and rejects with the signal's reason; a connection that is made already stays. */
  readonly signal?: AbortSignal | undefined
  readonly onClosed: (connection: BrokerConnection) => void
}

export async function openConnection(
  world: ClientWorld,
  address: BrokerAddress,
  options: OpenOptions,
): Promise<BrokerConnection> {
  const { setupTimeoutMs, signal, authenticate } = options
  const metrics = options.metrics?.broker(address)
  signal?.throwIfAborted()
  const givingUp = new AbortController()
  const onAbort = (): void => {
    givingUp.abort(signal?.reason)
  }
  signal?.addEventListener('abort', onAbort, { once: true })
  const timer = world.clock.setTimer(setupTimeoutMs, () => {
    givingUp.abort(unreachable(address, `no answer within ${setupTimeoutMs} ms`))
  })
  let connection: BrokerConnection | undefined
  const setUp = async (): Promise<BrokerConnection> => {
    const socket = await connect(world, address, options, givingUp.signal)
    connection = newConnection(socket, world, address, options)
    // Nobody waits any more for what was connected in the same moment.
    givingUp.signal.throwIfAborted()
    const answer = await askVersions(connection, options.softwareVersion)
    connection.versions = versionsOf(answer)
    connection.features = new Map(
      answer.finalizedFeatures.map(({ name, maxVersionLevel }) => [name, maxVersionLevel]),
    )
    await authenticate?.(connection)
    return connection
  }
  try {
    return await untilAborted(setUp(), givingUp.signal)
  } catch (error) {
    metrics?.onConnectFailed()
    connection?.close()
    throw error
  } finally {
    timer.cancel()
    signal?.removeEventListener('abort', onAbort)
  }
}

function newConnection(
  socket: ByteSocket,
  { clock }: ClientWorld,
  address: BrokerAddress,
  options: OpenOptions,
): BrokerConnection {
  const { clientId, requestTimeoutMs, onClosed } = options
  const metrics = options.metrics?.broker(address)
  metrics?.onConnected()
  return new BrokerConnection(socket, {
    address,
    clientId,
    clock,
    requestTimeoutMs,
    metrics,
    lossHints: lossHints(options),
    onClosed: (connection) => {
      metrics?.onDisconnected()
      onClosed(connection)
    },
  })
}

/** A broker only hangs up on who speaks to its listener in the wrong way: it has no words for it. */
function lossHints({ tls, authenticate }: OpenOptions): string[] {
  const needsTls = 'if this is the port of a TLS listener, set `tls`'
  const needsSasl = 'if its listener wants SASL, set `sasl`'
  if (authenticate !== undefined) return tls === undefined ? [needsTls] : []
  return [tls === undefined ? needsTls : needsSasl, needsSasl]
}

async function connect(
  world: ClientWorld,
  { host, port }: BrokerAddress,
  options: OpenOptions,
  signal: AbortSignal,
): Promise<ByteSocket> {
  try {
    const tls = options.tls === undefined ? {} : { tls: options.tls }
    return await world.network.connect({ host, port, signal, ...tls })
  } catch (error) {
    signal.throwIfAborted()
    throw connectError({ host, port }, error, options.tls !== undefined)
  }
}

/** A broker too old for our version of the question answers in version 0 and names its own (KIP-511). */
async function askVersions(
  connection: BrokerConnection,
  softwareVersion: string,
): Promise<ApiVersionsResponse> {
  let response = await ask(connection, API_VERSIONS.max, softwareVersion)
  if (response.errorCode === ErrorCode.UNSUPPORTED_VERSION) {
    const own = response.apiKeys.find(({ apiKey }) => apiKey === ApiKey.ApiVersions)
    response = await ask(
      connection,
      Math.min(own?.maxVersion ?? 0, API_VERSIONS.max),
      softwareVersion,
    )
  }
  if (response.errorCode !== 0) {
    throw answeredError(response.errorCode, {
      apiKey: ApiKey.ApiVersions,
      broker: connection.broker,
    })
  }
  return response
}

function versionsOf({ apiKeys }: ApiVersionsResponse): ReadonlyMap<number, VersionRange> {
  return new Map(
    apiKeys.map(({ apiKey, minVersion, maxVersion }) => [
      apiKey,
      { min: minVersion, max: maxVersion },
    ]),
  )
}

function ask(
  connection: BrokerConnection,
  version: number,
  clientSoftwareVersion: string,
): Promise<ApiVersionsResponse> {
  const request = {
    clientSoftwareName: SOFTWARE_NAME,
    clientSoftwareVersion,
    clusterId: null,
    nodeId: -1,
  }
  return new Promise((resolve, reject) => {
    connection.sendVersion(API_VERSIONS, version, request, (error, response) => {
      if (error === undefined) resolve(response as ApiVersionsResponse)
      else reject(error)
    })
  })
}
