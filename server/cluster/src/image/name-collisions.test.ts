import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NameCollisions } from './name-collisions.ts'

test('NameCollisions finds a name that differs only in dots and underscores', () => {
  const collisions = new NameCollisions()
  for (const name of ['a.b', 'axb', 'c_d.e', 'plain']) collisions.add(name)

  assert.equal(collisions.find('a_b'), 'a.b')
  assert.equal(collisions.find('c.d_e'), 'c_d.e')
  assert.equal(collisions.find('a.b'), undefined)
  assert.equal(collisions.find('a-b'), undefined)
  assert.equal(collisions.find('a.bb'), undefined)
  assert.equal(collisions.find('plain'), undefined)
})

test('NameCollisions forgets a name that is deleted, and no other', () => {
  const collisions = new NameCollisions()
  collisions.add('a.b')
  collisions.add('a_b')

  collisions.delete('a.b')
  assert.equal(collisions.find('a.b'), 'a_b')

  collisions.delete('a_b')
  collisions.delete('never-there')
  assert.equal(collisions.find('a.b'), undefined)
})
