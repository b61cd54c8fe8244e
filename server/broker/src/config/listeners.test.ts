import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BrokerConfig } from './broker-config.ts'
import { advertise, checkListeners, parseListeners } from './listeners.ts'

const MAP = 'PLAINTEXT:PLAINTEXT,SSL:SSL,INTERNAL:PLAINTEXT'

test('parseListeners() reads names, IPv6 addresses and an empty host', () => {
  const listeners = parseListeners('listeners', 'PLAINTEXT://[::1]:9092, internal://:19092', MAP)

  assert.deepEqual(listeners, [
    { name: 'PLAINTEXT', securityProtocol: 'PLAINTEXT', host: '::1', port: 9092 },
    { name: 'INTERNAL', securityProtocol: 'PLAINTEXT', host: '', port: 19092 },
  ])
})

for (const [text, reason] of [
  ['localhost:9092', /NAME:\/\/host:port is expected/],
  ['PLAINTEXT://localhost', /NAME:\/\/host:port is expected/],
  ['PLAINTEXT://localhost:70000', /ports end at 65535/],
  ['OTHER://localhost:9092', /map "OTHER" to a protocol/],
  ['PLAINTEXT://localhost:1,PLAINTEXT://localhost:2', /names "PLAINTEXT" twice/],
  ['', /names no listener/],
] as const) {
  test(`parseListeners() refuses "${text}"`, () => {
    assert.throws(() => parseListeners('listeners', text, MAP), reason)
  })
}

test('checkListeners() refuses an open plaintext listener that nobody asked for', () => {
  const open = parseListeners('listeners', 'PLAINTEXT://0.0.0.0:9092', MAP)
  const everywhere = parseListeners('listeners', 'PLAINTEXT://:9092', MAP)

  assert.throws(() => checkListeners(open, false), /ottla.allow.insecure.listener=true/)
  assert.throws(() => checkListeners(everywhere, false), /every address/)
  assert.doesNotThrow(() => checkListeners(open, true))
})

test('checkListeners() accepts every spelling of loopback', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]']) {
    const listeners = parseListeners('listeners', `PLAINTEXT://${host}:9092`, MAP)
    assert.doesNotThrow(() => checkListeners(listeners, false), host)
  }
})

test('checkListeners() refuses a protocol that is not served, instead of serving it without', () => {
  const listeners = parseListeners('listeners', 'SSL://localhost:9093', MAP)

  assert.throws(() => checkListeners(listeners, true), /SSL is not served yet/)
})

test('advertise() tells clients the advertised address of the listener of the same name', () => {
  const listeners = parseListeners(
    'listeners',
    'PLAINTEXT://0.0.0.0:9092,INTERNAL://127.0.0.1:19092',
    MAP,
  )
  const said = parseListeners('advertised.listeners', 'PLAINTEXT://kafka.example:443', MAP)

  const addresses = advertise(listeners, said).map(({ host, port }) => `${host}:${port}`)

  assert.deepEqual(addresses, ['kafka.example:443', '127.0.0.1:19092'])
})

test('advertise() refuses an address that no client can connect to', () => {
  const listeners = parseListeners('listeners', 'PLAINTEXT://0.0.0.0:9092', MAP)

  assert.throws(() => advertise(listeners, undefined), /set advertised.listeners/)
})

test('advertise() refuses a name that is not a listener', () => {
  const listeners = parseListeners('listeners', 'PLAINTEXT://localhost:9092', MAP)
  const said = parseListeners('advertised.listeners', 'INTERNAL://kafka.example:443', MAP)

  assert.throws(() => advertise(listeners, said), /"INTERNAL", which is not in listeners/)
})

test('checkListeners() refuses two listeners on one address, unless the port is free to choose', () => {
  const both = (port: number) =>
    parseListeners('listeners', `PLAINTEXT://localhost:${port},INTERNAL://localhost:${port}`, MAP)

  assert.throws(() => checkListeners(both(9092), false), /PLAINTEXT has the same address and port/)
  assert.doesNotThrow(() => checkListeners(both(0), false))
})

for (const [map, reason] of [
  ['PLAINTEXT', /NAME:PROTOCOL is expected/],
  ['PLAINTEXT:PLAINTEXT:SSL', /NAME:PROTOCOL is expected/],
  ['PLAINTEXT:PLAINTXT', /names no security protocol/],
] as const) {
  test(`parseListeners() refuses the protocol map "${map}"`, () => {
    assert.throws(() => parseListeners('listeners', 'PLAINTEXT://localhost:9092', map), reason)
  })
}

test('controller listeners of a KRaft file are not opened, and one for clients must be left', () => {
  const given = new Map([
    ['listeners', 'PLAINTEXT://localhost:9092,CONTROLLER://localhost:9093'],
    ['controller.listener.names', 'CONTROLLER'],
    ['listener.security.protocol.map', 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT'],
  ])
  assert.deepEqual(
    new BrokerConfig(given).listeners.map(({ name }) => name),
    ['PLAINTEXT'],
  )

  given.set('listeners', 'CONTROLLER://localhost:9093')
  assert.throws(() => new BrokerConfig(given), /all of them are in controller.listener.names/)
})
