/** For benchmarks only: warms up, then takes the best of several rounds. */
const ROUNDS = 7
const ROUND_NS = 100_000_000

/** The best round, because everything that disturbs a run only makes it slower. */
export function nanosecondsPerCall(call: () => unknown): number {
  let calls = 1
  while (roundNs(call, calls) < ROUND_NS / 4) calls *= 2
  let best = Infinity
  for (let i = 0; i < ROUNDS; i++) best = Math.min(best, roundNs(call, calls) / calls)
  return best
}

function roundNs(call: () => unknown, calls: number): number {
  const start = process.hrtime.bigint()
  for (let i = 0; i < calls; i++) call()
  return Number(process.hrtime.bigint() - start)
}
