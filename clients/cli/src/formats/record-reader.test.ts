import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UsageError } from '../parse/usage-error.ts'
import { compileFormat } from './format-record.ts'
import type { RecordToSend } from './json-record.ts'
import { RecordReader } from './record-reader.ts'
import { UNKNOWN_WATERMARKS } from './record.ts'

function read(template: string, input: Buffer | string, chunkBytes = Infinity): RecordToSend[] {
  const reader = new RecordReader(template, { recordBytesMax: 1000 })
  const bytes = Buffer.from(input)
  const found: RecordToSend[] = []
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    reader.push(bytes.subarray(at, at + chunkBytes))
    found.push(...reader.records())
  }
  reader.end()
  return [...found, ...reader.records()]
}

const shown = (records: readonly RecordToSend[]) =>
  records.map(({ key, value }) => [key?.toString() ?? null, value?.toString() ?? null])

test('RecordReader reads a value from each line, and the last one without its end', () => {
  assert.deepEqual(shown(read('%v\\n', 'a\n\nb')), [
    [null, 'a'],
    [null, ''],
    [null, 'b'],
  ])
  assert.deepEqual(read('%v\\n', ''), [])
})

test('RecordReader reads the same whatever the chunks are', () => {
  const input = 'one=1;two=2;three=3;'

  for (let chunkBytes = 1; chunkBytes <= input.length; chunkBytes++) {
    assert.deepEqual(shown(read('%k=%v;', input, chunkBytes)), [
      ['one', '1'],
      ['two', '2'],
      ['three', '3'],
    ])
  }
})

test('RecordReader reads lengths before texts, in digits and in bytes, and -1 as null', () => {
  assert.deepEqual(shown(read('%K %V %k%v', '1 3 abcd2 0 xy')), [
    ['a', 'bcd'],
    ['xy', ''],
  ])
  const binary = Buffer.from([0, 0, 0, 2, 0x61, 0x0a, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 1, 0x62])
  assert.deepEqual(shown(read('%V{big32}%v', binary)), [
    [null, 'a\n'],
    [null, null],
    [null, 'b'],
  ])
})

test('RecordReader decodes hex and base64', () => {
  assert.deepEqual(shown(read('%k{hex} %v{base64}\\n', '6b ZGF0YQ==\n')), [['k', 'data']])
})

test('RecordReader reads partition, time and headers', () => {
  const [record] = read('%p %d %H %h{%k=%v,}%v\\n', '2 1000 2 a=1,b=,body\n')

  assert.deepEqual(record, {
    key: null,
    value: Buffer.from('body'),
    partition: 2,
    timestampMs: 1000,
    headers: [
      ['a', Buffer.from('1')],
      ['b', Buffer.from('')],
    ],
  })
})

test('RecordReader reads back what the same format has written', () => {
  const format = '%K{big32}%k%V{big32}%v%p{byte}%d{big64}'
  const record = {
    topic: 't',
    partition: 200,
    offset: 0,
    leaderEpoch: 0,
    producerId: -1,
    producerEpoch: -1,
    timestampMs: 1_795_626_959_376,
    timestampType: 'CreateTime' as const,
    key: null,
    value: Buffer.from([0, 1, 2, 255, 10]),
    headers: [],
  }

  const [copy] = read(
    format,
    compileFormat(format)(record, { count: 1, watermarksOf: () => UNKNOWN_WATERMARKS }),
  )

  const { key, value, partition, timestampMs } = copy as RecordToSend
  assert.deepEqual(
    [key, value, partition, timestampMs],
    [null, record.value, 200, record.timestampMs],
  )
})

const BAD_INPUT: readonly [template: string, input: string, expected: RegExp][] = [
  ['%k=%v\\n', 'a=1\nb', /record 2 .*(?:expected|middle)/],
  ['%V %v\\n', 'x abc\n', /"x" for %V is no number/],
  ['%V %v\\n', '2 abc\n', /"\\n" expected/],
  ['%V %v', '5 ab', /middle of a record/],
  ['%v{hex}\\n', 'zz\n', /cannot be decoded/],
  ['%v\\n', 'x'.repeat(1001), /no end within 1000 bytes/],
]

test('RecordReader refuses input that does not fit, and says which record', async (t) => {
  for (const [template, input, expected] of BAD_INPUT) {
    await t.test(template, () => {
      assert.throws(
        () => read(template, input, 500),
        (error) => error instanceof UsageError && expected.test(error.message),
      )
    })
  }
})

test('RecordReader refuses formats whose texts have no end', () => {
  for (const template of ['', '%k%v', '%v{rot13}\\n', '%h{%k=%v,}\\n', '%o\\n']) {
    assert.throws(() => new RecordReader(template, { recordBytesMax: 10 }), UsageError, template)
  }
})

test('RecordReader takes lines with CRLF as they are, or without the CR when the format says so', () => {
  assert.deepEqual(shown(read('%v\\n', 'a\r\nb')), shown(read('%v;', 'a\r;b')))
  assert.deepEqual(shown(read('%v\\r\\n', 'a\r\nb', 1)), shown(read('%v;', 'a;b')))
})

test('RecordReader shows a format in one line when it refuses', () => {
  assert.throws(() => read('%k=%v\n', 'x\n'), /by the format "%k=%v\\n": it ends/)
})
