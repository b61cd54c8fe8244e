/** The broker program of `npm start`, which deals with its signals, its logs and its exit code itself. */
import type { Invocation } from '../parse/invocation.ts'
import type { ProcessTerminal } from '../terminal/process-terminal.ts'

const OWN_VARIABLES = ['OTTLA_BROKERS', 'OTTLA_COMPLETION_MS', 'OTTLA_DEBUG', 'OTTLA_PROFILE']

export async function brokerStart({ options, terminal }: Invocation): Promise<number> {
  const config = options.text('config')
  const args = [
    ...(config === undefined ? [] : ['--config', config]),
    ...options.list('set').flatMap((setting) => ['--set', setting]),
    ...(options.flag('json') ? ['--json'] : []),
  ]
  if ('release' in terminal) (terminal as ProcessTerminal).release()
  // To the broker every OTTLA_ variable is a key of its configuration; these are the command's.
  for (const name of OWN_VARIABLES) delete process.env[name]
  const { runBroker } = await import('@ottla/broker/run-broker')
  await runBroker(args)
  // It ends the process when it is told to.
  return await new Promise<number>(() => undefined)
}
