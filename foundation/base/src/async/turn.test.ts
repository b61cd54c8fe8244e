import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '../time/fake-clock.ts'
import { Turn, type TurnPhase } from './turn.ts'

interface Situation {
  readonly clock: FakeClock
  readonly turn: Turn
  readonly ran: string[]
  /** Adds a task that notes its name, then does `then`. */
  readonly add: (phase: TurnPhase, name: string, then?: () => void) => void
}

function aTurn(): Situation {
  const clock = new FakeClock()
  const turn = new Turn(clock)
  const ran: string[] = []
  const add = (phase: TurnPhase, name: string, then?: () => void): void => {
    turn.atEnd(phase, {
      onTurnEnd: () => {
        ran.push(name)
        then?.()
      },
    })
  }
  return { clock, turn, ran, add }
}

test('Turn runs nothing before the turn ends', () => {
  const { ran, add, clock } = aTurn()

  add('log', 'a')

  assert.deepEqual(ran, [])
  clock.advance(0)
  assert.deepEqual(ran, ['a'])
})

test('Turn runs logs before wake-ups before sends, each in the order of addition', () => {
  const { ran, add, clock } = aTurn()
  add('send', 'send 1')
  add('log', 'log 1')
  add('wake', 'wake 1')
  add('send', 'send 2')
  add('log', 'log 2')

  clock.advance(0)

  assert.deepEqual(ran, ['log 1', 'log 2', 'wake 1', 'send 1', 'send 2'])
})

test('Turn asks the clock once, however many tasks there are', () => {
  const { add, clock } = aTurn()

  for (let i = 0; i < 10; i++) add('log', `${i}`)

  assert.equal(clock.timerCount, 1)
})

test('Turn runs what a task adds to its own or a later phase in the same turn', () => {
  const { ran, add, clock } = aTurn()
  add('log', 'log', () => {
    add('log', 'log of log')
    add('wake', 'wake of log', () => {
      add('send', 'send of wake')
    })
  })

  clock.advanceOne()

  assert.deepEqual(ran, ['log', 'log of log', 'wake of log', 'send of wake'])
  assert.equal(clock.timerCount, 0, 'no turn follows for nothing')
})

test('Turn leaves what a task adds to an earlier phase to the next turn', () => {
  const { ran, add, clock } = aTurn()
  add('send', 'send', () => {
    add('log', 'log of send')
  })

  clock.advanceOne()

  assert.deepEqual(ran, ['send'])
  assert.equal(clock.timerCount, 1)
  clock.advanceOne()
  assert.deepEqual(ran, ['send', 'log of send'])
  assert.equal(clock.timerCount, 0)
})

test('Turn runs a task again only when it was added again', () => {
  const { ran, add, clock } = aTurn()
  add('log', 'a')
  clock.advance(0)

  add('log', 'b')
  clock.advance(0)

  assert.deepEqual(ran, ['a', 'b'])
})

test('Turn neither repeats nor forgets tasks when one throws', () => {
  const { ran, add, clock } = aTurn()
  add('log', 'before')
  add('log', 'broken', () => {
    throw new Error('broken')
  })
  add('log', 'behind')
  add('send', 'send')

  assert.throws(() => clock.advance(0), /broken/)

  assert.deepEqual(ran, ['before', 'broken'])
  clock.advance(0)
  assert.deepEqual(ran, ['before', 'broken', 'behind', 'send'])
})
