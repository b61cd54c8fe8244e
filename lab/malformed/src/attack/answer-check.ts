/**
 * Reads answers: one that came must be one of the version that was asked for, to its last byte. What it
 * says is learned from, so that later requests get deeper.
 */
import { ByteReader, type Uuid } from '@ottla/base'
import {
  ApiKey,
  apiName,
  ErrorCode,
  readResponseHeader,
  responseHeaderVersion,
} from '@ottla/protocol'
import type { AnyMessage } from '@ottla/protocol/generator'
import type { Corpus } from '../corpus/corpus.ts'
import type { Facts } from '../corpus/facts.ts'
import type { ScriptRequest } from './script.ts'

export class AnswerCheck {
  readonly #corpus: Corpus
  readonly #facts: Facts
  readonly #onProblem: (problem: string) => void
  checkedCount = 0
  /** Of the answers that were read, by API: how many, and how many without an error in them. */
  readonly byApi = new Map<string, { read: number; accepted: number }>()

  constructor(corpus: Corpus, facts: Facts, onProblem: (problem: string) => void) {
    this.#corpus = corpus
    this.#facts = facts
    this.#onProblem = onProblem
  }

  /** Some answers tell what later requests need. */
  static isInstructive({ apiKey }: ScriptRequest): boolean {
    return apiKey === ApiKey.JoinGroup || apiKey === ApiKey.InitProducerId
  }

  /** `frame` without its size. */
  check(request: ScriptRequest, frame: Buffer): void {
    const { apiKey, version } = request
    if (apiKey === undefined) return
    const codec = this.#corpus.responseCodec(apiKey, version)
    if (codec === undefined) return
    this.checkedCount++
    const reader = new ByteReader(frame)
    let answer: AnyMessage
    try {
      readResponseHeader(reader, responseHeaderVersion(apiKey, version))
      answer = codec.decode(reader, version)
    } catch (error) {
      const what = (error as Error).message
      this.#onProblem(`The answer to ${apiName(apiKey)} v${version} cannot be read: ${what}`)
      return
    }
    if (reader.remaining > 0) {
      this.#onProblem(
        `${reader.remaining} bytes follow the answer to ${apiName(apiKey)} v${version}`,
      )
    }
    this.#count(apiName(apiKey), !hasError(answer, (code) => code !== ErrorCode.NONE))
    if (hasError(answer, (code) => code === ErrorCode.UNKNOWN_SERVER_ERROR)) {
      this.#onProblem(`${apiName(apiKey)} v${version} is answered with UNKNOWN_SERVER_ERROR`)
    }
    this.#learn(apiKey, request.message, answer)
  }

  #count(name: string, isAccepted: boolean): void {
    const counts = this.byApi.get(name) ?? { read: 0, accepted: 0 }
    counts.read++
    if (isAccepted) counts.accepted++
    this.byApi.set(name, counts)
  }

  #learn(apiKey: number, message: AnyMessage | undefined, answer: AnyMessage): void {
    const errorCode = answer['errorCode'] ?? ErrorCode.NONE
    // A member id to come back with is worth knowing too.
    if (errorCode !== ErrorCode.NONE && errorCode !== ErrorCode.MEMBER_ID_REQUIRED) return
    switch (apiKey) {
      case ApiKey.JoinGroup:
        this.#facts.learnMember({
          groupId: message?.['groupId'] as string,
          memberId: answer['memberId'] as string,
          generationId: answer['generationId'] as number,
        })
        break
      case ApiKey.InitProducerId:
        this.#facts.learnProducerId(answer['producerId'] as number)
        break
      case ApiKey.Fetch:
        this.#facts.learnSession(answer['sessionId'] as number)
        break
      case ApiKey.CreateTopics:
      case ApiKey.Metadata:
        for (const { name, topicId } of answer['topics'] as AnyMessage[]) {
          this.#facts.learnTopic(name as string, topicId as Uuid)
        }
        break
      default:
    }
  }
}

/** Anywhere in an answer. */
function hasError(value: unknown, isMeant: (errorCode: number) => boolean): boolean {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return false
  if (Array.isArray(value)) return value.some((inner) => hasError(inner, isMeant))
  return Object.entries(value).some(
    ([property, inner]) =>
      (property === 'errorCode' && isMeant(inner as number)) || hasError(inner, isMeant),
  )
}
