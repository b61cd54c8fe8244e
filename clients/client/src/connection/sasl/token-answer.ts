/** What an authorization server answers (RFC 6749, sections 5.1 and 5.2), read with bounds. */
import { KafkaError } from '../../kafka-error.ts'

export interface TokenAnswer {
  readonly accessToken: string
  /** 0 when the server does not say: the token is then used once. */
  readonly expiresInMs: number
}

const ANSWER_BYTES_MAX = 1024 * 1024
const WORDS_LENGTH_MAX = 300
const STATUS_SERVER_ERROR = 500
const STATUS_TOO_MANY_REQUESTS = 429

export async function readTokenAnswer(response: Response, tokenUrl: string): Promise<TokenAnswer> {
  const answer = parsed(await readBounded(response))
  const { status } = response
  if (!response.ok) {
    const words = [answer?.['error'], answer?.['error_description']].filter(isText).join(': ')
    const isPassing = status >= STATUS_SERVER_ERROR || status === STATUS_TOO_MANY_REQUESTS
    throw refused(tokenUrl, `${status} ${words.slice(0, WORDS_LENGTH_MAX)}`.trim(), isPassing)
  }
  const accessToken = answer?.['access_token']
  if (!isText(accessToken)) throw refused(tokenUrl, 'an answer without an access_token', false)
  const expiresIn = Number(answer?.['expires_in'])
  return { accessToken, expiresInMs: expiresIn > 0 ? expiresIn * 1000 : 0 }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let byteCount = 0
  for await (const chunk of response.body ?? []) {
    byteCount += chunk.length
    if (byteCount > ANSWER_BYTES_MAX) throw new Error(`more than ${ANSWER_BYTES_MAX} bytes came`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function refused(tokenUrl: string, words: string, retriable: boolean): KafkaError {
  return new KafkaError('SASL_AUTHENTICATION_FAILED', `${tokenUrl} gave no token: ${words}`, {
    retriable,
  })
}
