/**
 * Apache's command line tools on topics and a group of their own: what they do must succeed, and what
 * they then show must be what was done. The steps of one tool build on each other, so they run in order.
 */
import { runTool, type ToolName } from '@ottla/lab-apache-kafka'
import { TOOLS_TABLE, type Stage } from './stage.ts'

interface Step {
  readonly tool: ToolName
  readonly what: string
  readonly args: readonly string[]
  /** Must be found in what the tool prints. */
  readonly shows?: readonly RegExp[]
  readonly hides?: RegExp
}

const RECORDS = 30
const COMMITTED = 12
const PARTITIONS = 3

export async function checkApacheTools(stage: Stage): Promise<void> {
  const topic = `${stage.run}-tools`
  const group = `${stage.run}-tools-group`
  await runSteps(stage, topicSteps(topic))
  // The group and offset tools need something to look at.
  await stage.hands.feed(topic, { partitions: PARTITIONS, prefix: 'tool', count: RECORDS })
  await runSteps(stage, offsetSteps(topic))
  await runSteps(stage, configSteps(topic))
  await runSteps(stage, groupSteps(topic, group))
  await runSteps(stage, deleteSteps(topic))
}

function topicSteps(topic: string): readonly Step[] {
  const named = ['--topic', topic]
  return [
    {
      tool: 'BrokerApiVersionsCommand',
      what: 'list',
      args: [],
      shows: [/Produce\(0\): /, /Fetch\(1\): /, /ApiVersions\(18\): /],
    },
    {
      tool: 'TopicCommand',
      what: 'create',
      args: ['--create', ...named, '--partitions', '2', '--config', 'retention.ms=3600000'],
      shows: [/Created topic/],
    },
    {
      tool: 'TopicCommand',
      what: 'list',
      args: ['--list'],
      shows: [new RegExp(`^${topic}$`, 'm')],
    },
    {
      tool: 'TopicCommand',
      what: 'describe',
      args: ['--describe', ...named],
      shows: [/PartitionCount: 2/, /ReplicationFactor: 1/, /retention\.ms=3600000/, /Leader: \d/],
    },
    {
      tool: 'TopicCommand',
      what: 'alter',
      args: ['--alter', ...named, '--partitions', String(PARTITIONS)],
    },
    {
      tool: 'TopicCommand',
      what: 'describe again',
      args: ['--describe', ...named],
      shows: [new RegExp(`PartitionCount: ${PARTITIONS}`)],
    },
  ]
}

function offsetSteps(topic: string): readonly Step[] {
  const each = RECORDS / PARTITIONS
  const at = (offset: number): readonly RegExp[] =>
    [0, 1, 2].map((partition) => new RegExp(`^${topic}:${partition}:${offset}$`, 'm'))
  const named = ['--topic', topic, '--time']
  return [
    { tool: 'GetOffsetShell', what: 'latest', args: [...named, '-1'], shows: at(each) },
    { tool: 'GetOffsetShell', what: 'earliest', args: [...named, '-2'], shows: at(0) },
    { tool: 'GetOffsetShell', what: 'max time', args: [...named, '-3'], shows: at(each - 1) },
    { tool: 'GetOffsetShell', what: 'by time', args: [...named, '1000'], shows: at(0) },
  ]
}

function configSteps(topic: string): readonly Step[] {
  const tool = 'ConfigCommand'
  const named = ['--entity-type', 'topics', '--entity-name', topic]
  return [
    {
      tool,
      what: 'alter',
      args: [...named, '--alter', '--add-config', 'max.message.bytes=20000'],
      shows: [/Completed updating config/],
    },
    {
      tool,
      what: 'describe',
      args: [...named, '--describe'],
      shows: [/max\.message\.bytes=20000/, /DYNAMIC_TOPIC_CONFIG/],
    },
    {
      tool,
      what: 'describe all',
      args: [...named, '--describe', '--all'],
      shows: [/segment\.bytes=\d+/, /cleanup\.policy=delete/, /compression\.type=producer/],
    },
    { tool, what: 'delete', args: [...named, '--alter', '--delete-config', 'max.message.bytes'] },
    {
      tool,
      what: 'describe again',
      args: [...named, '--describe'],
      hides: /max\.message\.bytes=20000/,
    },
  ]
}

function groupSteps(topic: string, group: string): readonly Step[] {
  const tool = 'ConsumerGroupCommand'
  const named = ['--group', group]
  const consume = ['--topic', topic, '--from-beginning', '--max-messages', String(COMMITTED)]
  const reset = ['--reset-offsets', '--topic', topic, '--to-earliest', '--execute']
  const row = (committed: string, end: string): RegExp =>
    new RegExp(`^${group}\\s+${topic}\\s+\\d\\s+${committed}\\s+${end}\\s`, 'm')
  return [
    { tool: 'ConsoleConsumer', what: 'consume', args: [...named, ...consume], shows: [/tool-\d/] },
    { tool, what: 'list', args: ['--list'], shows: [new RegExp(`^${group}$`, 'm')] },
    {
      tool,
      what: 'describe',
      args: ['--describe', ...named],
      shows: [row('\\d+', '10')],
    },
    {
      tool,
      what: 'state',
      args: ['--describe', '--state', ...named],
      shows: [/\bEmpty\b/],
    },
    { tool, what: 'members', args: ['--describe', '--members', ...named] },
    { tool, what: 'reset', args: [...reset, ...named], shows: [/\s0\b/] },
    { tool, what: 'describe again', args: ['--describe', ...named], shows: [row('0', '10')] },
    {
      tool,
      what: 'delete offsets',
      args: ['--delete-offsets', '--topic', topic, ...named],
      shows: [/Successful/],
    },
    { tool, what: 'delete', args: ['--delete', ...named], shows: [/was successful/] },
    { tool, what: 'list again', args: ['--list'], hides: new RegExp(`^${group}$`, 'm') },
  ]
}

function deleteSteps(topic: string): readonly Step[] {
  const tool = 'TopicCommand'
  return [
    { tool, what: 'delete', args: ['--delete', '--topic', topic] },
    { tool, what: 'list again', args: ['--list'], hides: new RegExp(`^${topic}$`, 'm') },
  ]
}

async function runSteps({ broker, board }: Stage, steps: readonly Step[]): Promise<void> {
  for (const { tool, what, args, shows = [], hides } of steps) {
    await board.check({ table: TOOLS_TABLE, row: tool, column: what }, async () => {
      const result = await runTool(tool, ['--bootstrap-server', broker.address, ...args])
      const said = `${result.stdout}${result.stderr}`
      if (result.exitCode !== 0)
        return `ended with ${result.exitCode}: ${said.trim().slice(0, 600)}`
      const missing = shows.find((pattern) => !pattern.test(said))
      if (missing !== undefined) return `does not show ${missing}: ${said.trim().slice(0, 600)}`
      return hides?.test(said) === true ? `still shows ${hides}` : undefined
    })
  }
}
