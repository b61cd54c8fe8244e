/**
 * Every key of server.properties that Kafka 4.4 knows, with its type, range and default, and our own
 * (`ottla.…`). `served` ones have an effect, the others are only checked.
 *
 * Where our default differs from Kafka's: log.dirs (a folder `data` where the broker is started), listeners
 * (loopback only), node.id (given, so that a broker starts without a file), max.connections and
 * max.connections.per.ip (finite).
 */
import { keyTable, type ConfigKey } from './config-key.ts'
import { SECURITY_KEYS } from './security-keys.ts'

const KEYS = `
add.partitions.to.txn.retry.backoff.max.ms int 0.. high = 100
add.partitions.to.txn.retry.backoff.ms int 1.. high = 20
advertised.listeners list non-empty high served
alter.config.policy.class.name class low
alter.log.dirs.replication.quota.window.num int 1.. low = 11
alter.log.dirs.replication.quota.window.size.seconds int 1.. low = 1
authorizer.class.name string low = 
auto.create.topics.enable boolean high served = true
auto.leader.rebalance.enable boolean high = true
background.threads int 1.. dynamic high = 10
broker.heartbeat.interval.ms int medium = 2000
broker.id int high served = -1
broker.rack string medium served
broker.session.timeout.ms int medium = 9000
client.quota.callback.class class low
compression.gzip.level int 1..9 dynamic medium = -1
compression.lz4.level int 1..17 dynamic medium = 9
compression.type string {uncompressed|zstd|lz4|snappy|gzip|producer} dynamic high served = producer
compression.zstd.level int -131072..22 dynamic medium = 3
config.providers list dynamic low = 
connection.failed.authentication.delay.ms int 0.. low = 100
connections.max.idle.ms long medium served = 600000
connections.max.reauth.ms long medium = 0
controlled.shutdown.enable boolean medium = true
controller.listener.names list non-empty high served
controller.quorum.append.linger.ms int 0.. medium = 25
controller.quorum.auto.join.enable boolean low = false
controller.quorum.bootstrap.servers list high = 
controller.quorum.election.backoff.max.ms int 0.. high = 1000
controller.quorum.election.timeout.ms int 0.. high = 1000
controller.quorum.fetch.max.bytes int 1.. low = 1048576
controller.quorum.fetch.snapshot.max.bytes int 1.. low = 1048576
controller.quorum.fetch.timeout.ms int 0.. high = 2000
controller.quorum.request.timeout.ms int 0.. medium = 2000
controller.quorum.retry.backoff.ms int 0.. low = 20
controller.quorum.voters list high = 
controller.quota.window.num int 1.. low = 11
controller.quota.window.size.seconds int 1.. low = 1
controller.socket.timeout.ms int medium = 30000
cordoned.log.dirs list per-broker medium = 
create.topic.policy.class.name class low
default.replication.factor int medium served = 1
delegation.token.expiry.check.interval.ms long 1.. low = 3600000
delegation.token.expiry.time.ms long 1.. medium = 86400000
delegation.token.max.lifetime.ms long 1.. medium = 604800000
delegation.token.secret.key password medium
delete.records.purgatory.purge.interval.requests int medium = 1
delete.topic.enable boolean high served = true
early.start.listeners list high
errors.deadletterqueue.auto.create.topics.enable boolean dynamic medium = false
errors.deadletterqueue.topic.name.prefix string dynamic medium = dlq.
fetch.max.bytes int 1024.. medium served = 57671680
fetch.purgatory.purge.interval.requests int medium = 1000
follower.fetch.last.tiered.offset.enable boolean dynamic medium = false
group.consumer.assignment.interval.ms int 0.. dynamic medium = 1000
group.consumer.assignors list non-empty medium = uniform,range
group.consumer.heartbeat.interval.ms int 1.. medium = 5000
group.consumer.max.assignment.interval.ms int 0.. medium = 15000
group.consumer.max.heartbeat.interval.ms int 1.. medium = 15000
group.consumer.max.session.timeout.ms int 1.. medium = 60000
group.consumer.max.size int 1.. medium = 2147483647
group.consumer.migration.policy string any-case {DISABLED|DOWNGRADE|UPGRADE|BIDIRECTIONAL} medium = bidirectional
group.consumer.min.assignment.interval.ms int 0.. medium = 0
group.consumer.min.heartbeat.interval.ms int 1.. medium = 5000
group.consumer.min.session.timeout.ms int 1.. medium = 45000
group.consumer.session.timeout.ms int 1.. medium = 45000
group.coordinator.append.linger.ms int -1.. medium = -1
group.coordinator.background.threads int 1.. high = 2
group.coordinator.cached.buffer.max.bytes int 524288.. dynamic medium = 1048588
group.coordinator.rebalance.protocols list non-empty {consumer|classic|share|streams} medium = classic,consumer,streams
group.coordinator.threads int 1.. high = 4
group.initial.rebalance.delay.ms int medium served = 3000
group.max.session.timeout.ms int medium served = 1800000
group.max.size int 1.. medium served = 2147483647
group.min.session.timeout.ms int medium served = 6000
group.share.assignment.interval.ms int 0.. dynamic medium = 1000
group.share.assignors list non-empty medium = simple
group.share.delivery.count.limit int 2..10 medium = 5
group.share.heartbeat.interval.ms int 1.. medium = 5000
group.share.max.assignment.interval.ms int 0.. medium = 15000
group.share.max.delivery.count.limit int 5..25 medium = 10
group.share.max.heartbeat.interval.ms int 1.. medium = 15000
group.share.max.partition.max.record.locks int 2000..10000 medium = 4000
group.share.max.record.lock.duration.ms int 30000..3600000 medium = 60000
group.share.max.session.timeout.ms int 1.. medium = 60000
group.share.max.share.sessions int 1.. medium = 2000
group.share.max.size int 1..1000 medium = 200
group.share.min.assignment.interval.ms int 0.. medium = 0
group.share.min.delivery.count.limit int 2..5 medium = 2
group.share.min.heartbeat.interval.ms int 1.. medium = 5000
group.share.min.partition.max.record.locks int 100..2000 medium = 100
group.share.min.record.lock.duration.ms int 1000..30000 medium = 15000
group.share.min.session.timeout.ms int 1.. medium = 45000
group.share.partition.max.record.locks int 100..10000 medium = 2000
group.share.record.lock.duration.ms int 1000..3600000 medium = 30000
group.share.session.timeout.ms int 1.. medium = 45000
group.streams.assignment.interval.ms int 0.. dynamic medium = 1000
group.streams.assignors list non-empty medium = sticky
group.streams.heartbeat.interval.ms int 1.. medium = 5000
group.streams.initial.rebalance.delay.ms int 0.. medium = 3000
group.streams.max.assignment.interval.ms int 0.. medium = 15000
group.streams.max.heartbeat.interval.ms int 1.. medium = 15000
group.streams.max.session.timeout.ms int 1.. medium = 60000
group.streams.max.size int 1.. medium = 2147483647
group.streams.max.standby.replicas int 0.. medium = 2
group.streams.min.assignment.interval.ms int 0.. medium = 0
group.streams.min.heartbeat.interval.ms int 1.. medium = 5000
group.streams.min.session.timeout.ms int 1.. medium = 45000
group.streams.num.standby.replicas int 0.. medium = 0
group.streams.rack.aware.assignment.tags list low = 
group.streams.session.timeout.ms int 1.. medium = 45000
group.streams.topology.description.plugin.class class medium
initial.broker.registration.timeout.ms int medium = 60000
inter.broker.listener.name string medium
kafka.metrics.polling.interval.secs int 1.. low = 10
kafka.metrics.reporters list low = 
leader.imbalance.check.interval.seconds long 1.. high = 300
listener.security.protocol.map string per-broker low served = SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT
listeners list non-empty per-broker high served = PLAINTEXT://localhost:9092
log.cleaner.backoff.ms long 0.. dynamic medium = 15000
log.cleaner.dedupe.buffer.size long dynamic medium = 134217728
log.cleaner.delete.retention.ms long 0.. dynamic medium = 86400000
log.cleaner.enable boolean medium = true
log.cleaner.io.buffer.load.factor double dynamic medium = 0.9
log.cleaner.io.buffer.size int 0.. dynamic medium = 524288
log.cleaner.io.max.bytes.per.second double dynamic medium = 1.7976931348623157E308
log.cleaner.max.compaction.lag.ms long 1.. dynamic medium = 9223372036854775807
log.cleaner.min.cleanable.ratio double 0..1 dynamic medium = 0.5
log.cleaner.min.compaction.lag.ms long 0.. dynamic medium = 0
log.cleaner.threads int 0.. dynamic medium = 1
log.cleanup.policy list {compact|delete} dynamic medium served = delete
log.dir list non-empty high served = /tmp/kafka-logs
log.dir.failure.timeout.ms long 1.. low = 30000
log.dirs list non-empty high served = data
log.flush.interval.messages long 1.. dynamic high served = 9223372036854775807
log.flush.interval.ms long dynamic high served
log.flush.offset.checkpoint.interval.ms int 0.. high = 60000
log.flush.scheduler.interval.ms long high served = 9223372036854775807
log.flush.start.offset.checkpoint.interval.ms int 0.. high = 60000
log.index.interval.bytes int 0.. dynamic medium served = 4096
log.index.size.max.bytes int 4.. dynamic medium served = 10485760
log.local.retention.bytes long -2.. dynamic medium = -2
log.local.retention.ms long -2.. dynamic medium = -2
log.message.timestamp.after.max.ms long 0.. dynamic medium served = 3600000
log.message.timestamp.before.max.ms long 0.. dynamic medium served = 9223372036854775807
log.message.timestamp.type string {CreateTime|LogAppendTime} dynamic medium served = CreateTime
log.preallocate boolean dynamic medium = false
log.remote.copy.lag.bytes long -1.. dynamic medium = -1
log.remote.copy.lag.ms long -1.. dynamic medium = 0
log.retention.bytes long dynamic high served = -1
log.retention.check.interval.ms long 1.. medium served = 300000
log.retention.hours int not-0 high served = 168
log.retention.minutes int not-0 high served
log.retention.ms long not-0 dynamic high served
log.roll.hours int 1.. high served = 168
log.roll.jitter.hours int 0.. high served = 0
log.roll.jitter.ms long 0.. dynamic high served
log.roll.ms long 1.. dynamic high served
log.segment.bytes int 1048576.. dynamic high served = 1073741824
log.segment.delete.delay.ms long 0.. dynamic high served = 60000
max.connection.creation.rate int 0.. dynamic medium = 2147483647
max.connections int 0.. dynamic medium served = 20000
max.connections.per.ip int 1.. dynamic medium served = 20000
max.connections.per.ip.overrides string dynamic medium = 
max.decompressed.message.bytes int 1..2147483639 dynamic medium = 2147483639
max.incremental.fetch.session.cache.slots int 0.. medium served = 1000
max.request.partition.size.limit int 1.. medium = 2000
message.max.bytes int 0.. dynamic high served = 1048588
metadata.log.dir string high
metadata.log.max.record.bytes.between.snapshots long 1.. high = 20971520
metadata.log.max.snapshot.interval.ms long 0.. high = 3600000
metadata.log.segment.bytes int 8388608.. high = 1073741824
metadata.log.segment.ms long high = 604800000
metadata.max.idle.interval.ms int 0.. low = 500
metadata.max.retention.bytes long high = 104857600
metadata.max.retention.ms long high = 604800000
metric.reporters list dynamic low = org.apache.kafka.common.metrics.JmxReporter
metrics.num.samples int 1.. low = 2
metrics.recording.level string low = INFO
metrics.sample.window.ms long 1.. low = 30000
min.insync.replicas int 1.. dynamic high = 1
node.id int 0.. high served = 1
num.io.threads int 1.. dynamic high = 8
num.network.threads int 1.. dynamic high = 3
num.partitions int 1.. medium served = 1
num.recovery.threads.per.data.dir int 1.. dynamic high = 2
num.replica.alter.log.dirs.threads int high
num.replica.fetchers int 1.. dynamic high = 1
offset.metadata.max.bytes int high served = 4096
offsets.commit.timeout.ms int 1.. high served = 5000
offsets.load.buffer.size int 1.. high = 5242880
offsets.retention.check.interval.ms long 1.. high served = 600000
offsets.retention.minutes int 1.. high served = 10080
offsets.topic.compression.codec int high = 0
offsets.topic.num.partitions int 1.. high served = 50
offsets.topic.replication.factor short 1.. high served = 3
offsets.topic.segment.bytes int 1.. high served = 104857600
ottla.allow.insecure.listener boolean high served = false
ottla.log.flush.policy string {auto|always|never} high served = auto
ottla.log.level string {debug|info|warn|error} low served = warn
principal.builder.class class per-broker medium = org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder
process.roles list non-empty {broker|controller} high = broker
producer.id.expiration.ms int 1.. dynamic low served = 86400000
producer.purgatory.purge.interval.requests int medium = 1000
queued.max.request.bytes long medium = -1
queued.max.requests int 1.. high = 500
quota.window.num int 1.. low = 11
quota.window.size.seconds int 1.. low = 1
remote.fetch.max.wait.ms int 1.. dynamic medium = 500
remote.list.offsets.request.timeout.ms long 1.. dynamic medium = 30000
remote.log.index.file.cache.total.size.bytes long 1.. dynamic low = 1073741824
remote.log.manager.copier.thread.pool.size int 1.. dynamic medium = 10
remote.log.manager.copy.max.bytes.per.second long 1.. dynamic medium = 9223372036854775807
remote.log.manager.copy.quota.window.num int 1.. medium = 11
remote.log.manager.copy.quota.window.size.seconds int 1.. medium = 1
remote.log.manager.expiration.thread.pool.size int 1.. dynamic medium = 10
remote.log.manager.fetch.max.bytes.per.second long 1.. dynamic medium = 9223372036854775807
remote.log.manager.fetch.quota.window.num int 1.. medium = 11
remote.log.manager.fetch.quota.window.size.seconds int 1.. medium = 1
remote.log.manager.follower.thread.pool.size int 1.. dynamic medium = 2
remote.log.manager.task.interval.ms long 1.. low = 30000
remote.log.manager.thread.pool.size int 1.. medium = 2
remote.log.metadata.custom.metadata.max.bytes int 0.. low = 128
remote.log.metadata.manager.class.name string non-empty medium = org.apache.kafka.server.log.remote.metadata.storage.TopicBasedRemoteLogMetadataManager
remote.log.metadata.manager.class.path string medium
remote.log.metadata.manager.impl.prefix string non-empty medium = rlmm.config.
remote.log.metadata.manager.listener.name string non-empty medium
remote.log.reader.max.pending.tasks int 1.. medium = 100
remote.log.reader.threads int 1.. dynamic medium = 10
remote.log.storage.manager.class.name string non-empty medium
remote.log.storage.manager.class.path string medium
remote.log.storage.manager.impl.prefix string non-empty medium = rsm.config.
remote.log.storage.system.enable boolean medium = false
replica.fetch.backoff.ms int 0.. medium = 1000
replica.fetch.max.bytes int 0.. medium = 1048576
replica.fetch.min.bytes int high = 1
replica.fetch.response.max.bytes int 0.. medium = 10485760
replica.fetch.wait.max.ms int high = 500
replica.high.watermark.checkpoint.interval.ms long high = 5000
replica.lag.time.max.ms long high = 30000
replica.selector.class string medium
replica.socket.receive.buffer.bytes int high = 65536
replica.socket.timeout.ms int high = 30000
replication.quota.window.num int 1.. low = 11
replication.quota.window.size.seconds int 1.. low = 1
request.timeout.ms int high = 30000
security.inter.broker.protocol string {PLAINTEXT|SSL|SASL_PLAINTEXT|SASL_SSL} medium = PLAINTEXT
security.providers string low
share.coordinator.append.linger.ms int -1.. medium = -1
share.coordinator.cached.buffer.max.bytes int 524288.. dynamic medium = 1048588
share.coordinator.load.buffer.size int 1.. high = 5242880
share.coordinator.snapshot.update.records.per.snapshot int 0..500 medium = 500
share.coordinator.state.topic.compression.codec int high = 0
share.coordinator.state.topic.min.isr short 1.. high = 2
share.coordinator.state.topic.num.partitions int 1.. high = 50
share.coordinator.state.topic.replication.factor short 1.. high = 3
share.coordinator.state.topic.segment.bytes int 1.. high = 104857600
share.coordinator.threads int 1.. medium = 1
share.coordinator.write.timeout.ms int 1.. high = 5000
share.fetch.purgatory.purge.interval.requests int medium = 1000
socket.connection.setup.timeout.max.ms long medium = 30000
socket.connection.setup.timeout.ms long medium = 10000
socket.listen.backlog.size int 1.. medium = 50
socket.receive.buffer.bytes int high = 102400
socket.request.max.bytes int 1.. high served = 104857600
socket.send.buffer.bytes int high = 102400
telemetry.max.bytes int 1.. low = 1048576
transaction.abort.timed.out.transaction.cleanup.interval.ms int 1.. low = 10000
transaction.max.timeout.ms int 1.. high = 900000
transaction.partition.verification.enable boolean dynamic low = true
transaction.remove.expired.transaction.cleanup.interval.ms int 1.. low = 3600000
transaction.state.log.load.buffer.size int 1.. high = 5242880
transaction.state.log.min.isr int 1.. high = 2
transaction.state.log.num.partitions int 1.. high = 50
transaction.state.log.replication.factor short 1.. high = 3
transaction.state.log.segment.bytes int 1.. high = 104857600
transaction.two.phase.commit.enable boolean low = false
transactional.id.expiration.ms int 1.. high = 604800000
unclean.leader.election.enable boolean dynamic high = false
`

/** In the order of the alphabet. */
export const BROKER_KEYS: ReadonlyMap<string, ConfigKey> = keyTable(
  `${KEYS}${SECURITY_KEYS}`.split('\n').sort().join('\n'),
)
