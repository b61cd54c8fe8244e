import { clientOptions } from '../connect/client-options.ts'
import { examine } from '../doctor/examine.ts'
import type { Finding } from '../doctor/finding.ts'
import { EXIT } from '../failure/exit-code.ts'
import { isForPeople, printListing } from '../output/print-listing.ts'
import type { Invocation } from '../parse/invocation.ts'
import { paintFor, type Paint } from '../terminal/colour.ts'

const TIMEOUT_MS = 5000
const COLOURS = { ok: 'green', warning: 'yellow', problem: 'red' } as const

export async function doctor(invocation: Invocation): Promise<number> {
  const { options, terminal } = invocation
  const asked = clientOptions(options, terminal)
  // What is ill does not get better by waiting, unless somebody wants to wait.
  const isPatient = options.text('timeout') !== undefined
  const settings = isPatient
    ? asked
    : { ...asked, apiTimeoutMs: Math.min(TIMEOUT_MS, asked.apiTimeoutMs) }
  const { findings, isReached } = await examine({
    settings,
    terminal,
    writes: options.flag('write'),
  })
  if (isForPeople(options)) {
    const paint = paintFor(terminal.stdout, terminal, options)
    await terminal.stdout.write(render(findings, paint))
  } else {
    await printListing(invocation, {
      schema: 'ottla/doctor/1',
      plural: 'findings',
      rows: findings,
      columns: [],
      name: ({ check, status }) => `${check} ${status}`,
      summary: {
        brokers: settings.brokers,
        isHealthy: findings.every(({ status }) => status !== 'problem'),
      },
    })
  }
  if (!isReached) return EXIT.unreachable
  return findings.some(({ status }) => status === 'problem') ? EXIT.failed : EXIT.done
}

function render(findings: readonly Finding[], paint: Paint): string {
  const lines = findings.flatMap(({ check, status, subject, message, remedy }) => [
    `${paint(COLOURS[status], status.padEnd(7))}  ${check.padEnd(10)}  ${subject}: ${message}`,
    ...(remedy === null ? [] : [`         ${' '.repeat(10)}  → ${remedy}`]),
  ])
  const problems = findings.filter(({ status }) => status === 'problem').length
  const warnings = findings.filter(({ status }) => status === 'warning').length
  const summary =
    problems + warnings === 0
      ? 'Nothing is wrong'
      : `${problems} problem${problems === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'}`
  return `${lines.join('\n')}\n\n${summary}\n`
}
