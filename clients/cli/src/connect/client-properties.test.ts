import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UsageError } from '../parse/usage-error.ts'
import { parseBrokerList } from './broker-list.ts'
import { clientSettings } from './client-properties.ts'
import { parseProperties } from './properties-file.ts'

const settings = (text: string, files: Readonly<Record<string, string>> = {}) =>
  clientSettings(parseProperties(text), (path) => files[path] ?? '')

test('clientSettings() reads what Java writes for SCRAM over TLS', () => {
  const found = settings(
    `bootstrap.servers=a:9093,b:9093
security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\
  username="alice" \\
  password="p\\\\"w=;d";
ssl.truststore.type=PEM
ssl.truststore.location=/ca.pem
request.timeout.ms=5000
linger.ms=5`,
    { '/ca.pem': 'CA' },
  )

  assert.deepEqual(found, {
    brokers: 'a:9093,b:9093',
    requestTimeoutMs: 5000,
    tls: { ca: 'CA' },
    sasl: { mechanism: 'SCRAM-SHA-512', username: 'alice', password: 'p"w=;d' },
  })
})

test('clientSettings() is empty for a plain cluster and takes TLS with the certificates of Node', () => {
  assert.deepEqual(settings(''), {})
  assert.deepEqual(settings('security.protocol=SSL'), { tls: true })
})

test('clientSettings() takes a PEM file that holds certificate and key', () => {
  const { tls } = settings(
    'security.protocol=SSL\nssl.keystore.type=PEM\nssl.keystore.location=k',
    { k: 'BOTH' },
  )

  assert.deepEqual(tls, { cert: 'BOTH', key: 'BOTH' })
})

const REFUSED: readonly [text: string, expected: RegExp][] = [
  ['security.protocol=TLS', /one of PLAINTEXT/],
  ['security.protocol=SASL_SSL', /sasl\.mechanism=GSSAPI/],
  ['security.protocol=SASL_SSL\nsasl.mechanism=PLAIN', /user and a password/],
  [
    'security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=x.ScramLoginModule required username="a" password="s3cret";',
    /does not fit/,
  ],
  ['security.protocol=SSL\nssl.truststore.location=t.jks', /only PEM/],
  ['security.protocol=SSL\nssl.endpoint.identification.algorithm=', /always checked/],
  ['request.timeout.ms=soon', /milliseconds/],
]

test('clientSettings() refuses what it cannot honour, without telling secrets', () => {
  for (const [text, expected] of REFUSED) {
    assert.throws(
      () => settings(text),
      (error) => {
        assert.ok(error instanceof UsageError)
        assert.match(error.message, expected)
        assert.doesNotMatch(error.message, /s3cret/)
        return true
      },
    )
  }
})

test('parseProperties() reads every separator, comments, escapes and continued lines', () => {
  const found = parseProperties(
    '# c\n! c\na=1\nb: 2\nc 3\nd\\ e = f\\u0041\\t\ng=h\\\n   i\nk\nl=m\\\\\nn=o\r\np==q',
  )

  assert.deepEqual(
    [...found],
    [
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
      ['d e', 'fA'],
      ['g', 'hi'],
      ['k', ''],
      ['l', 'm\\'],
      ['n', 'o'],
      ['p', '=q'],
    ],
  )
})

test('parseBrokerList() reads hosts, ports, IPv6 and pasted listeners', () => {
  assert.deepEqual(parseBrokerList('a, b:9093,[::1]:1,PLAINTEXT://c:2'), [
    { host: 'a', port: 9092 },
    { host: 'b', port: 9093 },
    { host: '::1', port: 1 },
    { host: 'c', port: 2 },
  ])
  for (const bad of ['', ',', 'a:0', 'a:70000', 'a:b', 'http://a:1']) {
    assert.throws(() => parseBrokerList(bad), UsageError, bad)
  }
})
