/** A broker whose disk fails on request: its directory, the shim and the plan of faults. */
import { BrokerProcess } from '../broker/broker-process.ts'
import { findPort } from '../broker/find-port.ts'
import { TemporaryDirectory } from '../disk/temporary-directory.ts'
import { buildShim } from './build-shim.ts'
import { FaultPlan, type Fault, type FaultRule } from './fault-plan.ts'

export class FaultyDisk {
  readonly #home = new TemporaryDirectory()
  readonly #library: string
  readonly #plan: FaultPlan
  readonly dataDirectory: string

  constructor() {
    this.#library = buildShim(this.#home.path)
    this.#plan = new FaultPlan(this.#home.file('plan'))
    this.dataDirectory = this.#home.file('data')
  }

  arm(fault: Fault): FaultRule {
    return this.#plan.arm(fault)
  }

  async startBroker(properties: Readonly<Record<string, string>> = {}): Promise<BrokerProcess> {
    return BrokerProcess.start({
      port: await findPort(),
      directory: this.dataDirectory,
      properties,
      // File calls of libuv through io_uring would pass the shim by.
      environment: {
        LD_PRELOAD: this.#library,
        DISK_FAULTS_PLAN: this.#plan.path,
        UV_USE_IO_URING: '0',
      },
    })
  }

  [Symbol.dispose](): void {
    this.#plan.close()
    this.#home[Symbol.dispose]()
  }
}
