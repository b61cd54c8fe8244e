/**
 * The shells that complete `ottla`, driven without a person: each is told of the script as its users tell
 * it, is asked for what it would offer at the end of a line, and says it one a line.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { runCommand } from './run-command.ts'

export type ShellName = 'bash' | 'zsh' | 'fish'

/** Where `ottla` is found, and whatever it needs. */
export type ShellEnvironment = NodeJS.ProcessEnv

/** A terminal that waits for somebody would wait for ever. */
const ZSH_TIMEOUT_MS = 30_000

/**
 * bash: what readline hands to the function of `complete -F`. The words are taken apart as readline does
 * it, at spaces and at each run of `:` and `=`; then what stands behind the last of these is completed.
 */
const BASH = `
source <(ottla completion bash)
COMP_LINE="$1"
COMP_POINT=\${#COMP_LINE}
COMP_WORDS=()
rest="$COMP_LINE"
while [[ "$rest" =~ ^[[:space:]]*([:=]+|[^[:space:]:=]+)(.*)$ ]]; do
  COMP_WORDS+=("\${BASH_REMATCH[1]}")
  rest="\${BASH_REMATCH[2]}"
done
if [[ "$COMP_LINE" == *" " ]]; then COMP_WORDS+=(""); fi
COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
compopt() { echo ":$*"; }
_ottla_complete
printf '%s\\n' "\${COMPREPLY[@]}"
`

/**
 * zsh: a shell in a pseudo-terminal, where Tab is pressed. compadd, which takes candidates from whatever
 * completes, also writes down what it was given.
 */
const ZSH = `
zmodload zsh/zpty || exit 3
zpty session zsh -f -i
zpty -w session 'eval "$SETUP"'
while zpty -r session line; do [[ "$line" == READY* ]] && break; done
zpty -w -n session "$1"$'\\t\\x18'
while zpty -r session line; do :; done
cat "$HITS"
`
const ZSH_SETUP = `
unset zle_bracketed_paste
autoload -Uz compinit
compinit -u -D
source <(ottla completion zsh)
compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then
    builtin compadd "$@"
    return $?
  fi
  local -a hits
  local hit
  builtin compadd -A hits "$@"
  for hit in $hits; do print -r -- "\${IPREFIX}$hit" >>"$HITS"; done
  builtin compadd "$@"
}
finish() { exit }
zle -N finish
bindkey '^I' complete-word
bindkey '^X' finish
print 'REA''DY'
`

const FISH = `
ottla completion fish | source
complete -C "$argv[1]"
`

/** What is offered at the end of `line`; with a tab and what it is, where the shell shows that. */
export async function completionsOf(
  shell: ShellName,
  line: string,
  { cwd, env }: { readonly cwd: string; readonly env: ShellEnvironment },
): Promise<string[]> {
  requireShell(shell, env)
  const words = await said(shell, line, { cwd, env })
  return words.filter((word) => word !== '')
}

async function said(
  shell: ShellName,
  line: string,
  where: { readonly cwd: string; readonly env: ShellEnvironment },
): Promise<string[]> {
  switch (shell) {
    case 'bash':
      return linesOf(await runCommand('bash', ['--norc', '-c', BASH, 'bash', line], where))
    case 'fish':
      return linesOf(await runCommand('fish', ['--no-config', '-c', FISH, line], where))
    case 'zsh':
      return await saidByZsh(line, where)
  }
}

async function saidByZsh(
  line: string,
  { cwd, env }: { readonly cwd: string; readonly env: ShellEnvironment },
): Promise<string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'ottla-zsh-'))
  const hits = join(directory, 'hits')
  writeFileSync(hits, '')
  try {
    const where = { cwd, env: { ...env, SETUP: ZSH_SETUP, HITS: hits }, timeoutMs: ZSH_TIMEOUT_MS }
    return linesOf(await runCommand('zsh', ['-f', '-c', ZSH, 'zsh', line], where))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function linesOf(text: string): string[] {
  return text.split('\n')
}

/** A machine without the shell must not look like one on which it works. */
function requireShell(shell: ShellName, env: ShellEnvironment): void {
  const directories = (env['PATH'] ?? '').split(delimiter)
  if (directories.some((directory) => existsSync(join(directory, shell)))) return
  throw new Error(
    `${shell} is not installed: completion is tried in the shell itself. Install ${shell}`,
  )
}
