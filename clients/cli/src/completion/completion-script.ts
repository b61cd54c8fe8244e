/**
 * Scripts for the shells. All they do is ask `ottla __complete` and show what it says, so that a newer
 * version completes its newer commands without a new script.
 */
const BASH = `# ottla completion for bash: source <(ottla completion bash)
_ottla_complete() {
  local word line
  COMPREPLY=()
  # A colon is a part of words here (orders:3), whatever COMP_WORDBREAKS says.
  local words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  while IFS= read -r line; do
    word="\${line%%$'\\t'*}"
    case "$word" in
      :file) compopt -o default 2>/dev/null ;;
      :directory) compopt -o dirnames 2>/dev/null ;;
      *) COMPREPLY+=("$word") ;;
    esac
  done < <(ottla __complete "\${words[@]}" 2>/dev/null)
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
      :file) _files ;;
      :directory) _files -/ ;;
      *)
        if [[ "$about" == "$word" ]]; then items+=("\${word//:/\\\\:}")
        else items+=("\${word//:/\\\\:}:$about"); fi ;;
    esac
  done < <(ottla __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( \${#items} )) && _describe 'ottla' items
}
if [[ "\${funcstack[1]}" == _ottla ]]; then _ottla "$@"; else compdef _ottla ottla; fi
`

const FISH = `# ottla completion for fish: ottla completion fish | source
function __ottla_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (ottla __complete $words[2..-1] 2>/dev/null)
        switch $line
            case :file
                __fish_complete_path (commandline -ct)
            case :directory
                __fish_complete_directories (commandline -ct)
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
