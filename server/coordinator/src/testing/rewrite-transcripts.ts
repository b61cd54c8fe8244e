/**
 * Writes what the transcripts answer now. Run it after a change that was meant, and read the diff:
 *
 *   node src/testing/rewrite-transcripts.ts src/transcripts/*.txt
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { GroupScript } from './group-script.ts'
import { formatTranscript, parseTranscript, runTranscript } from './transcript.ts'

for (const path of process.argv.slice(2)) {
  const script = new GroupScript()
  const blocks = parseTranscript(readFileSync(path, 'utf8'))
  const ran = await runTranscript(blocks, (command) => script.run(command))
  writeFileSync(path, formatTranscript(ran))
}
