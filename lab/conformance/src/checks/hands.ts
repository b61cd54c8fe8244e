/** The matrix's own hands (node/hands.ts): topics, filling, offsets; no client under test is needed. */
import { runToSuccess } from '../processes/run-program.ts'
import { nodeProgram } from '../setup/prepare-programs.ts'

export interface PartitionOffsets {
  readonly partition: number
  readonly end: number
  /** -1 when nothing was committed. */
  readonly committed: number
}

export class Hands {
  readonly #broker: string

  constructor(broker: string) {
    this.#broker = broker
  }

  async createTopics(partitionsByTopic: Readonly<Record<string, number>>): Promise<void> {
    const topics = Object.entries(partitionsByTopic).map(([topic, count]) => `${topic}:${count}`)
    await this.#run('create', ...topics)
  }

  /** Values PREFIX-0, PREFIX-1, …, to the partitions in turn. Returns the values. */
  async feed(
    topic: string,
    { partitions, prefix, count }: { partitions: number; prefix: string; count: number },
  ): Promise<readonly string[]> {
    await this.#run('feed', topic, String(partitions), prefix, String(count))
    return Array.from({ length: count }, (_, index) => `${prefix}-${index}`)
  }

  /** Without a group `committed` is -1. */
  async offsets(topic: string, group?: string): Promise<readonly PartitionOffsets[]> {
    const answer = await this.#run('offsets', topic, ...(group === undefined ? [] : [group]))
    return (JSON.parse(answer) as { partitions: PartitionOffsets[] }).partitions
  }

  /**
   * Waits until the group has committed everything, for 15 s at most; offsets() tells whether it has. A member
   * says what it read before it commits: one that is ended the moment it has read everything may not come to it.
   */
  async untilCommitted(topic: string, group: string): Promise<void> {
    await this.#run('committed', topic, group)
  }

  /** Waits until a group is stable with so many members. */
  async untilMembers(group: string, count: number): Promise<void> {
    await this.#run('members', group, String(count))
  }

  #run(...args: readonly string[]): Promise<string> {
    return runToSuccess([...nodeProgram('hands.ts'), '--broker', this.#broker, ...args])
  }
}
