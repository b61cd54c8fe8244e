/**
 * A password made into what a broker keeps (RFC 5802): salted and hashed many times over. The salt comes
 * from the client's Random; Java draws its salts as a run of letters and digits (ScramFormatter), the
 * broker takes any bytes.
 */
import type { Random } from '@ottla/base'
import type { AlterUserScramCredentialsRequestScramCredentialUpsertion } from '@ottla/protocol/alter-user-scram-credentials-request'
import { saltedPassword, type ScramHash } from '../../connection/sasl/scram-crypto.ts'
import { KafkaError } from '../../kafka-error.ts'

export type ScramMechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-512'

export interface ScramUpsertion {
  readonly user: string
  readonly mechanism: ScramMechanism
  readonly password: string
  /** From 4096 to 16384; 4096 by default. */
  readonly iterations?: number
  /** 32 random bytes by default. */
  readonly salt?: Uint8Array
}

export const MECHANISMS: Readonly<
  Record<ScramMechanism, { readonly code: number; readonly hash: ScramHash }>
> = {
  'SCRAM-SHA-256': { code: 1, hash: 'sha256' },
  'SCRAM-SHA-512': { code: 2, hash: 'sha512' },
}

const ITERATIONS_MIN = 4096
const ITERATIONS_MAX = 16_384
const SALT_BYTES = 32

/** undefined for one that a newer broker knows. */
export function mechanismOf(code: number): ScramMechanism | undefined {
  const names = Object.keys(MECHANISMS) as ScramMechanism[]
  return names.find((name) => MECHANISMS[name].code === code)
}

export async function saltedUpsertion(
  random: Random,
  upsertion: ScramUpsertion,
): Promise<AlterUserScramCredentialsRequestScramCredentialUpsertion> {
  const { user, mechanism, password, iterations = ITERATIONS_MIN } = upsertion
  // Before the hashing, which takes as long as it is told to.
  if (!(iterations >= ITERATIONS_MIN && iterations <= ITERATIONS_MAX)) {
    throw new KafkaError(
      'INVALID_ARGUMENT',
      `Cannot salt the password of user "${user}" in ${iterations} iterations: ${ITERATIONS_MIN} to ${ITERATIONS_MAX} expected`,
    )
  }
  if (password === '') {
    throw new KafkaError('INVALID_ARGUMENT', `The password of user "${user}" is empty`)
  }
  const { code, hash } = MECHANISMS[mechanism]
  const salt = upsertion.salt === undefined ? random.bytes(SALT_BYTES) : Buffer.from(upsertion.salt)
  const salted = await saltedPassword(hash, password, salt, iterations)
  return { name: user, mechanism: code, iterations, salt, saltedPassword: salted }
}
