import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeCreateAclsRequest } from '@ottla/protocol/create-acls-request'
import { encodeCreateAclsResponse } from '@ottla/protocol/create-acls-response'
import { decodeDeleteAclsRequest } from '@ottla/protocol/delete-acls-request'
import { encodeDeleteAclsResponse } from '@ottla/protocol/delete-acls-response'
import { decodeDescribeAclsRequest } from '@ottla/protocol/describe-acls-request'
import { encodeDescribeAclsResponse } from '@ottla/protocol/describe-acls-response'
import { FakeBroker } from '../../testing/fake-broker.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { adminOfBrokers } from '../testing/admin-under-test.ts'
import { serveAnswer } from '../testing/serve-answer.ts'
import type { FullAclBinding } from './acl-binding.ts'

const TOPIC = 2
const LITERAL = 3
const PREFIXED = 4
const READ = 3
const ALLOW = 3
const ANY = 1

const ALICE_READS: FullAclBinding = {
  resourceType: 'topic',
  resourceName: 'orders',
  patternType: 'literal',
  principal: 'User:alice',
  host: '*',
  operation: 'read',
  permission: 'allow',
}
const ALICE_ON_WIRE = {
  resourceType: TOPIC,
  resourceName: 'orders',
  patternType: LITERAL,
  principal: 'User:alice',
  host: '*',
  operation: READ,
  permissionType: ALLOW,
}

test('acls.list() asks with a filter, and leaves out what it has no words for', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.DescribeAcls,
    min: 1,
    max: 3,
    decode: decodeDescribeAclsRequest,
    encode: encodeDescribeAclsResponse,
  }
  const { principal, host, operation, permissionType, ...resource } = ALICE_ON_WIRE
  const acl = { principal, host, operation, permissionType }
  const asked = serveAnswer(broker, api, {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: null,
    resources: [{ ...resource, acls: [acl, { ...acl, operation: 99 }] }],
  })

  const acls = await under.result(under.admin.acls.list({ principal: 'User:alice' }))

  assert.deepEqual(acls, [ALICE_READS])
  assert.deepEqual(asked.requests[0]?.message, {
    resourceTypeFilter: ANY,
    resourceNameFilter: null,
    patternTypeFilter: ANY,
    principalFilter: 'User:alice',
    hostFilter: null,
    operation: ANY,
    permissionType: ANY,
  })
})

test('acls.list() says that the cluster has no authorizer', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.DescribeAcls,
    min: 1,
    max: 3,
    decode: decodeDescribeAclsRequest,
    encode: encodeDescribeAclsResponse,
  }
  serveAnswer(broker, api, {
    throttleTimeMs: 0,
    errorCode: ErrorCode.SECURITY_DISABLED,
    errorMessage: 'No Authorizer is configured.',
    resources: [],
  })

  await assert.rejects(under.result(under.admin.acls.list()), {
    code: 'SECURITY_DISABLED',
    message: /No Authorizer is configured/,
  })
})

test('acls.create() fills in what is usual, and answers for each binding', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.CreateAcls,
    min: 1,
    max: 3,
    decode: decodeCreateAclsRequest,
    encode: encodeCreateAclsResponse,
  }
  const asked = serveAnswer(broker, api, {
    throttleTimeMs: 0,
    results: [
      { errorCode: 0, errorMessage: null },
      { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: 'no such principal' },
    ],
  })
  const [own, other] = [
    {
      resourceType: 'topic',
      resourceName: 'orders',
      principal: 'User:alice',
      operation: 'read',
    },
    {
      resourceType: 'group',
      resourceName: 'etl-',
      patternType: 'prefixed',
      principal: 'alice',
      operation: 'all',
    },
  ] as const

  const created = await under.result(under.admin.acls.create([own, other]))

  const { patternType, ...wire } = ALICE_ON_WIRE
  assert.deepEqual(asked.requests[0]?.message.creations[0], {
    ...wire,
    resourcePatternType: patternType,
  })
  assert.equal(asked.requests[0]?.message.creations[1]?.resourcePatternType, PREFIXED)
  assert.ok(created.get(own)?.ok)
  assert.throws(() => created.value(other), { message: /no such principal/ })
})

test('acls.delete() tells for each filter what is gone', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.DeleteAcls,
    min: 1,
    max: 3,
    decode: decodeDeleteAclsRequest,
    encode: encodeDeleteAclsResponse,
  }
  serveAnswer(broker, api, {
    throttleTimeMs: 0,
    filterResults: [
      {
        errorCode: 0,
        errorMessage: null,
        matchingAcls: [{ ...ALICE_ON_WIRE, errorCode: 0, errorMessage: null }],
      },
    ],
  })
  const filter = { resourceType: 'topic', patternType: 'match', resourceName: 'orders' } as const

  const deleted = await under.result(under.admin.acls.delete([filter]))

  assert.deepEqual(deleted.value(filter).keys(), [ALICE_READS])
  assert.ok(deleted.value(filter).allOk)
})
