/** After the attack: what is left open, whether the broker still serves, stops, and starts on its data. */
import { statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { RawConnection, type BrokerEnd, type BrokerLife } from '@ottla/lab-kill-loop'
import type { Tally } from './attack/tally.ts'
import { brokerUnderAttack } from './broker.ts'
import { roundTrip } from './watch/bystander-calls.ts'
import { BYSTANDER_TOPIC } from './watch/bystander.ts'
import { errorLinesTo } from './watch/error-lines.ts'
import { openSocketCount } from './watch/process-figures.ts'

const POLL_MS = 50
const SETTLE_TRIES_MAX = 100
/**
 * A connection whose request waits is not read from, so its end is noticed with the answer: as many as
 * have stalled may be left, besides one or two that come and go.
 */
const SOCKETS_LEFT_MAX = 2
const END_MS_MAX = 30_000
const BYTES_PER_MIB = 1024 * 1024
const DISK_MIB_MAX = 1024

export interface PeaceOptions {
  readonly life: BrokerLife
  readonly port: number
  readonly directory: string
  readonly tally: Tally
  readonly onBroken: (promise: string) => void
}

export class Peace {
  readonly #options: PeaceOptions

  constructor(options: PeaceOptions) {
    this.#options = options
  }

  /** Every connection is closed on this side; the broker has to let go of them too. */
  async settle(socketsBefore: number): Promise<number> {
    const { life, tally, onBroken } = this.#options
    let sockets = openSocketCount(life.pid)
    for (let tries = 0; sockets > socketsBefore && tries < SETTLE_TRIES_MAX; tries++) {
      await pause(POLL_MS)
      sockets = openSocketCount(life.pid)
    }
    if (sockets > socketsBefore + tally.stalls + SOCKETS_LEFT_MAX) {
      onBroken(`${sockets} sockets are open, ${socketsBefore} were before the attack`)
    }
    return sockets
  }

  /** A round trip, a clean stop, and a broker that starts on what the attack has left. */
  async endAndStartAgain(): Promise<void> {
    const { life, port, directory, tally, onBroken } = this.#options
    await this.#tryRoundTrip('after the attack')
    life.terminate()
    const end = await Promise.race([life.ended, pause(END_MS_MAX, undefined, { ref: false })])
    if (end?.code !== 0) onBroken(`The broker did not stop cleanly: ${endOf(end)}`)
    life.kill()
    await life.ended
    const errorLines = errorLinesTo(tally)
    const again = brokerUnderAttack(port, directory, (text) => errorLines.onWords(text)).start()
    try {
      await again.ready
      await this.#tryRoundTrip('after a restart')
    } catch {
      onBroken(`The broker does not start on its data:\n${again.lastWords}`)
    }
    again.kill()
    await again.ended
  }

  async #tryRoundTrip(when: string): Promise<void> {
    try {
      const connection = await RawConnection.open({ port: this.#options.port })
      await roundTrip(connection, BYSTANDER_TOPIC, when)
      connection.close()
    } catch (error) {
      this.#options.onBroken(`No round trip ${when}: ${(error as Error).message}`)
    }
  }

  /** Returns MiB. */
  async checkDisk(): Promise<number> {
    const { directory, onBroken } = this.#options
    let bytes = 0
    for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
      // Files come and go while a broker ends.
      if (!entry.isFile()) continue
      bytes += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0
    }
    const mib = Math.round(bytes / BYTES_PER_MIB)
    if (mib > DISK_MIB_MAX) onBroken(`${mib} MiB of disk are used`)
    return mib
  }
}

export function endOf(end: BrokerEnd | undefined | void): string {
  return end === undefined ? 'it goes on' : `code ${end.code}, signal ${end.signal}`
}
