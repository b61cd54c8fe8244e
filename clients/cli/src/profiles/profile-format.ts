/**
 * Profiles as a file of a person has them, in YAML:
 *
 *     current: prod
 *     profiles:
 *       prod:
 *         brokers: "kafka-1:9093,kafka-2:9093"
 *         color: red
 *         command-config: /home/me/prod.properties
 *         properties:
 *           client.rack: eu-1a
 */
import { toYaml } from '../output/yaml.ts'
import { didYouMean } from '../parse/nearest.ts'
import {
  isProfileName,
  PROFILE_COLOURS,
  type Profile,
  type ProfileColour,
  type Profiles,
} from './profile.ts'
import { parseYamlMaps, type YamlMap } from './yaml-maps.ts'

const TOP_KEYS = ['current', 'profiles']
const PROFILE_KEYS = ['brokers', 'color', 'command-config', 'properties']

/** Throws an Error that says what is wrong with the text, and where. */
export function parseProfiles(text: string): Profiles {
  const root = parseYamlMaps(text)
  refuseOthers(root, TOP_KEYS, 'the file')
  const byName = new Map<string, Profile>()
  for (const [name, value] of mapOf(root, 'profiles', 'the file')) {
    if (!isProfileName(name)) throw new Error(`"${name}" is no name of a profile`)
    if (typeof value === 'string') throw new Error(`profile "${name}" has no keys below it`)
    byName.set(name, profileOf(name, value))
  }
  const current = textOf(root, 'current', 'the file')
  return { current: current === '' ? undefined : current, byName }
}

function profileOf(name: string, map: YamlMap): Profile {
  const where = `profile "${name}"`
  refuseOthers(map, PROFILE_KEYS, where)
  const brokers = textOf(map, 'brokers', where)
  if (brokers === undefined || brokers === '') {
    throw new Error(`${where} names no brokers: brokers: "host:port,…" is expected`)
  }
  const color = textOf(map, 'color', where)
  if (color !== undefined && !isColour(color)) {
    throw new Error(
      `${where} has the color "${color}": one of ${PROFILE_COLOURS.join(', ')} is expected`,
    )
  }
  const properties = new Map<string, string>()
  for (const [key, value] of mapOf(map, 'properties', where)) {
    if (typeof value !== 'string') throw new Error(`${where} has no value for "${key}"`)
    properties.set(key, value)
  }
  return { name, brokers, color, commandConfig: textOf(map, 'command-config', where), properties }
}

function isColour(text: string): text is ProfileColour {
  return (PROFILE_COLOURS as readonly string[]).includes(text)
}

function refuseOthers(map: YamlMap, known: readonly string[], where: string): void {
  for (const key of map.keys()) {
    if (known.includes(key)) continue
    throw new Error(
      `${where} has the key "${key}", which nobody knows.${didYouMean(key, known)} Known are ${known.join(', ')}`,
    )
  }
}

function textOf(map: YamlMap, key: string, where: string): string | undefined {
  const value = map.get(key)
  if (value === undefined || typeof value === 'string') return value
  // "current:" with nothing behind it is how YAML says "none".
  if (value.size === 0) return undefined
  throw new Error(`${where} has keys below "${key}", where a text is expected`)
}

function mapOf(map: YamlMap, key: string, where: string): YamlMap {
  const value = map.get(key)
  if (value === undefined) return new Map()
  if (typeof value !== 'string') return value
  throw new Error(`${where} has a text for "${key}", where keys below it are expected`)
}

const HEADER =
  '# Clusters by name: "ottla profile --help". It may hold passwords: keep it to yourself.\n'

export function formatProfiles({ current, byName }: Profiles): string {
  if (byName.size === 0) return HEADER
  const profiles = [...byName.values()].map(
    ({ name, brokers, color, commandConfig, properties }): [string, object] => [
      name,
      {
        brokers,
        color,
        'command-config': commandConfig,
        properties: properties.size === 0 ? undefined : Object.fromEntries(properties),
      },
    ],
  )
  return `${HEADER}${toYaml({ current, profiles: Object.fromEntries(profiles) })}`
}
