/**
 * A group of three on six partitions: members join, one is killed, one leaves, the last goes. After every
 * change the members hold all partitions between them, each once, and everything written is read at least
 * once. At the end everything is committed.
 */
import type { Client, Member } from '../clients/client.ts'
import { GroupWatch } from './group-watch.ts'
import { CLIENTS_TABLE, nameFor, type Stage } from './stage.ts'

export const PARTITIONS = 6
const RECORDS_PER_STEP = 60

export async function checkGroups(stage: Stage): Promise<void> {
  const able = stage.clients.filter(({ abilities }) => abilities.isMember === true)
  const topics = able.map((client) => [nameFor(stage, 'group', client), PARTITIONS] as const)
  if (topics.length > 0) await stage.hands.createTopics(Object.fromEntries(topics))
  for (const client of stage.clients) {
    const place = { table: CLIENTS_TABLE, row: client.name, column: 'group' }
    const { isMember } = client.abilities
    if (isMember === true) await stage.board.check(place, () => liveThrough(stage, client))
    else stage.board.add({ ...place, status: 'skipped', detail: isMember })
  }
}

async function liveThrough(stage: Stage, client: Client): Promise<string | undefined> {
  const topic = nameFor(stage, 'group', client)
  const watch = new GroupWatch(PARTITIONS)
  const join = async (): Promise<Member> => {
    const member = await client.startMember({
      broker: stage.broker.address,
      topic,
      group: topic,
      onChange: () => watch.look(),
    })
    watch.add(member)
    return member
  }
  const feed = async (prefix: string): Promise<void> => {
    const step = { partitions: PARTITIONS, prefix, count: RECORDS_PER_STEP }
    watch.expect(await stage.hands.feed(topic, step))
    await watch.untilAllRead(prefix)
  }

  try {
    const first = await join()
    await watch.untilAssigned('one member')
    await feed('one')
    const [second, third] = [await join(), await join()]
    await watch.untilAssigned('two more joined')
    await feed('three')
    await watch.end(second, 'SIGKILL')
    await watch.untilAssigned('one was killed')
    await feed('killed')
    await watch.end(third, 'SIGTERM')
    await watch.untilAssigned('one left')
    await feed('left')
    await stage.hands.untilCommitted(topic, topic)
    await watch.end(first, 'SIGTERM')
  } finally {
    await watch.endAll()
  }
  const offsets = await stage.hands.offsets(topic, topic)
  const behind = offsets.filter(({ committed, end }) => committed !== end)
  if (behind.length === 0) return undefined
  return `not committed to the end: ${behind.map((it) => `${it.partition} at ${it.committed} of ${it.end}`).join(', ')}`
}
