import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeStreamsGroupDescribeRequest } from '@ottla/protocol/streams-group-describe-request'
import { encodeStreamsGroupDescribeResponse } from '@ottla/protocol/streams-group-describe-response'
import { FakeBroker } from '../../testing/fake-broker.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { adminOfBrokers } from '../testing/admin-under-test.ts'
import { serveAnswer } from '../testing/serve-answer.ts'

for (const version of [0, 1]) {
  test(`streamsGroups.describe() tells tasks of members in version ${version}`, async () => {
    const world = fakeWorld()
    await using broker = new FakeBroker(world.network)
    using under = adminOfBrokers(world, broker)
    const api = {
      key: ApiKey.StreamsGroupDescribe,
      max: version,
      decode: decodeStreamsGroupDescribeRequest,
      encode: encodeStreamsGroupDescribeResponse,
    }
    serveAnswer(broker, api, ({ groupIds }) => ({
      throttleTimeMs: 0,
      groups: groupIds.map((groupId) => ({
        errorCode: groupId === 'words' ? 0 : ErrorCode.GROUP_ID_NOT_FOUND,
        errorMessage: null,
        groupId,
        groupState: 'NotReady',
        groupEpoch: 2,
        assignmentEpoch: 1,
        topology: {
          epoch: 4,
          subtopologies: [
            {
              subtopologyId: '0',
              sourceTopics: ['lines'],
              repartitionSinkTopics: ['by-word'],
              stateChangelogTopics: [
                { name: 'counts', partitions: 0, replicationFactor: 0, topicConfigs: [] },
              ],
              repartitionSourceTopics: [],
            },
          ],
        },
        members: [member()],
        authorizedOperations: -2147483648,
        topologyDescription: null,
        topologyDescriptionStatus: 0,
        assignorName: version === 0 ? null : 'sticky',
      })),
    }))

    const described = await under.result(under.admin.streamsGroups.describe(['words', 'nobody']))

    const group = described.value('words')
    assert.deepEqual([group.state, group.topologyEpoch], ['NotReady', 4])
    assert.deepEqual(group.subtopologies[0]?.changelogTopics, ['counts'])
    const [own] = group.members
    assert.equal(own?.userEndpoint, 'app:8080')
    assert.deepEqual(own?.assignment, {
      active: [
        { subtopologyId: '0', partition: 0 },
        { subtopologyId: '0', partition: 1 },
      ],
      standby: [],
      warmup: [],
    })
    assert.throws(() => described.value('nobody'), { code: 'GROUP_ID_NOT_FOUND' })
  })
}

function member() {
  const nothing = { activeTasks: [], standbyTasks: [], warmupTasks: [] }
  return {
    memberId: 'm',
    memberEpoch: 1,
    instanceId: null,
    rackId: null,
    clientId: 'app',
    clientHost: '/127.0.0.1',
    topologyEpoch: 4,
    processId: 'p',
    userEndpoint: { host: 'app', port: 8080 },
    clientTags: [],
    taskOffsets: [],
    taskEndOffsets: [],
    assignment: { ...nothing, activeTasks: [{ subtopologyId: '0', partitions: [0, 1] }] },
    targetAssignment: nothing,
    isClassic: false,
  }
}
