/**
 * The arithmetic of SCRAM (RFC 5802). A port room: the one place of the client that names `node:crypto`,
 * for functions of their arguments alone; nonces come from the client's Random.
 */
import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto'

export type ScramHash = 'sha256' | 'sha512'

export function hash(name: ScramHash, bytes: Buffer): Buffer {
  return createHash(name).update(bytes).digest()
}

export function hmac(name: ScramHash, key: Buffer, text: string): Buffer {
  return createHmac(name, key).update(text).digest()
}

/** `Hi` of the RFC; on a thread of the pool, since it is made to take long. */
export function saltedPassword(
  name: ScramHash,
  password: string,
  salt: Buffer,
  iterations: number,
): Promise<Buffer> {
  const keyBytes = name === 'sha256' ? 32 : 64
  return new Promise((resolve, reject) => {
    pbkdf2(password, salt, iterations, keyBytes, name, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}

export function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, at) => byte ^ (b[at] as number)))
}

/** Without telling by its time how much of it was right. */
export function isEqual(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
