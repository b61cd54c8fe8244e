/** A client that writes to a topic which does not exist gets it, with what it wrote in it. */
import { samplesOf } from '../samples/sample.ts'
import { CLIENTS_TABLE, nameFor, type Stage } from './stage.ts'

export async function checkAutoCreate(stage: Stage): Promise<void> {
  for (const client of stage.clients) {
    const place = { table: CLIENTS_TABLE, row: client.name, column: 'new topic' }
    await stage.board.check(place, async () => {
      const topic = nameFor(stage, 'new', client)
      const samples = samplesOf(client.name, Date.now()).filter(({ needs }) => needs.length === 0)
      const records = samples.map(({ record }) => record)
      const request = { broker: stage.broker.address, topic, codec: 'none', records } as const
      const outcomes = await client.produce(request)
      const error = outcomes.find((outcome) => outcome.error !== undefined)?.error
      if (error !== undefined) return error
      const partitions = await stage.hands.offsets(topic)
      const stored = partitions.reduce((sum, { end }) => sum + end, 0)
      return stored === records.length
        ? undefined
        : `${records.length} were acknowledged, ${stored} are in the topic`
    })
  }
}
