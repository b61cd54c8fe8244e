import assert from 'node:assert/strict'
import { test } from 'node:test'
import { API_VERSIONS, apiName, type ApiKey } from '@ottla/protocol'
import { ABSENT_APIS, ADMIN_APIS } from './admin-apis.ts'

test('every API of the protocol is either sent by the admin client or deliberately absent', () => {
  const undecided = [...API_VERSIONS.keys()].filter((key) => {
    const isKnown = API_VERSIONS[key] !== undefined
    const isSent = ADMIN_APIS.has(key as ApiKey)
    const isAbsent = ABSENT_APIS.has(key as ApiKey)
    return isKnown && isSent === isAbsent
  })

  assert.deepEqual(undecided.map(apiName), [])
})
