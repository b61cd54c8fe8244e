import { COMPLETION_SCRIPTS } from '../completion/completion-script.ts'
import { didYouMean } from '../parse/nearest.ts'
import type { Invocation } from '../parse/invocation.ts'
import { UsageError } from '../parse/usage-error.ts'

export async function completion(invocation: Invocation): Promise<void> {
  const [shell = ''] = invocation.arguments
  const script = Object.hasOwn(COMPLETION_SCRIPTS, shell) ? COMPLETION_SCRIPTS[shell] : undefined
  if (script === undefined) {
    const known = Object.keys(COMPLETION_SCRIPTS)
    throw new UsageError(
      `There is no completion for "${shell}": bash, zsh and fish.${didYouMean(shell, known)}`,
    )
  }
  await invocation.terminal.stdout.write(script)
}
