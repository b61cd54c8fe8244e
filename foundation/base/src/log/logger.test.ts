import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonLogger, silentLogger, type Logger, type LogLevel } from './logger.ts'

function aLogger(level: LogLevel): { logger: Logger; lines: string[] } {
  const lines: string[] = []
  const logger = jsonLogger({
    level,
    writeLine: (line) => lines.push(line),
    wallMs: () => 1_700_000_000_123,
  })
  return { logger, lines }
}

test('jsonLogger() writes one object a line, with the time and the fields', () => {
  const { logger, lines } = aLogger('info')

  logger.warn('Disk is slow', { directory: '/data', waitMs: 12 })

  assert.deepEqual(lines, [
    '{"time":"2023-11-14T22:13:20.123Z","level":"warn","message":"Disk is slow","directory":"/data","waitMs":12}',
  ])
})

test('jsonLogger() writes its own level and what is worse', () => {
  const levels: LogLevel[] = ['debug', 'info', 'warn', 'error']
  levels.forEach((level, rank) => {
    const { logger, lines } = aLogger(level)

    for (const each of levels) logger[each]('m')

    assert.equal(lines.length, levels.length - rank, level)
  })
})

test('jsonLogger() keeps a value from a client from forging a line', () => {
  const { logger, lines } = aLogger('info')

  logger.info('Refused', { clientId: 'x"}\n{"level":"error"' })

  assert.equal(lines.length, 1)
  assert.ok(!(lines[0] as string).includes('\n'))
  assert.equal(JSON.parse(lines[0] as string).clientId, 'x"}\n{"level":"error"')
})

test('jsonLogger() shows an error with its code and its cause', () => {
  const { logger, lines } = aLogger('info')
  const cause = Object.assign(new Error('no space'), { code: 'ENOSPC' })

  logger.error('Cannot write', { error: new TypeError('write failed', { cause }) })

  const { error } = JSON.parse(lines[0] as string)
  assert.equal(error.name, 'TypeError')
  assert.equal(error.message, 'write failed')
  assert.match(error.stack, /logger\.test/)
  assert.equal(error.cause.code, 'ENOSPC')
  assert.equal(error.cause.message, 'no space')
})

test('jsonLogger() never throws over a value that JSON can not show', () => {
  const { logger, lines } = aLogger('info')
  const circle: Record<string, unknown> = {}
  circle['self'] = circle

  logger.info('big', { offset: 2n ** 60n })
  logger.error('circle', { circle })

  assert.equal(JSON.parse(lines[0] as string).offset, '1152921504606846976')
  const second = JSON.parse(lines[1] as string)
  assert.equal(second.message, 'circle')
  assert.match(second.unloggable, /circular/i)
})

test('silentLogger takes everything and says nothing', () => {
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    assert.equal(silentLogger[level]('m', { a: 1 }), undefined)
  }
})
