/**
 * How long the packages take to start, against a Node that does nothing. The three are run in turns, so
 * that whatever else the machine does meets all of them alike: slow or busy, it makes all of it slower, and
 * the ratios stay. Two of them are taken, that of the middle round and that of the fastest runs. Work that
 * comes and goes can meet one of the three more often than another, and spoils the first; what has become
 * slower raises both.
 */
import type { Project } from './project.ts'

export interface StartTimes {
  /** Of a program that does nothing. */
  readonly bareMs: number
  /** Of `import '@ottla/client'` in a process that is there already. */
  readonly importMs: number
  /** Of `ottla --help`, from the start of its process to its end. */
  readonly helpMs: number
  readonly importStarts: number
  readonly helpStarts: number
}

interface Round {
  readonly bareMs: number
  readonly importMs: number
  readonly helpMs: number
}

const ROUNDS = 15
const IMPORT =
  "const startedMs = performance.now(); await import('@ottla/client'); console.log(performance.now() - startedMs)"

/** `ottla` is the command as it is installed, and `expected` what its help says. */
export async function startTimes(
  project: Project,
  { ottla, expected }: { readonly ottla: string; readonly expected: RegExp },
): Promise<StartTimes> {
  const bare = (): Promise<number> => msOf(() => project.run('node', '--eval', '0'))
  const imported = async (): Promise<number> =>
    Number(await project.run('node', '--input-type=module', '--eval', IMPORT))
  const help = (): Promise<number> =>
    msOf(async () => {
      const said = await project.run(ottla, '--help')
      if (!expected.test(said)) throw new Error(`${ottla} --help says: ${said}`)
    })
  // Once each before it counts: what is read from the disk for the first time is no start of ours.
  await bare()
  await imported()
  await help()
  const rounds: Round[] = []
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({ bareMs: await bare(), importMs: await imported(), helpMs: await help() })
  }
  const of = (name: keyof Round): number[] => rounds.map((round) => round[name])
  const starts = (name: keyof Round): number =>
    Math.min(
      median(rounds.map((round) => round[name] / round.bareMs)),
      Math.min(...of(name)) / Math.min(...of('bareMs')),
    )
  return {
    bareMs: median(of('bareMs')),
    importMs: median(of('importMs')),
    helpMs: median(of('helpMs')),
    importStarts: starts('importMs'),
    helpStarts: starts('helpMs'),
  }
}

async function msOf(run: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await run()
  return performance.now() - startedMs
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
