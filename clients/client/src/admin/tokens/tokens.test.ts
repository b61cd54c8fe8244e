import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeCreateDelegationTokenRequest } from '@ottla/protocol/create-delegation-token-request'
import { encodeCreateDelegationTokenResponse } from '@ottla/protocol/create-delegation-token-response'
import { decodeDescribeDelegationTokenRequest } from '@ottla/protocol/describe-delegation-token-request'
import { encodeDescribeDelegationTokenResponse } from '@ottla/protocol/describe-delegation-token-response'
import { decodeExpireDelegationTokenRequest } from '@ottla/protocol/expire-delegation-token-request'
import { encodeExpireDelegationTokenResponse } from '@ottla/protocol/expire-delegation-token-response'
import { decodeRenewDelegationTokenRequest } from '@ottla/protocol/renew-delegation-token-request'
import { encodeRenewDelegationTokenResponse } from '@ottla/protocol/renew-delegation-token-response'
import { FakeBroker } from '../../testing/fake-broker.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { adminOfBrokers } from '../testing/admin-under-test.ts'
import { serveAnswer } from '../testing/serve-answer.ts'

const HMAC = Buffer.from('secret')
const CREATED = {
  errorCode: 0,
  principalType: 'User',
  principalName: 'alice',
  tokenRequesterPrincipalType: '',
  tokenRequesterPrincipalName: '',
  issueTimestampMs: 1,
  expiryTimestampMs: 2,
  maxTimestampMs: 3,
  tokenId: 'token-1',
  hmac: HMAC,
  throttleTimeMs: 0,
}

for (const version of [1, 3]) {
  test(`tokens.create() gets a token in version ${version}`, async () => {
    const world = fakeWorld()
    await using broker = new FakeBroker(world.network)
    using under = adminOfBrokers(world, broker)
    const api = {
      key: ApiKey.CreateDelegationToken,
      min: 1,
      max: version,
      decode: decodeCreateDelegationTokenRequest,
      encode: encodeCreateDelegationTokenResponse,
    }
    const requester = version < 3 ? '' : 'bob'
    const asked = serveAnswer(broker, api, {
      ...CREATED,
      tokenRequesterPrincipalType: version < 3 ? '' : 'User',
      tokenRequesterPrincipalName: requester,
    })

    const token = await under.result(under.admin.tokens.create({ renewers: ['User:etl'] }))

    assert.deepEqual(token, {
      tokenId: 'token-1',
      hmac: HMAC,
      owner: 'User:alice',
      requester: version < 3 ? 'User:alice' : 'User:bob',
      renewers: ['User:etl'],
      issuedMs: 1,
      expiresMs: 2,
      maxExpiresMs: 3,
    })
    assert.equal(asked.requests[0]?.message.maxLifetimeMs, -1)
    if (version > 1) return
    const forOther = under.admin.tokens.create({ owner: 'User:carol' })
    await assert.rejects(under.result(forOther), { code: 'UNSUPPORTED_VERSION' })
  })
}

test('tokens.renew() and expire() resolve with the new end', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const renewed = serveAnswer(
    broker,
    {
      key: ApiKey.RenewDelegationToken,
      min: 1,
      max: 2,
      decode: decodeRenewDelegationTokenRequest,
      encode: encodeRenewDelegationTokenResponse,
    },
    { errorCode: 0, expiryTimestampMs: 77, throttleTimeMs: 0 },
  )
  serveAnswer(
    broker,
    {
      key: ApiKey.ExpireDelegationToken,
      min: 1,
      max: 2,
      decode: decodeExpireDelegationTokenRequest,
      encode: encodeExpireDelegationTokenResponse,
    },
    {
      errorCode: ErrorCode.DELEGATION_TOKEN_NOT_FOUND,
      expiryTimestampMs: 0,
      throttleTimeMs: 0,
    },
  )

  const until = await under.result(under.admin.tokens.renew(HMAC, { renewPeriodMs: 5 }))

  assert.equal(until, 77)
  assert.deepEqual(renewed.requests[0]?.message, { hmac: HMAC, renewPeriodMs: 5 })
  await assert.rejects(under.result(under.admin.tokens.expire(HMAC)), {
    code: 'DELEGATION_TOKEN_NOT_FOUND',
  })
})

test('tokens.describe() asks by owner', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.DescribeDelegationToken,
    min: 1,
    max: 3,
    decode: decodeDescribeDelegationTokenRequest,
    encode: encodeDescribeDelegationTokenResponse,
  }
  const { principalType, principalName, tokenId, hmac } = CREATED
  const asked = serveAnswer(broker, api, {
    errorCode: 0,
    throttleTimeMs: 0,
    tokens: [
      {
        principalType,
        principalName,
        tokenRequesterPrincipalType: 'User',
        tokenRequesterPrincipalName: 'bob',
        issueTimestamp: 1,
        expiryTimestamp: 2,
        maxTimestamp: 3,
        tokenId,
        hmac,
        renewers: [{ principalType: 'User', principalName: 'etl' }],
      },
    ],
  })

  const [token] = await under.result(under.admin.tokens.describe({ owners: ['User:a:b'] }))

  assert.deepEqual(asked.requests[0]?.message.owners, [
    { principalType: 'User', principalName: 'a:b' },
  ])
  assert.deepEqual([token?.owner, token?.requester], ['User:alice', 'User:bob'])
  assert.deepEqual(token?.renewers, ['User:etl'])
  await assert.rejects(under.admin.tokens.describe({ owners: ['alice'] }), {
    code: 'INVALID_ARGUMENT',
  })
})
