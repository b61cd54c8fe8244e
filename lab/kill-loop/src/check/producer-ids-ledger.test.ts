import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProducerIdsLedger } from './producer-ids-ledger.ts'
import { Violations } from './violation.ts'

test('ProducerIdsLedger reports a producer id that is given twice', () => {
  const violations = new Violations()
  const ledger = new ProducerIdsLedger(violations)

  for (const producerId of [1000, 1001, 2000, 1001]) ledger.given(producerId)

  assert.deepEqual(violations.kept, [{ kind: 'producer id given twice', what: 'producer id 1001' }])
})
