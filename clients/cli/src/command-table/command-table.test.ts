import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCommandLine } from '../parse/parse-command-line.ts'
import { renderHelp } from '../parse/render-help.ts'
import { optionsOf } from '../parse/shared-options.ts'
import { COMMAND_TABLE } from './command-table.ts'

/** As a shell would, for lines without nested quotes. */
function wordsOf(line: string): string[] {
  const own = /(?:^|\| |<\()ottla ([^|<>)#]*)/.exec(line)?.[1] ?? ''
  return [...own.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
}

test('every command loads, and its code is a function', async (t) => {
  for (const { path, load } of COMMAND_TABLE.commands) {
    await t.test(path.join(' '), async () => {
      assert.equal(typeof (await load()), 'function')
    })
  }
})

test('every example of every command is one that the command takes', async (t) => {
  for (const { path, examples } of COMMAND_TABLE.commands) {
    await t.test(path.join(' '), () => {
      assert.ok(examples.length > 0)
      for (const { line } of examples) {
        const parsed = parseCommandLine(COMMAND_TABLE, wordsOf(line))
        assert.equal(parsed.kind, 'command', line)
      }
    })
  }
})

test('every command has help with its examples first', () => {
  for (const { path, examples } of COMMAND_TABLE.commands) {
    const help = renderHelp(COMMAND_TABLE, path)
    assert.match(help, /^.*\.\n\nExamples:\n/)
    assert.ok(help.includes(examples[0]?.line ?? ''), path.join(' '))
  }
  for (const { name } of COMMAND_TABLE.groups)
    assert.match(renderHelp(COMMAND_TABLE, [name]), /Examples:/)
})

test('no command has two options of one name or letter', () => {
  for (const spec of COMMAND_TABLE.commands) {
    const options = optionsOf(spec)
    const names = options.flatMap(({ name, aliases = [] }) => [name, ...aliases])
    const letters = options.flatMap(({ short }) => (short === undefined ? [] : [short]))
    assert.equal(new Set(names).size, names.length, `${spec.path.join(' ')}: ${names.join(' ')}`)
    assert.equal(
      new Set(letters).size,
      letters.length,
      `${spec.path.join(' ')}: ${letters.join(' ')}`,
    )
  }
})

test('every command that destroys can be tried first and be told not to ask', () => {
  for (const verb of ['topic delete', 'topic trim', 'group delete', 'group seek']) {
    const spec = COMMAND_TABLE.commands.find(({ path }) => path.join(' ') === verb)
    const names = (spec?.options ?? []).map(({ name }) => name)
    assert.ok(names.includes('dry-run') && names.includes('yes'), verb)
  }
})
