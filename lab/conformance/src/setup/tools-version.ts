/** Fetches Apache's tools and reads their version from the name of the jar. */
import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fetchJars } from '@ottla/lab-apache-kafka'

export async function toolsVersion(): Promise<string> {
  // The class path is FOLDER/*.
  const jars = readdirSync(dirname(await fetchJars('tools')))
  const versions = jars.flatMap((jar) => /^kafka-tools-(\d.*)\.jar$/.exec(jar)?.[1] ?? [])
  return versions[0] ?? 'unknown'
}
