/** Every command as a person runs it, against a broker in this process. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { startOttla, type OttlaForTests } from '@ottla/testing'
import { run as runLine, type CapturedOptions, type Ran } from '../testing/captured-terminal.ts'

let ottla: OttlaForTests
before(async () => {
  ottla = await startOttla({ settings: { 'auto.create.topics.enable': 'false' } })
})
after(() => ottla.stop())

function run(line: string | readonly string[], options: CapturedOptions = {}): Promise<Ran> {
  return runLine(line, { ...options, env: { OTTLA_BROKERS: ottla.brokers, ...options.env } })
}

interface Parsed {
  readonly schema: string
  readonly [field: string]: unknown
}

async function json(line: string, options?: CapturedOptions): Promise<Parsed> {
  const { out, err, exitCode } = await run(`${line} --json`, options)
  assert.equal(exitCode, 0, err)
  return JSON.parse(out) as Parsed
}

test('topic: created, listed, described, altered, grown and deleted', async () => {
  const created = await json('topic create life -p 2 -c retention.ms=5000')
  assert.deepEqual(created['topics'], [
    { name: 'life', status: 'created', partitionCount: 2, replicationFactor: 1 },
  ])

  const listed = (await json('topic list ^life$'))['topics'] as {
    name: string
    partitionCount: number
  }[]
  assert.deepEqual(
    listed.map(({ name, partitionCount }) => [name, partitionCount]),
    [['life', 2]],
  )

  const described = (await json('topic describe life'))['partitions'] as Record<string, unknown>[]
  assert.deepEqual(described[1], {
    topic: 'life',
    partition: 1,
    leader: 1,
    leaderEpoch: 0,
    replicas: [1],
    inSyncReplicas: [1],
    startOffset: 0,
    endOffset: 0,
  })

  await json('topic alter life -c retention.ms=6000 --unset cleanup.policy')
  const configs = (await json('topic describe life --configs'))['configs']
  assert.deepEqual(configs, [
    {
      topic: 'life',
      name: 'retention.ms',
      value: '6000',
      source: 'dynamic-topic',
      isDefault: false,
    },
  ])

  const grown = await json('topic add-partitions life --by 2')
  assert.deepEqual(grown['topics'], [{ name: 'life', before: 2, after: 4, status: 'grown' }])

  await json('topic delete life --yes')
  assert.equal((await run('topic describe life')).exitCode, 5)
})

test('topic: a dry run says what would be and does nothing', async () => {
  await json('topic create dry')
  const created = (await json('topic create dry2 --dry-run'))['topics'] as { status: string }[]
  await json('topic delete dry --dry-run')
  await json('topic add-partitions dry --to 9 --dry-run')
  await json('topic alter dry -c retention.ms=1 --dry-run')

  assert.equal(created[0]?.status, 'would be created')
  const { out } = await run('topic list ^dry -o name')
  assert.equal(out, 'dry\n')
  const [row] = (await json('topic list ^dry$'))['topics'] as { partitionCount: number }[]
  assert.equal(row?.partitionCount, 1)
  assert.deepEqual((await json('topic describe dry --configs'))['configs'], [])
})

test('topic: exit codes tell exists, missing, some failed and nobody to ask', async () => {
  await json('topic create codes')

  assert.equal((await run('topic create codes')).exitCode, 6)
  assert.equal((await run('topic create codes --if-not-exists')).exitCode, 0)
  assert.equal((await run('topic create codes codes2')).exitCode, 7)
  assert.equal((await run('topic delete nope --yes')).exitCode, 5)
  assert.equal((await run('topic delete nope --if-exists --yes')).exitCode, 0)
  assert.equal((await run('topic delete codes')).exitCode, 2)
  const missing = await run('topic describe code')
  assert.equal(missing.exitCode, 5)
  assert.match(missing.err, /There is no topic "code"\. Did you mean "codes"\?/)
  assert.equal(missing.out, '')
})

test('topic delete asks on a terminal, and takes no for an answer', async () => {
  await json('topic create asked')

  const no = await run('topic delete asked', { isTty: true, stdin: 'n\n' })
  assert.match(no.err, /deletes topic "asked" with all records\. Go on\? \[y\/N\]/)
  assert.equal((await run('topic describe asked')).exitCode, 0)

  await run('topic delete asked', { isTty: true, stdin: 'yes\n' })
  assert.equal((await run('topic describe asked')).exitCode, 5)
})

test('produce and consume: keys, headers, partitions, and every record once', async () => {
  await json('topic create pc -p 3')
  const sent = await run(
    ['produce', 'pc', '-f', '%k=%v\\n', '-H', 'h=1', '-p', '2', '-z', 'gzip'],
    { stdin: 'a=1\nb=2\nc=3' },
  )
  assert.deepEqual([sent.exitCode, sent.out], [0, ''])
  assert.match(sent.err, /Sent 3 records/)

  const { out } = await run([
    'consume',
    'pc',
    '-o',
    'start',
    '-e',
    '-f',
    '%p %o %k=%v %h{%k:%v}\\n',
  ])

  assert.equal(out, '2 0 a=1 h:1\n2 1 b=2 h:1\n2 2 c=3 h:1\n')
})

test('consume writes JSON lines into a pipe, and produce reads them back', async () => {
  await json('topic create src -p 2')
  await json('topic create dst -p 2')
  const odd = Buffer.from([0xff, 0x0a, 0x00])
  await run(['produce', 'src', '-f', '%V{big32}%v'], {
    stdin: Buffer.concat([Buffer.from([0, 0, 0, 3]), odd]),
  })
  await run(['produce', 'src', '-k', 'key', '-p', '1', '-H', 'x=y', '-Z'], { stdin: '\n' })

  const copied = await run('consume src -o :end')
  const { count } = await json('produce dst -f json', { stdin: copied.out })
  const again = await run('consume dst -o start -e')

  assert.equal(count, 2)
  const records = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Parsed)
      .map(({ partition, key, value, valueEncoding, headers, timestampMs }) => ({
        partition,
        key,
        value,
        valueEncoding,
        headers,
        timestampMs,
      }))
      .sort((a, b) => Number(a.partition) - Number(b.partition))
  assert.deepEqual(records(again.out), records(copied.out))
  assert.deepEqual(records(again.out)[1], {
    partition: 1,
    key: 'key',
    value: null,
    valueEncoding: undefined,
    headers: [{ name: 'x', value: 'y' }],
    timestampMs: records(copied.out)[1]?.timestampMs,
  })
})

test('consume begins and ends where it is told to', async () => {
  await json('topic create range')
  await run('produce range', {
    stdin: Array.from({ length: 10 }, (_, index) => `${index}\n`).join(''),
  })
  const read = async (...options: string[]): Promise<string> =>
    (await run(['consume', 'range', '-f', '%v', ...options])).out

  assert.equal(await read('-o', '2:5'), '234')
  assert.equal(await read('-o', '7', '-e'), '789')
  assert.equal(await read('-o', '-2', '-e'), '89')
  assert.equal(await read('-o', '+3:end'), '3456789')
  assert.equal(await read('-o', 'start', '-n', '4'), '0123')
  assert.equal(await read('-o', '@-1h', '-e'), '0123456789')
  assert.equal(await read('-o', '@:-1h'), '')
  assert.equal(await read('-o', 'end', '-e'), '')
  assert.equal(await read('-e', '-p', '0'), '0123456789')
})

test('consume ends at an end that compaction or deletion has made empty', async () => {
  await json('topic create gone')
  await run('produce gone', { stdin: '1\n2\n' })
  await json('topic trim gone --before end --yes')

  const { out, exitCode } = await run('consume gone -o start -e')

  assert.deepEqual([out, exitCode], ['', 0])
})

test('consume as a member of a group goes on where the group left off', async () => {
  await json('topic create grouped')
  await run('produce grouped', { stdin: 'a\nb\nc\n' })
  const next = async (): Promise<string> =>
    (await run(['consume', 'grouped', '-g', 'readers', '-n', '1', '-f', '%v'])).out

  assert.deepEqual([await next(), await next()], ['a', 'b'])
  await json('topic create long')
  await run('produce long', { stdin: 'x\n'.repeat(1200) })
  const long = await run(['consume', 'long', '-g', 'long', '-n', '700', '-f', '%v'])
  assert.equal(long.out.length, 700)
  assert.equal((await json('group lag long'))['totalLag'], 500)

  const [row] = (await json('group describe readers'))['partitions'] as Parsed[]
  assert.deepEqual([row?.['currentOffset'], row?.['endOffset'], row?.['lag']], [2, 3, 1])
  const lag = await json('group lag readers')
  assert.equal(lag['totalLag'], 1)
  assert.equal((await run('group lag readers --max 0')).exitCode, 1)
})

test('group: moved, listed and deleted', async () => {
  await json('topic create moved')
  await run('produce moved', { stdin: 'a\nb\nc\n' })
  await run(['consume', 'moved', '-g', 'movers', '-n', '3'])

  const [planned] = (await json('group seek movers --to -2 --dry-run'))['partitions'] as Parsed[]
  assert.deepEqual(
    [planned?.['fromOffset'], planned?.['toOffset'], planned?.['status']],
    [3, 1, 'would be moved'],
  )
  assert.equal((await json('group lag movers'))['totalLag'], 0)

  await json('group seek movers --to start --yes')
  assert.equal((await json('group lag movers'))['totalLag'], 3)
  await json('group seek movers --to 2 --topic moved --partition 0 --yes')
  assert.equal((await json('group lag movers'))['totalLag'], 1)

  const groups = (await json('group list --state Empty'))['groups'] as { groupId: string }[]
  assert.ok(groups.some(({ groupId }) => groupId === 'movers'))
  await json('group delete movers --yes')
  assert.equal((await run('group describe movers')).exitCode, 5)
  const nowhere = await run('group seek movers --to start --yes')
  assert.equal(nowhere.exitCode, 5)
  assert.match(nowhere.err, /has committed nothing.*\nNext: --topic NAME/)
  assert.equal((await run('group lag movers')).exitCode, 5)
  assert.equal((await run('group delete movers --if-exists --yes')).exitCode, 0)
})

test('tail shows the last records, follows, and ends with 130 when it is interrupted', async () => {
  await json('topic create tailed')
  await run('produce tailed', { stdin: '1\n2\n3\n' })
  let isSent = false

  const { out, exitCode } = await run(['tail', 'tailed', '-l', '2', '-f', '%v\\n'], {
    onStdout: (text, terminal) => {
      if (text.includes('4')) terminal.interrupt()
      else if (text.includes('3') && !isSent) {
        isSent = true
        void run('produce tailed', { stdin: '4\n' })
      }
    },
  })

  assert.equal(out, '2\n3\n4\n')
  assert.equal(exitCode, 130)
})

test('a reader that goes away ends the command without an error', async () => {
  await json('topic create piped')
  await run('produce piped', { stdin: '1\n' })

  const { exitCode, err } = await run('consume piped -o start', {
    onStdout: (_text, terminal) => {
      terminal.closeReader()
    },
  })

  assert.deepEqual([exitCode, err], [0, ''])
})

test('produce refuses a topic that is not there, unless it may make it', async () => {
  const refused = await run('produce nowhere', { stdin: 'x\n' })
  assert.equal(refused.exitCode, 5)

  const long = await run('produce nowhere --create --max-message-bytes 5', { stdin: 'too long' })
  assert.equal(long.exitCode, 2)
  assert.match(long.err, /record 1 .* format "%v\\n": no end within 5 bytes/)

  const bad = await run(['produce', 'nowhere', '-f', '%q'], { stdin: 'x\n' })
  assert.equal(bad.exitCode, 2)
})

test('cluster: info, health and configs', async () => {
  const info = await json('cluster info')
  assert.deepEqual(info['brokers'], [
    { id: 1, host: '127.0.0.1', port: ottla.port, rack: null, isController: true },
  ])

  const health = await json('cluster health -e')
  assert.deepEqual([health['isHealthy'], health['leaderlessCount']], [true, 0])

  const configs = (await json('cluster configs 1'))['configs'] as { name: string; value: string }[]
  assert.equal(configs.find(({ name }) => name === 'auto.create.topics.enable')?.value, 'false')
  assert.equal((await run('cluster configs one')).exitCode, 2)
})

test('perf measures, says so as JSON, and leaves no topic behind', async () => {
  for (const kind of ['produce', 'consume', 'e2e']) {
    const result = await json(`perf ${kind} -n 200 -s 50`)

    assert.equal(result.schema, 'ottla/perf/1')
    assert.equal(result['kind'], kind)
    assert.ok(Number(result['records']) >= 200)
    assert.ok(Number(result['recordsPerSecond']) > 0)
    if (kind !== 'consume') assert.ok((result['latencyMs'] as { p99: number }).p99 > 0)
  }
  const { out } = await run('topic list ^ottla-perf -o name')
  assert.equal(out, '')
})

test('doctor finds nothing wrong with a cluster that is well, and leaves no topic behind', async () => {
  const { findings, isHealthy } = await json('doctor --write')

  assert.equal(isHealthy, true)
  const checks = (findings as { check: string; status: string }[]).map(
    ({ check, status }) => `${check} ${status}`,
  )
  assert.deepEqual(checks, [
    'connection ok',
    'cluster ok',
    'advertised ok',
    'versions ok',
    'clock ok',
    'partitions ok',
  ])
  assert.equal((await run('topic list ^ottla-doctor -o name')).out, '')
})

test('doctor finds the broker that advertises an address that nobody reaches', async () => {
  const port = await freePort()
  await using _wrong = await startOttla({
    port,
    settings: { 'advertised.listeners': 'PLAINTEXT://127.0.0.1:1' },
  })

  const { exitCode, out } = await run(`doctor -b 127.0.0.1:${port} --json`)

  assert.equal(exitCode, 1)
  const { findings } = JSON.parse(out) as {
    findings: { check: string; status: string; remedy: string }[]
  }
  const finding = findings.find(({ status }) => status === 'problem')
  assert.equal(finding?.check, 'advertised')
  assert.ok(finding.remedy.includes(`PLAINTEXT://127.0.0.1:${port}`), finding.remedy)
})

test('doctor says that something else than a broker listens there', async () => {
  const server = createServer((socket) => {
    // The doctor hangs up on what it cannot read.
    socket.on('error', () => undefined)
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const { exitCode, out } = await run(`doctor -b 127.0.0.1:${port} --timeout 0.3`)

  server.close()
  assert.equal(exitCode, 1)
  assert.match(out, /problem +cluster .*\n.*check security\.protocol/)
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

test('doctor and every other command end with 3 when nobody answers', async () => {
  const doctor = await run('doctor -b 127.0.0.1:1')
  assert.equal(doctor.exitCode, 3)
  assert.match(doctor.out, /nothing listens on port 1/)

  const list = await run('topic list -b 127.0.0.1:1 --timeout 0.2')
  assert.equal(list.exitCode, 3)
  assert.match(list.err, /127\.0\.0\.1:1.*\nNext: /s)
})

test('--brokers wins over --command-property, and both over the environment', async () => {
  const dead = { env: { OTTLA_BROKERS: '127.0.0.1:1' } }

  assert.equal((await run(`topic list -b ${ottla.brokers}`, dead)).exitCode, 0)
  assert.equal((await run(`topic list -X bootstrap.servers=${ottla.brokers}`, dead)).exitCode, 0)
  assert.equal((await run('topic list --timeout 0.2', dead)).exitCode, 3)
})

test('completion offers the names of topics and groups, and nothing when nobody answers', async () => {
  await json('topic create completed')

  const found = await run(['__complete', 'topic', 'describe', 'compl'])
  assert.equal(found.out, 'completed\n')
  const elsewhere = await run(['__complete', 'topic', 'describe', '-b', '127.0.0.1:1', 'compl'])
  assert.deepEqual([elsewhere.exitCode, elsewhere.out, elsewhere.err], [0, '', ''])
})

test('plan reads what perf has measured', async () => {
  const { out, exitCode } = await run('plan --mbps 10 --messages 100 --consumers 3 --growth 1')

  assert.equal(exitCode, 0)
  assert.match(out, /^3 partitions\n/)
  assert.match(out, /Next: ottla topic create NAME -p 3 -r 3/)
  assert.equal((await run('plan')).exitCode, 2)
  assert.equal((await run('plan --mbps 1 --measured /no/such/file')).exitCode, 2)
})
