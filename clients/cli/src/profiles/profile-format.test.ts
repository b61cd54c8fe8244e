import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatProfiles, parseProfiles } from './profile-format.ts'
import { isProfileName, isSecret, NO_PROFILES, type Profile, type Profiles } from './profile.ts'

const profile = (name: string, more: Partial<Profile> = {}): Profile => ({
  name,
  brokers: 'localhost:9092',
  color: undefined,
  commandConfig: undefined,
  properties: new Map(),
  ...more,
})

test('parseProfiles() reads back what formatProfiles() writes, whatever is in it', () => {
  const properties = new Map([
    ['sasl.jaas.config', 'x.PlainLoginModule required username="a" password="# \\"\'é: {}";'],
    ['client.rack', 'true'],
    ['empty', ''],
  ])
  const profiles: Profiles = {
    current: 'prod',
    byName: new Map([
      ['prod', profile('prod', { brokers: '[::1]:1,b:2', color: 'red', properties })],
      ['1st', profile('1st', { commandConfig: '/home/me/my file.properties' })],
    ]),
  }

  assert.deepEqual(parseProfiles(formatProfiles(profiles)), profiles)
  assert.deepEqual(parseProfiles(formatProfiles(NO_PROFILES)), NO_PROFILES)
  assert.deepEqual(parseProfiles('current:\nprofiles:\n'), NO_PROFILES)
})

const REFUSED: readonly [text: string, expected: RegExp][] = [
  ['curent: a', /the file has the key "curent", which nobody knows\. Did you mean "current"\?/],
  ['profiles: a', /a text for "profiles", where keys below it are expected/],
  ['profiles:\n  a: b', /profile "a" has no keys below it/],
  ['profiles:\n  a b: c', /"a b" is no name of a profile/],
  ['profiles:\n  - a', /^line 2: a list stands where/],
  ['profiles:\n  "a b":\n    brokers: x', /"a b" is no name of a profile/],
  ['profiles:\n  a:\n    color: red', /profile "a" names no brokers: brokers: "host:port,…"/],
  ['profiles:\n  a:\n    brokers: x\n    color: pink', /the color "pink": one of red, /],
  ['profiles:\n  a:\n    broker: x', /"broker", which nobody knows\. Did you mean "brokers"\?/],
  ['profiles:\n  a:\n    brokers:\n      x: y', /keys below "brokers", where a text is expected/],
]

test('parseProfiles() says what it cannot use, and what is expected', async (t) => {
  for (const [text, expected] of REFUSED) {
    await t.test(JSON.stringify(text), () => {
      assert.throws(() => parseProfiles(text), { message: expected })
    })
  }
})

test('names of profiles are words, and passwords are secrets', () => {
  for (const good of ['a', 'prod-eu.1', '9']) assert.ok(isProfileName(good), good)
  for (const bad of ['', '-a', 'a b', 'a/b', 'x'.repeat(65)]) assert.ok(!isProfileName(bad), bad)
  for (const key of ['sasl.password', 'sasl.jaas.config', 'ssl.key.password', 'ssl.keystore.key']) {
    assert.ok(isSecret(key), key)
  }
  for (const key of ['sasl.username', 'security.protocol', 'ssl.keystore.location']) {
    assert.ok(!isSecret(key), key)
  }
})
