/**
 * From a Fetch request to the list of partitions it means, with or without a session (KIP-227).
 *
 *   session id | epoch | meaning
 *   -----------+-------+------------------------------------------------------------
 *   any        |  -1   | no session; the one named is closed
 *   any        |   0   | full fetch; the one named is closed, a new one is made if there is room
 *   N          |  >0   | what changed since the last request of session N
 */
import { ErrorCode } from '@ottla/protocol'
import type { FetchRequest, FetchRequestForgottenTopic } from '@ottla/protocol/fetch-request'
import {
  FINAL_EPOCH,
  INITIAL_EPOCH,
  INVALID_SESSION_ID,
  type FetchSession,
  type FetchSessionCache,
} from './fetch-session.ts'
import type { FetchTarget } from './fetch-target.ts'

export interface FetchContext {
  /** The whole request is refused with this, when not NONE. */
  readonly errorCode: ErrorCode
  readonly targets: readonly FetchTarget[]
  readonly session: FetchSession | undefined
  /** Answer only partitions with something new. */
  readonly isIncremental: boolean
}

const TOPIC_ID_VERSION_MIN = 13

export function openFetchContext(
  sessions: FetchSessionCache,
  request: FetchRequest,
  apiVersion: number,
): FetchContext {
  const usesTopicIds = apiVersion >= TOPIC_ID_VERSION_MIN
  const { sessionId, sessionEpoch } = request
  if (sessionEpoch !== FINAL_EPOCH && sessionEpoch !== INITIAL_EPOCH) {
    return continueSession(sessions, request, usesTopicIds)
  }
  if (sessionId !== INVALID_SESSION_ID) sessions.remove(sessionId)
  const targets = targetsOf(request)
  if (sessionEpoch === FINAL_EPOCH) return fullContext(targets, undefined)
  const session = sessions.create(usesTopicIds)
  session?.update(targets)
  return fullContext(targets, session)
}

function fullContext(
  targets: readonly FetchTarget[],
  session: FetchSession | undefined,
): FetchContext {
  return { errorCode: ErrorCode.NONE, targets, session, isIncremental: false }
}

function refused(errorCode: ErrorCode): FetchContext {
  return { errorCode, targets: [], session: undefined, isIncremental: false }
}

function continueSession(
  sessions: FetchSessionCache,
  request: FetchRequest,
  usesTopicIds: boolean,
): FetchContext {
  const session = sessions.use(request.sessionId)
  if (session === undefined) return refused(ErrorCode.FETCH_SESSION_ID_NOT_FOUND)
  if (session.usesTopicIds !== usesTopicIds) return refused(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR)
  if (session.nextEpoch !== request.sessionEpoch) {
    return refused(ErrorCode.INVALID_FETCH_SESSION_EPOCH)
  }
  session.update(targetsOf(request))
  for (const topic of request.forgottenTopicsData) forgetTopic(session, topic)
  session.advanceEpoch()
  if (session.partitionCount === 0) {
    sessions.remove(session.id)
    return fullContext([], undefined)
  }
  return { errorCode: ErrorCode.NONE, targets: session.targets, session, isIncremental: true }
}

function forgetTopic(session: FetchSession, topic: FetchRequestForgottenTopic): void {
  for (const partition of topic.partitions) {
    session.forget({ name: topic.topic, topicId: topic.topicId, partition })
  }
}

function targetsOf(request: FetchRequest): FetchTarget[] {
  const targets: FetchTarget[] = []
  for (const topic of request.topics) {
    for (const partition of topic.partitions) {
      targets.push({
        name: topic.topic,
        topicId: topic.topicId,
        partition: partition.partition,
        fetchOffset: partition.fetchOffset,
        currentLeaderEpoch: partition.currentLeaderEpoch,
        lastFetchedEpoch: partition.lastFetchedEpoch,
        partitionMaxBytes: partition.partitionMaxBytes,
        sentHighWatermark: -1,
        sentLogStartOffset: -1,
        hadError: false,
      })
    }
  }
  return targets
}
