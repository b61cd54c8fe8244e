import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UsageError } from '../parse/usage-error.ts'
import { compileFormat, type Surroundings } from './format-record.ts'
import type { FormatRecord } from './record.ts'

const RECORD: FormatRecord = {
  topic: 'orders',
  partition: 3,
  offset: 258,
  leaderEpoch: 7,
  producerId: 4000,
  producerEpoch: 2,
  timestampMs: Date.UTC(2026, 10, 22, 9, 5, 3, 45),
  timestampType: 'CreateTime',
  key: Buffer.from('k1'),
  value: Buffer.from([0x00, 0xff, 0x41]),
  headers: [
    { name: 'a', value: Buffer.from('1') },
    { name: 'b', value: null },
  ],
}

const WATERMARKS = { logStartOffset: 5, lastStableOffset: 300, highWatermark: 301 }

const AROUND: Surroundings = { count: 12, watermarksOf: () => WATERMARKS }

const text = (template: string, change: Partial<FormatRecord> = {}): string =>
  compileFormat(template)({ ...RECORD, ...change }, AROUND).toString('latin1')

const CASES: readonly [template: string, expected: string][] = [
  ['%t %p %o %e %i', 'orders 3 258 7 12'],
  ['%x:%y', '4000:2'],
  ['[%[,%|,%]]', '[5,300,301]'],
  ['%]{hex16}%[{big16}', '012d\u0000\u0005'],
  ['%k=%v', 'k1=\u0000\u00ffA'],
  ['%T %K %V %H', '6 2 3 2'],
  ['%v{hex}', '00ff41'],
  ['%v{base64}', 'AP9B'],
  ['%k{base64}|%k{base64raw}', 'azE=|azE'],
  ['%k{json}', '"k1"'],
  ['%h{%k=%v;}', 'a=1;b=;'],
  ['%h{%K:%V,}', '1:1,1:-1,'],
  ['%o{hex64} %o{hex16} %o{hex4}', '0000000000000102 0102 2'],
  ['%o{big32}', '\0\0\u0001\u0002'],
  ['%o{little32}', '\u0002\u0001\0\0'],
  ['%o{big16}%o{little16}%o{byte}', '\u0001\u0002\u0002\u0001\u0002'],
  ['%d', String(RECORD.timestampMs)],
  ['%d{iso}', '2026-11-22T09:05:03.045Z'],
  ['%d{strftime[%F %T.%L %a %b %j %p %I]}', '2026-11-22 09:05:03.045 Sun Nov 326 AM 09'],
  ['%a{timestamp-type}', 'CreateTime'],
  ['%v{unpack[b B c]}', '0 255 A'],
  ['%v{unpack[>H$]}', '255 +1 bytes'],
  ['%v{unpack[<h.]}', '-256'],
  ['%% %{ %}', '% { }'],
  ['\\n\\t\\r\\\\\\x41\\0', '\n\t\r\\A\0'],
  ['', ''],
  ['plain', 'plain'],
]

test('compileFormat() writes every token', async (t) => {
  for (const [template, expected] of CASES) {
    await t.test(template, () => {
      assert.equal(text(template), expected)
    })
  }
})

test('compileFormat() tells a null from an empty text by its length', () => {
  assert.equal(text('[%k] %K [%v] %V', { key: null, value: Buffer.alloc(0) }), '[] -1 [] 0')
  assert.equal(text('%V{big32}', { value: null }), '\u00ff\u00ff\u00ff\u00ff')
})

test('compileFormat() leaves bytes as they are, whatever they mean', () => {
  const bytes = Buffer.from([0xc3, 0x28, 0x00])

  assert.deepEqual(compileFormat('%v')({ ...RECORD, value: bytes }, AROUND), bytes)
})

const REFUSED: readonly [template: string, expected: RegExp][] = [
  ['%q', /no %q/],
  ['%s', /The value is %v here/],
  ['%', /no %/],
  ['%v{hex', /brace is open/],
  ['%v{rot13}', /hex, base64/],
  ['%o{big128}', /big64/],
  ['\\q', /\\n, \\t/],
  ['\\x4', /two hex digits/],
  ['%h', /%h\{%k=%v/],
  ['%h{%p}', /no %p/],
  ['%h{%x}', /no %x/],
  ['%]{iso}', /big64/],
  ['%d{strftime[%Q]}', /no %Q/],
  ['%a{compression}', /timestamp-type/],
  ['%v{unpack[z]}', /no "z"/],
]

test('compileFormat() refuses what it does not know and says what it does', async (t) => {
  for (const [template, expected] of REFUSED) {
    await t.test(template, () => {
      assert.throws(
        () => compileFormat(template),
        (error) => error instanceof UsageError && expected.test(error.message),
      )
    })
  }
})
