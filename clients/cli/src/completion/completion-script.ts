/**
 * Scripts for the shells. All they do is ask `ottla __complete` and show what it says, so that a newer
 * version completes its newer commands without a new script. lab/packaging runs them in the shells.
 *
 * A candidate stands for the whole word, also in `--output=json`. bash takes a word apart at `:` and `=`
 * (COMP_WORDBREAKS), so `-b localhost:9092` is put together again from the line, and of a candidate only
 * what belongs to the last part is given back.
 */
const BASH = `# ottla completion for bash: source <(ottla completion bash)
_ottla_complete() {
  local word line i rest trimmed last part
  local -a words=()
  COMPREPLY=()
  rest="\${COMP_LINE:0:COMP_POINT}"
  for ((i = 0; i <= COMP_CWORD; i++)); do
    part="\${COMP_WORDS[i]}"
    trimmed="\${rest#"\${rest%%[![:space:]]*}"}"
    if ((i == COMP_CWORD)); then part="$trimmed"; fi
    if ((i > 0)) && [[ "$trimmed" == "$rest" ]]; then
      words[\${#words[@]}-1]+="$part"
    else
      words+=("$part")
    fi
    rest="\${trimmed#"$part"}"
  done
  # Only what bash takes for the word is replaced; right behind a : or = that is nothing yet.
  if [[ "$part" =~ ^[:=]+$ ]]; then part=""; fi
  last="\${words[\${#words[@]}-1]}"
  last="\${last%"$part"}"
  while IFS= read -r line; do
    word="\${line%%$'\\t'*}"
    case "$word" in
      :file) compopt -o default 2>/dev/null ;;
      :directory) compopt -o dirnames 2>/dev/null ;;
      *) COMPREPLY+=("\${word#"$last"}") ;;
    esac
  done < <(ottla __complete "\${words[@]:1}" 2>/dev/null)
}
complete -F _ottla_complete ottla
`

const ZSH = `#compdef ottla
# ottla completion for zsh: source <(ottla completion zsh)
_ottla() {
  local -a items
  local line word about
  while IFS= read -r line; do
    word="\${line%%$'\\t'*}"
    about="\${line#*$'\\t'}"
    case "$word" in
      :file) compset -P '--*='; _files; return ;;
      :directory) compset -P '--*='; _files -/; return ;;
      *)
        if [[ "$about" == "$word" ]]; then items+=("\${word//:/\\\\:}")
        else items+=("\${word//:/\\\\:}:$about"); fi ;;
    esac
  done < <(ottla __complete "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)
  (( \${#items} )) && _describe 'ottla' items
}
if [[ "\${funcstack[1]}" == _ottla ]]; then
  _ottla "$@"
else
  (( \${+functions[compdef]} )) || { autoload -Uz compinit && compinit }
  compdef _ottla ottla
fi
`

const FISH = `# ottla completion for fish: ottla completion fish | source
function __ottla_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l option (string match -r -- '^--[^=]*=' "$current")
    for line in (ottla __complete $before[2..-1] "$current" 2>/dev/null)
        switch $line
            case :file
                __fish_complete_path (string replace -r -- '^--[^=]*=' '' "$current") | string replace -r -- '^' "$option"
            case :directory
                __fish_complete_directories (string replace -r -- '^--[^=]*=' '' "$current") | string replace -r -- '^' "$option"
            case '*'
                echo $line
        end
    end
end
complete -c ottla -f -a '(__ottla_complete)'
`

export const COMPLETION_SCRIPTS: Readonly<Record<string, string>> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
}
