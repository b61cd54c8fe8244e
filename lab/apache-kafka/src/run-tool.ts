/**
 * Apache's command line tools, by the name of their class.
 *
 * runTool() waits for the end; startTool() hands the child over, for the tools that run until they
 * are told to stop (ConsoleConsumer, VerifiableProducer, VerifiableConsumer).
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { fetchJars } from './fetch-jars.ts'
import { runJava, SHORT_LIFE_OPTIONS, type RunOptions, type RunResult } from './run-java.ts'

const CLASSES = {
  AclCommand: 'org.apache.kafka.tools.AclCommand',
  BrokerApiVersionsCommand: 'org.apache.kafka.tools.BrokerApiVersionsCommand',
  ConfigCommand: 'kafka.admin.ConfigCommand',
  ConsoleConsumer: 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  ConsoleProducer: 'org.apache.kafka.tools.ConsoleProducer',
  ConsumerGroupCommand: 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
  DeleteRecordsCommand: 'org.apache.kafka.tools.DeleteRecordsCommand',
  DumpLogSegments: 'org.apache.kafka.tools.DumpLogSegments',
  GetOffsetShell: 'org.apache.kafka.tools.GetOffsetShell',
  GroupsCommand: 'org.apache.kafka.tools.GroupsCommand',
  ProducerPerformance: 'org.apache.kafka.tools.ProducerPerformance',
  TopicCommand: 'org.apache.kafka.tools.TopicCommand',
  TransactionsCommand: 'org.apache.kafka.tools.TransactionsCommand',
  VerifiableConsumer: 'org.apache.kafka.tools.VerifiableConsumer',
  VerifiableProducer: 'org.apache.kafka.tools.VerifiableProducer',
} as const

export type ToolName = keyof typeof CLASSES

export async function runTool(
  tool: ToolName,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  return runJava(await fetchJars('tools'), CLASSES[tool], args, options)
}

/** The caller ends it, and listens to its `error` and `close`. */
export async function startTool(
  tool: ToolName,
  args: readonly string[],
): Promise<ChildProcessWithoutNullStreams> {
  const classPath = await fetchJars('tools')
  return spawn('java', [...SHORT_LIFE_OPTIONS, '-cp', classPath, CLASSES[tool], ...args])
}
