/**
 * Every key of server.properties that Kafka 4.4 knows, with its type, range and default, and our own
 * (`ottla.…`). `dynamic` ones can be altered while the broker runs.
 *
 * Where our default differs from Kafka's: log.dirs (a folder `data` where the broker is started), listeners
 * (loopback only), node.id (given, so that a broker starts without a file), max.connections and
 * max.connections.per.ip (finite).
 */
import { keyTable, type ConfigKey } from './config-key.ts'

export const BROKER_KEYS: ReadonlyMap<string, ConfigKey> = keyTable(`
add.partitions.to.txn.retry.backoff.max.ms int 0.. = 100
add.partitions.to.txn.retry.backoff.ms int 1.. = 20
advertised.listeners list
alter.config.policy.class.name class
alter.log.dirs.replication.quota.window.num int 1.. = 11
alter.log.dirs.replication.quota.window.size.seconds int 1.. = 1
authorizer.class.name string = 
auto.create.topics.enable boolean = true
auto.leader.rebalance.enable boolean = true
background.threads int 1.. dynamic = 10
broker.heartbeat.interval.ms int = 2000
broker.id int = -1
broker.rack string
broker.session.timeout.ms int = 9000
client.quota.callback.class class
compression.gzip.level int 1..9 dynamic = -1
compression.lz4.level int 1..17 dynamic = 9
compression.type string {uncompressed|zstd|lz4|snappy|gzip|producer} dynamic = producer
compression.zstd.level int -131072..22 dynamic = 3
config.providers list dynamic = 
connection.failed.authentication.delay.ms int 0.. = 100
connections.max.idle.ms long = 600000
connections.max.reauth.ms long = 0
controlled.shutdown.enable boolean = true
controller.listener.names list
controller.quorum.append.linger.ms int 0.. = 25
controller.quorum.auto.join.enable boolean = false
controller.quorum.bootstrap.servers list = 
controller.quorum.election.backoff.max.ms int 0.. = 1000
controller.quorum.election.timeout.ms int 0.. = 1000
controller.quorum.fetch.max.bytes int 1.. = 1048576
controller.quorum.fetch.snapshot.max.bytes int 1.. = 1048576
controller.quorum.fetch.timeout.ms int 0.. = 2000
controller.quorum.request.timeout.ms int 0.. = 2000
controller.quorum.retry.backoff.ms int 0.. = 20
controller.quorum.voters list = 
controller.quota.window.num int 1.. = 11
controller.quota.window.size.seconds int 1.. = 1
controller.socket.timeout.ms int = 30000
cordoned.log.dirs list dynamic = 
create.topic.policy.class.name class
default.replication.factor int = 1
delegation.token.expiry.check.interval.ms long 1.. = 3600000
delegation.token.expiry.time.ms long 1.. = 86400000
delegation.token.max.lifetime.ms long 1.. = 604800000
delegation.token.secret.key password
delete.records.purgatory.purge.interval.requests int = 1
delete.topic.enable boolean = true
early.start.listeners list
fetch.max.bytes int 1024.. = 57671680
fetch.purgatory.purge.interval.requests int = 1000
follower.fetch.last.tiered.offset.enable boolean dynamic = false
group.consumer.assignment.interval.ms int 0.. dynamic = 1000
group.consumer.assignors list = uniform,range
group.consumer.heartbeat.interval.ms int 1.. = 5000
group.consumer.max.assignment.interval.ms int 0.. = 15000
group.consumer.max.heartbeat.interval.ms int 1.. = 15000
group.consumer.max.session.timeout.ms int 1.. = 60000
group.consumer.max.size int 1.. = 2147483647
group.consumer.migration.policy string = bidirectional
group.consumer.min.assignment.interval.ms int 0.. = 0
group.consumer.min.heartbeat.interval.ms int 1.. = 5000
group.consumer.min.session.timeout.ms int 1.. = 45000
group.consumer.session.timeout.ms int 1.. = 45000
group.coordinator.append.linger.ms int -1.. = -1
group.coordinator.background.threads int 1.. = 2
group.coordinator.cached.buffer.max.bytes int 524288.. dynamic = 1048588
group.coordinator.rebalance.protocols list {consumer|classic|share|streams} = classic,consumer,streams
group.coordinator.threads int 1.. = 4
group.initial.rebalance.delay.ms int = 3000
group.max.session.timeout.ms int = 1800000
group.max.size int 1.. = 2147483647
group.min.session.timeout.ms int = 6000
group.share.assignment.interval.ms int 0.. dynamic = 1000
group.share.assignors list = simple
group.share.delivery.count.limit int 2..10 = 5
group.share.heartbeat.interval.ms int 1.. = 5000
group.share.max.assignment.interval.ms int 0.. = 15000
group.share.max.delivery.count.limit int 5..25 = 10
group.share.max.heartbeat.interval.ms int 1.. = 15000
group.share.max.partition.max.record.locks int 2000..10000 = 4000
group.share.max.record.lock.duration.ms int 30000..3600000 = 60000
group.share.max.session.timeout.ms int 1.. = 60000
group.share.max.share.sessions int 1.. = 2000
group.share.max.size int 1..1000 = 200
group.share.min.assignment.interval.ms int 0.. = 0
group.share.min.delivery.count.limit int 2..5 = 2
group.share.min.heartbeat.interval.ms int 1.. = 5000
group.share.min.partition.max.record.locks int 100..2000 = 100
group.share.min.record.lock.duration.ms int 1000..30000 = 15000
group.share.min.session.timeout.ms int 1.. = 45000
group.share.partition.max.record.locks int 100..10000 = 2000
group.share.record.lock.duration.ms int 1000..3600000 = 30000
group.share.session.timeout.ms int 1.. = 45000
group.streams.assignment.interval.ms int 0.. dynamic = 1000
group.streams.heartbeat.interval.ms int 1.. = 5000
group.streams.initial.rebalance.delay.ms int 0.. = 3000
group.streams.max.assignment.interval.ms int 0.. = 15000
group.streams.max.heartbeat.interval.ms int 1.. = 15000
group.streams.max.session.timeout.ms int 1.. = 60000
group.streams.max.size int 1.. = 2147483647
group.streams.max.standby.replicas int 0.. = 2
group.streams.min.assignment.interval.ms int 0.. = 0
group.streams.min.heartbeat.interval.ms int 1.. = 5000
group.streams.min.session.timeout.ms int 1.. = 45000
group.streams.num.standby.replicas int 0.. = 0
group.streams.session.timeout.ms int 1.. = 45000
initial.broker.registration.timeout.ms int = 60000
inter.broker.listener.name string
kafka.metrics.polling.interval.secs int 1.. = 10
kafka.metrics.reporters list = 
leader.imbalance.check.interval.seconds long 1.. = 300
listener.security.protocol.map string dynamic = SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT
listeners list dynamic = PLAINTEXT://localhost:9092
log.cleaner.backoff.ms long 0.. dynamic = 15000
log.cleaner.dedupe.buffer.size long dynamic = 134217728
log.cleaner.delete.retention.ms long 0.. dynamic = 86400000
log.cleaner.enable boolean = true
log.cleaner.io.buffer.load.factor double dynamic = 0.9
log.cleaner.io.buffer.size int 0.. dynamic = 524288
log.cleaner.io.max.bytes.per.second double dynamic = 1.7976931348623157E308
log.cleaner.max.compaction.lag.ms long 1.. dynamic = 9223372036854775807
log.cleaner.min.cleanable.ratio double 0..1 dynamic = 0.5
log.cleaner.min.compaction.lag.ms long 0.. dynamic = 0
log.cleaner.threads int 0.. dynamic = 1
log.cleanup.policy list {compact|delete} dynamic = delete
log.dir list = /tmp/kafka-logs
log.dir.failure.timeout.ms long 1.. = 30000
log.dirs list = data
log.flush.interval.messages long 1.. dynamic = 9223372036854775807
log.flush.interval.ms long dynamic
log.flush.offset.checkpoint.interval.ms int 0.. = 60000
log.flush.scheduler.interval.ms long = 9223372036854775807
log.flush.start.offset.checkpoint.interval.ms int 0.. = 60000
log.index.interval.bytes int 0.. dynamic = 4096
log.index.size.max.bytes int 4.. dynamic = 10485760
log.local.retention.bytes long -2.. dynamic = -2
log.local.retention.ms long -2.. dynamic = -2
log.message.timestamp.after.max.ms long 0.. dynamic = 3600000
log.message.timestamp.before.max.ms long 0.. dynamic = 9223372036854775807
log.message.timestamp.type string {CreateTime|LogAppendTime} dynamic = CreateTime
log.preallocate boolean dynamic = false
log.retention.bytes long dynamic = -1
log.retention.check.interval.ms long 1.. = 300000
log.retention.hours int = 168
log.retention.minutes int
log.retention.ms long dynamic
log.roll.hours int 1.. = 168
log.roll.jitter.hours int 0.. = 0
log.roll.jitter.ms long dynamic
log.roll.ms long dynamic
log.segment.bytes int 1048576.. dynamic = 1073741824
log.segment.delete.delay.ms long 0.. dynamic = 60000
max.connection.creation.rate int 0.. dynamic = 2147483647
max.connections int 0.. dynamic = 20000
max.connections.per.ip int 0.. dynamic = 20000
max.connections.per.ip.overrides string dynamic = 
max.incremental.fetch.session.cache.slots int 0.. = 1000
max.request.partition.size.limit int 1.. = 2000
message.max.bytes int 0.. dynamic = 1048588
metadata.log.dir string
metadata.log.max.record.bytes.between.snapshots long 1.. = 20971520
metadata.log.max.snapshot.interval.ms long 0.. = 3600000
metadata.log.segment.bytes int 8388608.. = 1073741824
metadata.log.segment.ms long = 604800000
metadata.max.idle.interval.ms int 0.. = 500
metadata.max.retention.bytes long = 104857600
metadata.max.retention.ms long = 604800000
metric.reporters list dynamic = org.apache.kafka.common.metrics.JmxReporter
metrics.num.samples int 1.. = 2
metrics.recording.level string = INFO
metrics.sample.window.ms long 1.. = 30000
min.insync.replicas int 1.. dynamic = 1
node.id int 0.. = 1
num.io.threads int 1.. dynamic = 8
num.network.threads int 1.. dynamic = 3
num.partitions int 1.. = 1
num.recovery.threads.per.data.dir int 1.. dynamic = 2
num.replica.alter.log.dirs.threads int
num.replica.fetchers int 1.. dynamic = 1
offset.metadata.max.bytes int = 4096
offsets.commit.timeout.ms int 1.. = 5000
offsets.load.buffer.size int 1.. = 5242880
offsets.retention.check.interval.ms long 1.. = 600000
offsets.retention.minutes int 1.. = 10080
offsets.topic.compression.codec int = 0
offsets.topic.num.partitions int 1.. = 50
offsets.topic.replication.factor short 1.. = 3
offsets.topic.segment.bytes int 1.. = 104857600
ottla.allow.insecure.listener boolean = false
ottla.log.flush.policy string {auto|always|never} = auto
ottla.log.level string {debug|info|warn|error} = warn
principal.builder.class class dynamic = org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder
process.roles list {broker|controller} = broker
producer.id.expiration.ms int 1.. dynamic = 86400000
producer.purgatory.purge.interval.requests int = 1000
queued.max.request.bytes long = -1
queued.max.requests int 1.. = 500
quota.window.num int 1.. = 11
quota.window.size.seconds int 1.. = 1
remote.fetch.max.wait.ms int 1.. dynamic = 500
remote.list.offsets.request.timeout.ms long 1.. dynamic = 30000
remote.log.index.file.cache.total.size.bytes long 1.. dynamic = 1073741824
remote.log.manager.copier.thread.pool.size int 1.. dynamic = 10
remote.log.manager.copy.max.bytes.per.second long 1.. dynamic = 9223372036854775807
remote.log.manager.copy.quota.window.num int 1.. = 11
remote.log.manager.copy.quota.window.size.seconds int 1.. = 1
remote.log.manager.expiration.thread.pool.size int 1.. dynamic = 10
remote.log.manager.fetch.max.bytes.per.second long 1.. dynamic = 9223372036854775807
remote.log.manager.fetch.quota.window.num int 1.. = 11
remote.log.manager.fetch.quota.window.size.seconds int 1.. = 1
remote.log.manager.follower.thread.pool.size int 1.. dynamic = 2
remote.log.manager.task.interval.ms long 1.. = 30000
remote.log.manager.thread.pool.size int 1.. = 2
remote.log.metadata.custom.metadata.max.bytes int 0.. = 128
remote.log.metadata.manager.class.name string = org.apache.kafka.server.log.remote.metadata.storage.TopicBasedRemoteLogMetadataManager
remote.log.metadata.manager.class.path string
remote.log.metadata.manager.impl.prefix string = rlmm.config.
remote.log.metadata.manager.listener.name string
remote.log.reader.max.pending.tasks int 1.. = 100
remote.log.reader.threads int 1.. dynamic = 10
remote.log.storage.manager.class.name string
remote.log.storage.manager.class.path string
remote.log.storage.manager.impl.prefix string = rsm.config.
remote.log.storage.system.enable boolean = false
replica.fetch.backoff.ms int 0.. = 1000
replica.fetch.max.bytes int 0.. = 1048576
replica.fetch.min.bytes int = 1
replica.fetch.response.max.bytes int 0.. = 10485760
replica.fetch.wait.max.ms int = 500
replica.high.watermark.checkpoint.interval.ms long = 5000
replica.lag.time.max.ms long = 30000
replica.selector.class string
replica.socket.receive.buffer.bytes int = 65536
replica.socket.timeout.ms int = 30000
replication.quota.window.num int 1.. = 11
replication.quota.window.size.seconds int 1.. = 1
request.timeout.ms int = 30000
sasl.client.callback.handler.class class
sasl.enabled.mechanisms list dynamic = GSSAPI
sasl.jaas.config password dynamic
sasl.kerberos.kinit.cmd string dynamic = /usr/bin/kinit
sasl.kerberos.min.time.before.relogin long dynamic = 60000
sasl.kerberos.principal.to.local.rules list dynamic = DEFAULT
sasl.kerberos.service.name string dynamic
sasl.kerberos.ticket.renew.jitter double dynamic = 0.05
sasl.kerberos.ticket.renew.window.factor double dynamic = 0.8
sasl.login.callback.handler.class class
sasl.login.class class
sasl.login.connect.timeout.ms int
sasl.login.read.timeout.ms int
sasl.login.refresh.buffer.seconds short dynamic = 300
sasl.login.refresh.min.period.seconds short dynamic = 60
sasl.login.refresh.window.factor double dynamic = 0.8
sasl.login.refresh.window.jitter double dynamic = 0.05
sasl.login.retry.backoff.max.ms long = 10000
sasl.login.retry.backoff.ms long = 100
sasl.mechanism.controller.protocol string = GSSAPI
sasl.mechanism.inter.broker.protocol string dynamic = GSSAPI
sasl.oauthbearer.assertion.algorithm string = RS256
sasl.oauthbearer.assertion.claim.aud string
sasl.oauthbearer.assertion.claim.exp.seconds int 0..86400 = 300
sasl.oauthbearer.assertion.claim.iss string
sasl.oauthbearer.assertion.claim.jti.include boolean = false
sasl.oauthbearer.assertion.claim.nbf.seconds int 0..3600 = 60
sasl.oauthbearer.assertion.claim.sub string
sasl.oauthbearer.assertion.file string
sasl.oauthbearer.assertion.private.key.file string
sasl.oauthbearer.assertion.private.key.passphrase password
sasl.oauthbearer.assertion.template.file string
sasl.oauthbearer.client.credentials.client.id string
sasl.oauthbearer.client.credentials.client.secret password
sasl.oauthbearer.clock.skew.seconds int = 30
sasl.oauthbearer.expected.audience list = 
sasl.oauthbearer.expected.issuer string
sasl.oauthbearer.jwks.endpoint.refresh.ms long = 3600000
sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms long = 10000
sasl.oauthbearer.jwks.endpoint.retry.backoff.ms long = 100
sasl.oauthbearer.jwks.endpoint.url string
sasl.oauthbearer.jwt.retriever.class class = org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever
sasl.oauthbearer.jwt.validator.class class = org.apache.kafka.common.security.oauthbearer.DefaultJwtValidator
sasl.oauthbearer.scope string
sasl.oauthbearer.scope.claim.name string = scope
sasl.oauthbearer.sub.claim.name string = sub
sasl.oauthbearer.token.endpoint.url string
sasl.server.callback.handler.class class
sasl.server.max.receive.size int = 524288
security.inter.broker.protocol string {PLAINTEXT|SSL|SASL_PLAINTEXT|SASL_SSL} = PLAINTEXT
security.providers string
share.coordinator.append.linger.ms int -1.. = -1
share.coordinator.cached.buffer.max.bytes int 524288.. dynamic = 1048588
share.coordinator.load.buffer.size int 1.. = 5242880
share.coordinator.snapshot.update.records.per.snapshot int 0..500 = 500
share.coordinator.state.topic.compression.codec int = 0
share.coordinator.state.topic.min.isr short 1.. = 2
share.coordinator.state.topic.num.partitions int 1.. = 50
share.coordinator.state.topic.replication.factor short 1.. = 3
share.coordinator.state.topic.segment.bytes int 1.. = 104857600
share.coordinator.threads int 1.. = 1
share.coordinator.write.timeout.ms int 1.. = 5000
share.fetch.purgatory.purge.interval.requests int = 1000
socket.connection.setup.timeout.max.ms long = 30000
socket.connection.setup.timeout.ms long = 10000
socket.listen.backlog.size int 1.. = 50
socket.receive.buffer.bytes int = 102400
socket.request.max.bytes int 1.. = 104857600
socket.send.buffer.bytes int = 102400
ssl.allow.dn.changes boolean = false
ssl.allow.san.changes boolean = false
ssl.cipher.suites list dynamic = 
ssl.client.auth string {required|requested|none} dynamic = none
ssl.enabled.protocols list dynamic = TLSv1.2,TLSv1.3
ssl.endpoint.identification.algorithm string dynamic = https
ssl.engine.factory.class class dynamic
ssl.key.password password dynamic
ssl.keymanager.algorithm string dynamic = SunX509
ssl.keystore.certificate.chain password dynamic
ssl.keystore.key password dynamic
ssl.keystore.location string dynamic
ssl.keystore.password password dynamic
ssl.keystore.type string dynamic = JKS
ssl.principal.mapping.rules string = DEFAULT
ssl.protocol string dynamic = TLSv1.3
ssl.provider string dynamic
ssl.secure.random.implementation string dynamic
ssl.trustmanager.algorithm string dynamic = PKIX
ssl.truststore.certificates password dynamic
ssl.truststore.location string dynamic
ssl.truststore.password password dynamic
ssl.truststore.type string dynamic = JKS
telemetry.max.bytes int 1.. = 1048576
transaction.abort.timed.out.transaction.cleanup.interval.ms int 1.. = 10000
transaction.max.timeout.ms int 1.. = 900000
transaction.partition.verification.enable boolean dynamic = true
transaction.remove.expired.transaction.cleanup.interval.ms int 1.. = 3600000
transaction.state.log.load.buffer.size int 1.. = 5242880
transaction.state.log.min.isr int 1.. = 2
transaction.state.log.num.partitions int 1.. = 50
transaction.state.log.replication.factor short 1.. = 3
transaction.state.log.segment.bytes int 1.. = 104857600
transaction.two.phase.commit.enable boolean = false
transactional.id.expiration.ms int 1.. = 604800000
unclean.leader.election.enable boolean dynamic = false
`)
