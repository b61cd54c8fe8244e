/**
 * What the broker says in SCRAM (RFC 5802, section 7), read strictly: attributes in their order, nothing
 * that the RFC makes mandatory to understand and we do not.
 *
 *   server-first   r=<nonce>,s=<salt, base64>,i=<iterations>[,extensions]
 *   server-final   v=<signature, base64>[,extensions]   or   e=<error>
 */
export interface ServerFirst {
  readonly nonce: string
  readonly salt: Buffer
  readonly iterations: number
}

/** Printable but the comma. */
const NONCE = /^[\x21-\x2b\x2d-\x7e]+$/
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const COUNT = /^[1-9]\d{0,9}$/

/** undefined when it is not one. */
export function readServerFirst(text: string): ServerFirst | undefined {
  const [nonce, salt, iterations] = text.split(',')
  if (nonce?.startsWith('r=') !== true || !NONCE.test(nonce.slice(2))) return undefined
  if (salt?.startsWith('s=') !== true || salt.length === 2 || !BASE64.test(salt.slice(2))) {
    return undefined
  }
  if (iterations?.startsWith('i=') !== true || !COUNT.test(iterations.slice(2))) return undefined
  return {
    nonce: nonce.slice(2),
    salt: Buffer.from(salt.slice(2), 'base64'),
    iterations: Number(iterations.slice(2)),
  }
}

/** The signature, or the broker's error; undefined when it is neither. */
export function readServerFinal(
  text: string,
): { signature: Buffer } | { error: string } | undefined {
  const first = text.split(',')[0] ?? ''
  if (first.startsWith('e=')) return { error: first.slice(2) }
  const signature = first.slice(2)
  if (!first.startsWith('v=') || signature === '' || !BASE64.test(signature)) return undefined
  return { signature: Buffer.from(signature, 'base64') }
}

/** A comma ends a name and an equals sign escapes (RFC 5802, `saslname`). */
export function saslName(username: string): string {
  return username.replaceAll('=', '=3D').replaceAll(',', '=2C')
}
