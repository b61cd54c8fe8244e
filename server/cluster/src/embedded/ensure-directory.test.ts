import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ensureDirectory } from './ensure-directory.ts'

test('ensureDirectory() makes what is missing, level by level, and leaves what is there', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'ottla-ensure-'))
  t.after(() => {
    rmSync(root, { recursive: true, force: true })
  })
  const directory = join(root, 'a', 'b', 'c')

  ensureDirectory(directory)
  writeFileSync(join(directory, 'kept'), '')
  ensureDirectory(directory)

  assert.ok(statSync(directory).isDirectory())
  assert.ok(existsSync(join(directory, 'kept')))
})

// mkdir's own `recursive` asks again for ever there.
test(
  'ensureDirectory() gives up where the file system refuses an entry as not found',
  { skip: existsSync('/proc/self') ? false : 'there is no /proc' },
  () => {
    assert.throws(() => ensureDirectory('/proc/nope'), { code: 'ENOENT' })
    assert.throws(() => ensureDirectory('/proc/nope/deeper'), { code: 'ENOENT' })
  },
)
