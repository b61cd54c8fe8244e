/** Whole conversations of clients with the coordinator; see testing/group-script.ts for the commands. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { GroupScript } from './testing/group-script.ts'
import { formatTranscript, parseTranscript, runTranscript } from './testing/transcript.ts'

const folder = new URL('transcripts/', import.meta.url)

for (const file of readdirSync(folder)) {
  test(`the coordinator answers as in transcripts/${file}`, async () => {
    const text = readFileSync(new URL(file, folder), 'utf8')
    const blocks = parseTranscript(text)
    const script = new GroupScript()

    const ran = await runTranscript(blocks, (command) => script.run(command))

    for (const [i, { commands, output }] of ran.entries()) {
      assert.deepEqual(output, blocks[i]?.output, `after:\n${commands.join('\n')}`)
    }
    assert.equal(formatTranscript(ran), text)
  })
}
