/** Makes the topics of the workload and waits for the one of the groups; once per round. */
import { ErrorCode, errorName } from '@ottla/protocol'
import { CREATE_TOPICS, FIND_COORDINATOR } from '../wire/api-call.ts'
import { RawConnection } from '../wire/raw-connection.ts'
import { TOPICS, WORKLOAD_PARTITION_COUNT } from './producers.ts'

const TRIES_MAX = 300
const PAUSE_MS = 50
const TIMEOUT_MS = 30_000

export async function setUp(port: number): Promise<void> {
  const connection = await RawConnection.open({ port })
  await createTopics(connection)
  await untilCoordinator(connection)
  connection.close()
}

async function createTopics(connection: RawConnection): Promise<void> {
  const { topics } = await connection.call(CREATE_TOPICS, {
    topics: TOPICS.map((name) => ({
      name,
      numPartitions: WORKLOAD_PARTITION_COUNT,
      replicationFactor: 1,
      assignments: [],
      configs: [],
    })),
    timeoutMs: TIMEOUT_MS,
    validateOnly: false,
  })
  for (const { name, errorCode } of topics) {
    if (errorCode !== ErrorCode.NONE) throw new Error(`${name}: ${errorName(errorCode)}`)
  }
}

async function untilCoordinator(connection: RawConnection): Promise<void> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const { coordinators } = await connection.call(FIND_COORDINATOR, {
      key: '',
      keyType: 0,
      coordinatorKeys: ['group-0'],
    })
    if (coordinators[0]?.errorCode === ErrorCode.NONE) return
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  throw new Error('No coordinator for the groups')
}
