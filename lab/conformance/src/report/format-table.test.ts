import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Board } from './board.ts'
import { formatCount, formatLists, formatReasons, formatTable } from './format-table.ts'

async function aBoard(): Promise<Board> {
  const board = new Board()
  const table = 'clients'
  await board.check({ table, row: 'kcat', column: 'gzip' }, () => Promise.resolve(undefined))
  await board.check({ table, row: 'sarama', column: 'gzip' }, () => Promise.resolve('cut short'))
  await board.check({ table, row: 'sarama', column: 'zstd' }, () =>
    Promise.reject(new Error('died')),
  )
  for (const column of ['nulls', 'empty'])
    board.add({ table, row: 'kcat', column, status: 'skipped', detail: 'it cannot' })
  return board
}

test('formatTable() has a row per client, a mark per cell, and keeps columns aligned', async () => {
  const { cells } = await aBoard()

  assert.equal(
    formatTable('Ottla', cells, new Map([['kcat', '1.7']])),
    [
      'Ottla     gzip  zstd  nulls  empty',
      'kcat 1.7  ok          –      –',
      'sarama    FAIL  FAIL',
    ].join('\n'),
  )
})

test('formatLists() has a line per row with its own columns', async () => {
  const { cells } = await aBoard()

  assert.equal(
    formatLists('tool', cells),
    ['tool', 'kcat    gzip ok, nulls –, empty –', 'sarama  gzip FAIL, zstd FAIL'].join('\n'),
  )
})

test('formatReasons() tells why cells failed and, once per reason, why they were left out', async () => {
  const { cells } = await aBoard()

  assert.equal(
    formatReasons(cells),
    [
      '  FAIL  sarama, gzip: cut short',
      '  FAIL  sarama, zstd: died',
      '  –     kcat, nulls empty: it cannot',
    ].join('\n'),
  )
})

test('formatCount() closes with the figures, and the board knows its failures', async () => {
  const board = await aBoard()

  assert.equal(formatCount(board.cells), '1 passed, 2 failed, 2 skipped')
  assert.equal(board.failures.length, 2)
})
