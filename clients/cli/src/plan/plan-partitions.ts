/**
 * How many partitions a topic wants. Pure: numbers in, numbers and reasons out.
 *
 * A partition is written by one leader and read by one member of a group, so each of three needs sets a
 * floor: bytes a second, messages a second, members at work. The largest decides; growth is paid in
 * advance, because adding partitions later moves keys.
 */
export interface Rates {
  /** What one partition carries, in megabytes (1,000,000 bytes) a second. */
  readonly megabytesPerSecond: number
  readonly messagesPerSecond: number
}

/** Starting points where nothing was measured: cautious, and what a partition should carry with ease. */
export const RULES: { readonly lower: Rates; readonly upper: Rates } = {
  lower: { megabytesPerSecond: 1, messagesPerSecond: 100 },
  upper: { megabytesPerSecond: 10, messagesPerSecond: 1000 },
}

export interface Measured extends Rates {
  /** Where it comes from: the name of the file. */
  readonly source: string
}

export interface Wanted {
  readonly megabytesPerSecond: number | undefined
  readonly messagesPerSecond: number | undefined
  readonly consumers: number
  readonly replicationFactor: number
  readonly growth: number
  readonly brokers: number
  readonly measured?: Measured | undefined
}

export interface Step {
  readonly need: string
  readonly because: string
  /** Partitions that this asks for: with the upper rate, and with the lower one. */
  readonly partitionsMin: number
  readonly partitionsMax: number
}

export interface Plan {
  /** What to create. */
  readonly partitions: number
  readonly partitionsMin: number
  readonly partitionsMax: number
  readonly steps: readonly Step[]
  readonly notes: readonly string[]
}

export const PARTITIONS_PER_BROKER_MAX = 4000

export function planPartitions(wanted: Wanted): Plan {
  const steps = [
    ...rateStep(wanted, 'megabytesPerSecond', 'MB/s'),
    ...rateStep(wanted, 'messagesPerSecond', 'messages/s'),
    consumerStep(wanted),
  ]
  const partitionsMin = Math.max(...steps.map((step) => step.partitionsMin))
  const partitionsMax = Math.max(...steps.map((step) => step.partitionsMax))
  const { brokers } = wanted
  // Every broker leads as many as the others; rounding up past the upper floor is free.
  const partitions = Math.ceil(partitionsMin / brokers) * brokers
  return {
    partitions,
    partitionsMin,
    partitionsMax: Math.max(partitionsMax, partitions),
    steps,
    notes: notesFor(wanted, { partitions, partitionsMin, partitionsMax }),
  }
}

function rateStep(wanted: Wanted, rate: keyof Rates, unit: string): Step[] {
  const target = wanted[rate]
  if (target === undefined) return []
  const { growth, measured } = wanted
  const grown = target * growth
  const upper = measured?.[rate] ?? RULES.upper[rate]
  const lower = measured?.[rate] ?? RULES.lower[rate]
  const source =
    measured === undefined
      ? `a partition carries ${lower} to ${upper} ${unit} (rule of thumb)`
      : `a partition carries ${round(upper)} ${unit} (measured, ${measured.source})`
  return [
    {
      need: `${round(target)} ${unit}`,
      because: `× ${growth} for growth is ${round(grown)} ${unit}; ${source}`,
      partitionsMin: Math.max(1, Math.ceil(grown / upper)),
      partitionsMax: Math.max(1, Math.ceil(grown / lower)),
    },
  ]
}

function consumerStep({ consumers, growth }: Wanted): Step {
  const partitions = Math.max(1, Math.ceil(consumers * growth))
  return {
    need: `${consumers} consumer${consumers === 1 ? '' : 's'}`,
    because: `× ${growth} for growth; a partition is read by one member of a group, more members would be idle`,
    partitionsMin: partitions,
    partitionsMax: partitions,
  }
}

function notesFor(
  { brokers, replicationFactor, measured }: Wanted,
  found: { partitions: number; partitionsMin: number; partitionsMax: number },
): string[] {
  const { partitions, partitionsMin, partitionsMax } = found
  const replicas = partitions * replicationFactor
  const perBroker = Math.ceil(replicas / brokers)
  const notes: string[] = []
  if (partitions > partitionsMin) {
    notes.push(
      `Rounded up from ${partitionsMin} to ${partitions}, a multiple of ${brokers} brokers, so that all lead equally many`,
    )
  }
  if (measured === undefined && partitionsMax > partitions) {
    notes.push(
      `By the cautious rule it would be ${partitionsMax}. Measure to know: "ottla perf produce --json > measured.json", then --measured measured.json`,
    )
  }
  notes.push(
    `With ${replicationFactor} replica${replicationFactor === 1 ? '' : 's'} of each: ${replicas} replicas, ${perBroker} on each of ${brokers} brokers`,
  )
  if (replicationFactor > brokers) {
    notes.push(
      `${replicationFactor} replicas want at least ${replicationFactor} brokers: there are ${brokers}`,
    )
  }
  if (perBroker > PARTITIONS_PER_BROKER_MAX) {
    notes.push(
      `More than ${PARTITIONS_PER_BROKER_MAX} replicas on a broker make it slow to start and to fail over: add brokers, or faster partitions`,
    )
  }
  return notes
}

function round(value: number): string {
  return String(Number(value.toPrecision(4)))
}
