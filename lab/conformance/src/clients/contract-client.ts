/** Drives a program that keeps the contract of README.md: options in, JSON lines out. */
import { startProgram, type LineProcess } from '../processes/line-process.ts'
import { describeFailure, runProgram } from '../processes/run-program.ts'
import { fromBase64, type WireRecord } from '../samples/record.ts'
import {
  EVERY_ABILITY,
  type Abilities,
  type Client,
  type Consumed,
  type ConsumeRequest,
  type Member,
  type MemberRequest,
  type Outcome,
  type ProduceRequest,
} from './client.ts'

export interface ContractProgram {
  readonly name: string
  readonly abilities?: Partial<Abilities>
  /** Installs or builds what is missing. */
  readonly setUp: () => Promise<ProgramCommand>
}

export interface ProgramCommand {
  readonly command: readonly string[]
  readonly version: string
}

const TIMEOUT_MS = 30_000
/** Beyond the program's own limit, for its start and end. */
const GRACE_MS = 15_000

export class ContractClient implements Client {
  readonly name: string
  readonly abilities: Abilities
  readonly #program: ContractProgram
  #command: readonly string[] = []

  constructor(program: ContractProgram) {
    this.name = program.name
    this.abilities = { ...EVERY_ABILITY, ...program.abilities }
    this.#program = program
  }

  async setUp(): Promise<string> {
    const { command, version } = await this.#program.setUp()
    this.#command = command
    return version
  }

  async produce(request: ProduceRequest): Promise<readonly Outcome[]> {
    const command = [
      [...this.#command, 'produce', '--broker', request.broker, '--topic', request.topic],
      ['--codec', request.codec, '--timeout-ms', String(TIMEOUT_MS)],
      request.each === true ? ['--each'] : [],
    ].flat()
    const result = await runProgram(command, {
      input: request.records.map((record) => `${JSON.stringify(record)}\n`).join(''),
      timeoutMs: TIMEOUT_MS + GRACE_MS,
    })
    const outcomes = parseLines<Outcome>(result.stdout)
    if (outcomes.length === request.records.length) return outcomes
    const error = describeFailure(command, result)
    return request.records.map((_, index) => outcomes[index] ?? { error })
  }

  async consume(request: ConsumeRequest): Promise<Consumed> {
    const timeoutMs = request.timeoutMs ?? TIMEOUT_MS
    const command = [
      [...this.#command, 'consume', '--broker', request.broker, '--topic', request.topic],
      ['--count', String(request.count), '--timeout-ms', String(timeoutMs)],
      request.group === undefined ? [] : ['--group', request.group],
    ].flat()
    const result = await runProgram(command, { timeoutMs: timeoutMs + GRACE_MS })
    const records = parseLines<WireRecord>(result.stdout).map((record) => ({
      ...record,
      headers: record.headers ?? [],
    }))
    if (result.exitCode === 0) return { records }
    return { records, problem: describeFailure(command, result) }
  }

  async startMember(request: MemberRequest): Promise<Member> {
    const command = [
      [...this.#command, 'member', '--broker', request.broker, '--topic', request.topic],
      ['--group', request.group],
    ].flat()
    const state: { assigned: readonly number[]; values: string[] } = { assigned: [], values: [] }
    const program = startProgram(command, (line, from) => {
      if (from === 'stderr' || !line.startsWith('{')) return
      const event = JSON.parse(line) as { assigned?: number[] } & WireRecord
      if (event.assigned !== undefined) state.assigned = event.assigned
      else state.values.push(fromBase64(event.value) ?? '')
      request.onChange()
    })
    return asMember(program, state)
  }
}

export function asMember(
  program: LineProcess,
  state: { readonly assigned: readonly number[]; readonly values: readonly string[] },
): Member {
  return {
    get assigned() {
      return state.assigned
    },
    values: state.values,
    get isRunning() {
      return program.isRunning
    },
    get lastWords() {
      return program.lastWords
    },
    end: (signal) => program.end(signal),
  }
}

function parseLines<T>(stdout: Buffer): readonly T[] {
  return stdout
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as T)
}
