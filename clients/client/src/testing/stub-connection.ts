/** A BrokerConnection over a StubSocket, for what is given connections and does not open them itself. */
import type { FakeClock } from '@ottla/base'
import { API_VERSIONS } from '@ottla/protocol'
import { BrokerConnection } from '../connection/broker-connection.ts'
import { StubSocket } from './stub-socket.ts'

export interface StubConnection {
  readonly connection: BrokerConnection
  readonly socket: StubSocket
}

/** Every API in all of its versions, up to `maxVersions` by API key. */
export function stubConnection(
  clock: FakeClock,
  maxVersions: ReadonlyMap<number, number> = new Map(),
): StubConnection {
  const socket = new StubSocket()
  const connection = new BrokerConnection(socket, {
    address: { host: 'stub', port: 9092 },
    clientId: 'a-client',
    clock,
    requestTimeoutMs: 30_000,
    onClosed: () => {},
  })
  connection.versions = new Map(
    API_VERSIONS.flatMap((range, apiKey) => {
      if (range === undefined) return []
      return [[apiKey, { min: range.min, max: maxVersions.get(apiKey) ?? range.max }] as const]
    }),
  )
  return { connection, socket }
}
