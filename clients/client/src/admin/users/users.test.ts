import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '@ottla/base'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeAlterUserScramCredentialsRequest } from '@ottla/protocol/alter-user-scram-credentials-request'
import { encodeAlterUserScramCredentialsResponse } from '@ottla/protocol/alter-user-scram-credentials-response'
import { decodeDescribeUserScramCredentialsRequest } from '@ottla/protocol/describe-user-scram-credentials-request'
import { encodeDescribeUserScramCredentialsResponse } from '@ottla/protocol/describe-user-scram-credentials-response'
import { FakeBroker } from '../../testing/fake-broker.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { adminOfBrokers } from '../testing/admin-under-test.ts'
import { serveAnswer } from '../testing/serve-answer.ts'

/** Passwords are hashed on a thread, for which a clock that a test moves does not wait. */
function realTimeWorld() {
  return fakeWorld({ clock: systemClock })
}

function serveAlter(broker: FakeBroker, codeOf: (user: string, count: number) => number) {
  let count = 0
  const api = {
    key: ApiKey.AlterUserScramCredentials,
    max: 0,
    decode: decodeAlterUserScramCredentialsRequest,
    encode: encodeAlterUserScramCredentialsResponse,
  }
  return serveAnswer(broker, api, ({ deletions, upsertions }) => {
    count++
    const users = new Set([...deletions, ...upsertions].map(({ name }) => name))
    return {
      throttleTimeMs: 0,
      results: [...users].map((user) => ({
        user,
        errorCode: codeOf(user, count),
        errorMessage: null,
      })),
    }
  })
}

test('users.upsert() salts the password here', async () => {
  const world = realTimeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const asked = serveAlter(broker, () => 0)

  // The example of RFC 7677.
  const upserting = under.admin.users.upsert('user', {
    mechanism: 'SCRAM-SHA-256',
    password: 'pencil',
    salt: Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'),
  })
  await under.result(upserting)

  const [upsertion] = asked.requests[0]?.message.upsertions ?? []
  assert.equal(upsertion?.iterations, 4096)
  assert.equal(upsertion?.mechanism, 1)
  assert.equal(
    upsertion?.saltedPassword.toString('hex'),
    'c4a49510323ab4f952cac1fa99441939e78ea74d6be81ddf7096e87513dc615d',
  )
})

test('users.upsert() refuses iterations that the broker would refuse, before it counts them', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)

  const upserting = under.admin.users.upsert('user', {
    mechanism: 'SCRAM-SHA-512',
    password: 'pencil',
    iterations: 1_000_000_000,
  })

  await assert.rejects(under.result(upserting), {
    code: 'INVALID_ARGUMENT',
    message: /4096 to 16384/,
  })
  assert.equal(broker.requests.length, 0)
})

test('users.alter() sends all that concerns a user together, and again only who has to wait', async () => {
  const world = realTimeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const asked = serveAlter(broker, (user, count) => {
    if (user === 'bob') return ErrorCode.RESOURCE_NOT_FOUND
    return count === 1 ? ErrorCode.NOT_CONTROLLER : 0
  })

  const altered = await under.result(
    under.admin.users.alter({
      upsert: [{ user: 'alice', mechanism: 'SCRAM-SHA-512', password: 'secret' }],
      delete: [
        { user: 'alice', mechanism: 'SCRAM-SHA-256' },
        { user: 'bob', mechanism: 'SCRAM-SHA-256' },
      ],
    }),
  )

  assert.ok(altered.get('alice')?.ok)
  assert.throws(() => altered.value('bob'), { code: 'RESOURCE_NOT_FOUND' })
  assert.deepEqual(
    asked.requests.map(({ message }) => message.deletions.map(({ name }) => name)),
    [['alice', 'bob'], ['alice']],
  )
  const [first, second] = asked.requests.map(({ message }) => message.upsertions[0]?.salt)
  assert.equal(first?.length, 32)
  assert.deepEqual(first, second)
})

test('users.describe() tells mechanisms and iterations, not secrets', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.DescribeUserScramCredentials,
    max: 0,
    decode: decodeDescribeUserScramCredentialsRequest,
    encode: encodeDescribeUserScramCredentialsResponse,
  }
  serveAnswer(broker, api, {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: null,
    results: [
      {
        user: 'alice',
        errorCode: 0,
        errorMessage: null,
        credentialInfos: [{ mechanism: 2, iterations: 8192 }],
      },
      {
        user: 'bob',
        errorCode: ErrorCode.RESOURCE_NOT_FOUND,
        errorMessage: 'no credentials',
        credentialInfos: [],
      },
    ],
  })

  const described = await under.result(under.admin.users.describe({ users: ['alice', 'bob'] }))

  assert.deepEqual(described.value('alice'), [{ mechanism: 'SCRAM-SHA-512', iterations: 8192 }])
  assert.throws(() => described.value('bob'), { code: 'RESOURCE_NOT_FOUND' })
})
