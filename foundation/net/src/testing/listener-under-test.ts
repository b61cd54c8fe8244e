/** A listener on a MemoryNetwork, with a handler that the test answers for. */
import { FakeClock, silentLogger, Turn, type Logger } from '@ottla/base'
import { Listener, type ListenerLimits } from '../listener.ts'
import { MemoryNetwork, type MemoryNetworkOptions } from '../memory-network.ts'
import { PendingHandler } from './pending-handler.ts'
import { TestClient } from './test-client.ts'

export const HOST = 'broker'

export interface ListenerSetUp {
  readonly limits?: Partial<ListenerLimits>
  readonly network?: Partial<MemoryNetworkOptions>
  readonly logger?: Logger
}

export class ListenerUnderTest {
  readonly clock = new FakeClock()
  readonly turn = new Turn(this.clock)
  readonly handler = new PendingHandler()
  readonly network: MemoryNetwork
  listener!: Listener

  private constructor(setUp: ListenerSetUp) {
    this.network = new MemoryNetwork({ clock: this.clock, ...setUp.network })
  }

  static async open(setUp: ListenerSetUp = {}): Promise<ListenerUnderTest> {
    const made = new ListenerUnderTest(setUp)
    made.listener = await Listener.open({
      name: 'PLAINTEXT',
      host: HOST,
      port: 0,
      network: made.network,
      turn: made.turn,
      clock: made.clock,
      logger: setUp.logger ?? silentLogger,
      handler: made.handler,
      limits: {
        connectionsMax: 100,
        connectionsPerHostMax: 100,
        frameBytesMax: 64 * 1024 * 1024,
        inFlightMax: 100,
        inFlightBytesMax: 64 * 1024 * 1024,
        idleMsMax: 600_000,
        ...setUp.limits,
      },
    })
    return made
  }

  async connect(localHost = '127.0.0.1'): Promise<TestClient> {
    const { port } = this.listener
    return new TestClient(await this.network.connect({ host: HOST, port, localHost }))
  }

  /** All that is due now has happened, and time stands still. */
  settle(): void {
    this.clock.advance(0)
  }
}
