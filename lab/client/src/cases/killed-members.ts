/** Members in processes of their own, killed and started again in turn; some of them may be Java's. */
import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { Kafka } from '@ottla/client'
import { joinByJava } from '../java/java-clients.ts'
import { joinByOttla, MemberProcess, until, untilSettled } from '../members/member-process.ts'
import type { Case } from '../suite.ts'
import type { Target } from '../targets/target.ts'
import { NEW_GROUPS } from './gap-names.ts'
import { uniqueName } from './names.ts'

const PARTITION_COUNT = 6
const ROUND_COUNT = 2
const PER_ROUND = 600

type Join = (
  brokers: string,
  topic: string,
  group: string,
  protocol: string,
) => ChildProcess | Promise<ChildProcess>

/** Records `partition/offset` of one round. */
async function write(kafka: Kafka, topic: string): Promise<string[]> {
  const sent = await Promise.all(
    Array.from({ length: PER_ROUND }, (_, i) =>
      kafka.topic(topic).send({ value: String(i), partition: i % PARTITION_COUNT }),
    ),
  )
  return sent.map(({ partition, offset }) => `${partition}/${offset}`)
}

async function killInTurn(
  { brokers }: Target,
  protocol: string,
  joins: readonly Join[],
): Promise<void> {
  await using kafka = new Kafka({ brokers })
  const [topic, group] = [uniqueName('killed-members'), uniqueName('group')]
  await kafka.admin.topics.create(topic, { partitions: PARTITION_COUNT })
  const all: MemberProcess[] = []
  const start = async (by: Join): Promise<MemberProcess> => {
    const member = new MemberProcess(await by(brokers, topic, group, protocol))
    all.push(member)
    return member
  }
  const written: string[] = []
  try {
    let members = await Promise.all(joins.map(start))
    await untilSettled(members, PARTITION_COUNT)
    for (let round = 0; round < ROUND_COUNT; round++) {
      const victim = members[round % joins.length]
      const writing = write(kafka, topic)
      await victim?.kill()
      written.push(...(await writing))
      members = members.filter((member) => member !== victim)
      await untilSettled(members, PARTITION_COUNT)
      members.splice(round % joins.length, 0, await start(joins[round % joins.length] as Join))
      await untilSettled(members, PARTITION_COUNT)
      written.push(...(await write(kafka, topic)))
    }
    await until(() => {
      const unread = written.filter((at) => !all.some((member) => member.read.has(at)))
      return unread.length === 0 ? undefined : `${unread.length} unread, ${unread[0]} the first`
    })
    // Settled, each record of a new round has one reader.
    const last = await write(kafka, topic)
    const timesOf = (at: string): number =>
      all.reduce((sum, member) => sum + (member.read.get(at) ?? 0), 0)
    await until(() => (last.every((at) => timesOf(at) > 0) ? undefined : 'the last are not read'))
    assert.ok(last.every((at) => timesOf(at) === 1))
  } finally {
    await Promise.all(all.map((member) => member.kill()))
  }
}

const PROTOCOLS = [
  { protocol: 'classic' },
  { protocol: 'consumer', gap: NEW_GROUPS },
] as const satisfies readonly { protocol: string; gap?: string }[]

export const killedMembers: readonly Case[] = PROTOCOLS.flatMap(({ protocol, ...gap }): Case[] => [
  {
    ...gap,
    name: `${protocol} group: members that are killed are replaced, and every record is read`,
    run: (target) => killInTurn(target, protocol, [joinByOttla, joinByOttla]),
  },
  {
    ...gap,
    name: `${protocol} group: Java's members and ours share it, killed and rejoined in turn`,
    run: (target) => killInTurn(target, protocol, [joinByOttla, joinByJava]),
  },
])
