import type { ArgumentSpec, CommandSpec } from '../parse/command-spec.ts'
import { CLIENT_PROPERTIES } from '../parse/shared-options.ts'
import { PROFILE_COLOURS } from '../profiles/profile.ts'
import { DRY_RUN, YES } from './mutating-options.ts'

const NEW_NAME: ArgumentSpec = { name: 'NAME', about: 'letters, digits, . _ and -' }
const NAME: ArgumentSpec = { name: 'NAME', about: 'the name of the profile', completes: 'profile' }
const FILE_NOTE =
  'Profiles are kept in ~/.config/ottla/config.yaml ($XDG_CONFIG_HOME/ottla/config.yaml). It may be edited.'

export const PROFILE_COMMANDS: readonly CommandSpec[] = [
  {
    path: ['profile', 'list'],
    summary: 'List profiles',
    examples: [{ line: 'ottla profile list', about: 'all, with a mark at the current one' }],
    without: ['brokers'],
    notes: `${FILE_NOTE}\nJSON: ottla/profile.list/1, "profiles" of {name, isCurrent, brokers, color}`,
    load: async () => (await import('../commands/profile-list.ts')).profileList,
  },
  {
    path: ['profile', 'create'],
    summary: 'Give a cluster a name; the first one becomes the current one',
    examples: [
      { line: 'ottla profile create dev -b localhost:9092', about: 'a broker on this machine' },
      {
        line: 'ottla profile create prod -b kafka-1:9093 --command-config prod.properties --profile-color red',
        about: 'with what Java clients are told of TLS and SASL; red in every question',
      },
      {
        line: 'ottla profile create test -b kafka-t:9093 -X security.protocol=SSL --use',
        about: 'with a single key, and current from now on',
      },
    ],
    arguments: [NEW_NAME],
    options: [
      {
        name: 'brokers',
        short: 'b',
        value: 'HOST:PORT,…',
        about: 'where to begin; needed',
        aliases: ['bootstrap-server', 'bootstrap-servers', 'broker-list'],
      },
      ...CLIENT_PROPERTIES,
      {
        name: 'profile-color',
        value: 'COLOR',
        choices: PROFILE_COLOURS,
        about: `of its name in questions: ${PROFILE_COLOURS.join(', ')} (default: none)`,
      },
      { name: 'use', about: 'make it the current one' },
      { name: 'replace', about: 'one of this name that is there already goes' },
      DRY_RUN,
    ],
    without: ['brokers', 'output'],
    notes: `${FILE_NOTE}\nA password is better in a file of --command-config than on a command line, which others can see; that file stays where it is.`,
    load: async () => (await import('../commands/profile-create.ts')).profileCreate,
  },
  {
    path: ['profile', 'use'],
    summary: 'Make a profile the current one',
    examples: [{ line: 'ottla profile use dev', about: 'for all commands from now on' }],
    arguments: [NAME],
    options: [DRY_RUN],
    without: ['brokers', 'output'],
    notes:
      'For one command there is --profile NAME, for one shell OTTLA_PROFILE. Brokers that are named in another\n' +
      'way (--brokers, OTTLA_BROKERS, KAFKA_BOOTSTRAP_SERVERS) win over the current profile, as a whole.',
    load: async () => (await import('../commands/profile-use.ts')).profileUse,
  },
  {
    path: ['profile', 'show'],
    summary: 'Show a profile, without its secrets',
    examples: [
      { line: 'ottla profile show', about: 'the current one' },
      { line: 'ottla profile show prod -o yaml', about: 'another one' },
      {
        line: 'ottla profile show -o name',
        about: "its name alone: PS1='[$(ottla profile show -o name)] $ '",
      },
    ],
    arguments: [{ ...NAME, isOptional: true }],
    without: ['brokers'],
    notes:
      'JSON: ottla/profile.show/1, "settings" of {name, value}; name, brokers, color beside them',
    load: async () => (await import('../commands/profile-show.ts')).profileShow,
  },
  {
    path: ['profile', 'delete'],
    summary: 'Forget a profile',
    examples: [
      { line: 'ottla profile delete old', about: 'asks before it does' },
      { line: 'ottla profile delete old --yes', about: 'in a script' },
    ],
    arguments: [NAME],
    options: [DRY_RUN, YES],
    without: ['brokers', 'output'],
    load: async () => (await import('../commands/profile-delete.ts')).profileDelete,
  },
]
