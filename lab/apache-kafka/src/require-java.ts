/** Says clearly what a machine lacks for Apache Kafka, before anything fails in a stranger's words. */
import { spawnSync } from 'node:child_process'

const JAVA_MAJOR_MIN = 17

export function requireJava(): void {
  const found = spawnSync('java', ['-version'], { encoding: 'utf8' })
  const major = Number(/version "(\d+)/.exec(found.stderr ?? '')?.[1] ?? 0)
  if (major >= JAVA_MAJOR_MIN) return
  const state =
    found.error === undefined ? `this machine has Java ${major}` : 'no "java" is in PATH'
  throw new Error(
    `Cannot run Apache Kafka: it needs Java ${JAVA_MAJOR_MIN} or later and ${state}; ` +
      'install one (Debian: apt-get install openjdk-17-jre-headless)',
  )
}

export function requireMaven(): void {
  const found = spawnSync('mvn', ['--version'], { encoding: 'utf8' })
  if (found.error === undefined && found.status === 0) return
  throw new Error(
    'Cannot fetch Apache Kafka: it comes through Maven and no working "mvn" is in PATH; ' +
      'install it (Debian: apt-get install maven)',
  )
}
