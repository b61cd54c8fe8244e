/** Every command there is, in the order of help. Loads no code of theirs. */
import type { CommandTable } from '../parse/command-spec.ts'
import { BROKER_COMMANDS } from './broker-commands.ts'
import { CLUSTER_COMMANDS } from './cluster-commands.ts'
import { GROUP_COMMANDS } from './group-commands.ts'
import { PERF_COMMANDS } from './perf-commands.ts'
import { PROFILE_COMMANDS } from './profile-commands.ts'
import { RECORD_COMMANDS } from './record-commands.ts'
import { TOOL_COMMANDS } from './tool-commands.ts'
import { TOPIC_COMMANDS } from './topic-commands.ts'

export const COMMAND_TABLE: CommandTable = {
  groups: [
    { name: 'broker', summary: 'Run a broker' },
    { name: 'topic', summary: 'Make, see, change and delete topics' },
    { name: 'group', summary: 'See and move groups of consumers' },
    { name: 'cluster', summary: 'See the cluster as a whole' },
    { name: 'profile', summary: 'Keep clusters by name' },
    { name: 'perf', summary: 'Measure a cluster' },
  ],
  commands: [
    ...BROKER_COMMANDS,
    ...RECORD_COMMANDS,
    ...TOPIC_COMMANDS,
    ...GROUP_COMMANDS,
    ...CLUSTER_COMMANDS,
    ...PROFILE_COMMANDS,
    ...PERF_COMMANDS,
    ...TOOL_COMMANDS,
  ],
}
