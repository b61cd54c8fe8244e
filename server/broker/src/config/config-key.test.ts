import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BrokerConfig } from './broker-config.ts'
import { BROKER_KEYS } from './broker-keys.ts'
import { CONFIG_TYPES, keyTable, type ConfigKey } from './config-key.ts'
import { valueProblem } from './config-value.ts'
import { documentationOf, documentedKeys } from './documentation/key-documentation.ts'
import { logConfigOf } from './topic-config.ts'
import { TOPIC_KEYS } from './topic-keys.ts'

const ALL_KEYS: readonly ConfigKey[] = [...BROKER_KEYS.values(), ...TOPIC_KEYS.values()]

test('keyTable() reads every word of a line', () => {
  const key = keyTable('a.b list {x|y} per-broker non-empty high served <- c.d,e.f = x').get('a.b')

  assert.deepEqual(key, {
    name: 'a.b',
    type: 'list',
    defaultText: 'x',
    min: undefined,
    max: undefined,
    values: ['x', 'y'],
    isAnyCase: false,
    isNonEmpty: true,
    isNeverZero: false,
    isReplicaList: false,
    isDynamic: true,
    updateMode: 'per-broker',
    importance: 'high',
    isServed: true,
    brokerKeys: ['c.d', 'e.f'],
  })
})

test('keyTable() tells no default from an empty one, and open ranges from closed ones', () => {
  const table = keyTable('none string low\nempty string low = \nopen int -2..\nclosed int 0..5\n')

  assert.equal(table.get('none')?.defaultText, null)
  assert.equal(table.get('empty')?.defaultText, '')
  assert.deepEqual([table.get('open')?.min, table.get('open')?.max], [-2, undefined])
  assert.deepEqual([table.get('closed')?.min, table.get('closed')?.max], [0, 5])
  assert.equal(table.get('open')?.updateMode, 'read-only')
})

test('every key has a type, and a default that it would accept itself', () => {
  for (const key of ALL_KEYS) {
    assert.ok(CONFIG_TYPES.includes(key.type), key.name)
    if (key.defaultText === null) continue
    assert.equal(valueProblem(key, key.defaultText), undefined, `${key.name}=${key.defaultText}`)
  }
})

test('the tables have the public keys of Kafka 4.4.0 and our own, once each', () => {
  const own = [...BROKER_KEYS.keys()].filter((name) => name.startsWith('ottla.'))

  assert.deepEqual(own, [
    'ottla.allow.insecure.listener',
    'ottla.log.flush.policy',
    'ottla.log.level',
  ])
  assert.equal(BROKER_KEYS.size - own.length, 350)
  assert.equal(TOPIC_KEYS.size, 37)
  assert.deepEqual([...BROKER_KEYS.keys()], [...BROKER_KEYS.keys()].sort())
})

test('a topic key has its type and default from the broker keys behind it', () => {
  for (const key of TOPIC_KEYS.values()) {
    for (const name of key.brokerKeys) {
      const brokerKey = BROKER_KEYS.get(name)
      assert.ok(brokerKey, `${key.name} <- ${name}`)
      const isOtherUnit = /\.(?:hours|minutes)$/.test(name)
      if (isOtherUnit) continue
      assert.equal(brokerKey.type, key.type, name)
      if (brokerKey.defaultText !== null) assert.equal(brokerKey.defaultText, key.defaultText, name)
    }
  }
})

test('every key is documented, and nothing else is', () => {
  const names = new Set(ALL_KEYS.map((key) => key.name))

  assert.deepEqual(documentedKeys().sort(), [...names].sort())
  for (const name of names) assert.match(documentationOf(name) ?? '', /^\S.{15,}\.$/, name)
})

test('a broker key that the configuration reads is served', () => {
  const asked = new Set<string>()
  class Recording extends Map<string, string> {
    override get(name: string): string | undefined {
      asked.add(name)
      return super.get(name)
    }
  }
  const config = new BrokerConfig(new Recording())
  const getters = Object.entries(Object.getOwnPropertyDescriptors(BrokerConfig.prototype))
  for (const [, descriptor] of getters) descriptor.get?.call(config)

  assert.ok(asked.size > 25)
  const idle = [...asked].filter((name) => BROKER_KEYS.get(name)?.isServed !== true)
  assert.deepEqual(idle, [])
})

test('a topic key that is served reaches the log, and its broker keys are served with it', () => {
  const config = new BrokerConfig(new Map())
  const served = [...TOPIC_KEYS.values()].filter((key) => key.isServed)

  assert.ok(served.length > 10)
  for (const key of served) {
    const property = key.name.replaceAll(/\.(\w)/g, (_all, letter: string) => letter.toUpperCase())
    assert.ok(Object.hasOwn(logConfigOf(config, new Map()), property), property)
    for (const name of key.brokerKeys) assert.equal(BROKER_KEYS.get(name)?.isServed, true, name)
  }
})
