/**
 * A side of the comparison: how one of its brokers is started, and in what its topics differ.
 *
 * The rows know nothing else about who they measure.
 */
import type { ProcessFigures } from '@ottla/lab-apache-kafka'

export const SIDE_NAMES = ['ottla', 'kafka', 'kafka-tuned'] as const
export type SideName = (typeof SIDE_NAMES)[number]

export function isSideName(text: string): text is SideName {
  return SIDE_NAMES.some((name) => name === text)
}

export interface RunningBroker {
  readonly port: number
  readonly pid: number
  /** From the start of the process to its first answer. */
  readonly startMs: number
  figures(): ProcessFigures
  stop(): Promise<void>
}

export interface Side {
  readonly name: SideName
  /** What a topic needs here for a record to be on the disk before acks=all is answered. */
  readonly durableTopicConfig: readonly string[]
  /** A broker with an empty log. */
  start(): Promise<RunningBroker>
}

/** What a command is prefixed with so that its process stays on one CPU; taskset becomes the command. */
export function pinnedTo(cpu: number): readonly string[] {
  return ['taskset', '--cpu-list', String(cpu)]
}
