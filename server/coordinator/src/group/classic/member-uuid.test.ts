import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '@ottla/base'
import { newMemberUuid } from './member-uuid.ts'

test('newMemberUuid() is a random UUID of version 4 in its usual form', () => {
  const uuid = newMemberUuid(seededRandom(1))

  assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.notEqual(uuid, newMemberUuid(seededRandom(2)))
})
