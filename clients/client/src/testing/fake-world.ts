/**
 * The world of a client in a test: time that the test moves, chance by seed, a network in memory, and
 * a log that can be read.
 */
import {
  FakeClock,
  seededRandom,
  systemClock,
  type Clock,
  type Logger,
  type LogLevel,
} from '@ottla/base'
import { MemoryNetwork, type MemoryNetworkOptions } from '@ottla/net'
import type { ClientWorld } from '../world.ts'

export interface FakeWorldOptions<C extends Clock> {
  /** A FakeClock by default. */
  readonly clock?: C
  /** 1 by default. */
  readonly seed?: number
  /** E.g. `chunkBytesMax: 1`, for frames that arrive byte by byte. */
  readonly network?: Partial<MemoryNetworkOptions>
}

export interface LogLine {
  readonly level: LogLevel
  readonly message: string
  readonly fields: Record<string, unknown> | undefined
}

export interface FakeWorld<C extends Clock = FakeClock> extends ClientWorld {
  readonly clock: C
  readonly network: MemoryNetwork
  readonly logLines: readonly LogLine[]
}

export function fakeWorld<C extends Clock = FakeClock>(
  options: FakeWorldOptions<C> = {},
): FakeWorld<C> {
  const clock = options.clock ?? (new FakeClock() as Clock as C)
  const logLines: LogLine[] = []
  return {
    clock,
    random: seededRandom(options.seed ?? 1),
    network: new MemoryNetwork({ clock, ...options.network }),
    logger: recordingLogger(logLines),
    logLines,
  }
}

function recordingLogger(lines: LogLine[]): Logger {
  const at = (level: LogLevel) => (message: string, fields?: Record<string, unknown>) => {
    lines.push({ level, message, fields })
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

export interface UntilOptions {
  /** How far a FakeClock is moved, from timer to timer, while the condition does not hold; 0 by default. */
  readonly withinMs?: number
  /** For the error, when it never holds. */
  readonly what?: string
}

/** Of a FakeClock, after which nothing but time can bring the condition about. */
const IDLE_TURNS = 20
/** Of the machine's own time, whatever the clock: only a broken test waits so long. */
const PATIENCE_MS = 10_000
const ELAPSE_STEPS = 50

/**
 * Resolves with what `condition` returns as soon as that is neither false nor undefined. Nobody sleeps:
 * immediates and promises run, and only when those have nothing left to do is a FakeClock moved.
 */
export async function until<T>(
  { clock }: { readonly clock: Clock },
  condition: () => T | false | undefined,
  { withinMs = 0, what = String(condition) }: UntilOptions = {},
): Promise<T> {
  const startedMs = clock.monotonicMs()
  const realStartedMs = systemClock.monotonicMs()
  for (let idleTurns = 0; ; idleTurns++) {
    // The next timer may have been further away than we were willing to wait.
    const isLate = clock instanceof FakeClock && clock.monotonicMs() - startedMs > withinMs
    const found = isLate ? false : condition()
    if (found !== false && found !== undefined) return found
    if (isLate || systemClock.monotonicMs() - realStartedMs > PATIENCE_MS) break
    await oneTurn()
    if (!(clock instanceof FakeClock)) continue
    clock.advance(0)
    if (idleTurns < IDLE_TURNS) continue
    idleTurns = 0
    if (withinMs === 0 || !clock.advanceOne()) break
  }
  throw new Error(`Waited in vain for: ${what}`)
}

/** Everything that is due now has happened: for a test which says that something does not happen. */
export async function settle({ clock }: { readonly clock: Clock }): Promise<void> {
  for (let turn = 0; turn < IDLE_TURNS; turn++) {
    await oneTurn()
    if (clock instanceof FakeClock) clock.advance(0)
  }
}

/**
 * Moves a FakeClock on in many small steps, so that what promises set going on the way (a retry after a
 * retry) has its time too.
 */
export async function elapse(
  world: { readonly clock: FakeClock },
  durationMs: number,
): Promise<void> {
  await settle(world)
  for (let step = 0; step < ELAPSE_STEPS; step++) {
    world.clock.advance(durationMs / ELAPSE_STEPS)
    await oneTurn()
    world.clock.advance(0)
    await oneTurn()
  }
  await settle(world)
}

/** What `promise` settles to, moving a FakeClock as far as `withinMs` for it; rejects as it does. */
export async function outcomeOf<T>(
  world: { readonly clock: Clock },
  promise: Promise<T>,
  options: UntilOptions = {},
): Promise<T> {
  let isSettled = false
  const note = (): void => {
    isSettled = true
  }
  promise.then(note, note)
  await until(world, () => isSettled, { what: 'the promise to settle', ...options })
  return promise
}

/** Of the event loop, with all microtasks. */
function oneTurn(): Promise<void> {
  return new Promise<void>((resolve) => {
    systemClock.setImmediate(resolve)
  })
}
