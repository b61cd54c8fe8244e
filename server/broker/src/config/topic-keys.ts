/**
 * Every topic configuration of Kafka 4.4: type, range, the broker keys that its default comes from (the
 * first that is set wins), and the default when none is.
 */
import { keyTable, type ConfigKey } from './config-key.ts'

export const TOPIC_KEYS: ReadonlyMap<string, ConfigKey> = keyTable(`
cleanup.policy list {compact|delete} <- log.cleanup.policy = delete
compression.gzip.level int 1..9 <- compression.gzip.level = -1
compression.lz4.level int 1..17 <- compression.lz4.level = 9
compression.type string {uncompressed|zstd|lz4|snappy|gzip|producer} <- compression.type = producer
compression.zstd.level int -131072..22 <- compression.zstd.level = 3
delete.retention.ms long 0.. <- log.cleaner.delete.retention.ms = 86400000
file.delete.delay.ms long 0.. <- log.segment.delete.delay.ms = 60000
flush.messages long 1.. <- log.flush.interval.messages = 9223372036854775807
flush.ms long 0.. <- log.flush.interval.ms,log.flush.scheduler.interval.ms = 9223372036854775807
follower.replication.throttled.replicas list = 
index.interval.bytes int 0.. <- log.index.interval.bytes = 4096
leader.replication.throttled.replicas list = 
local.retention.bytes long -2.. <- log.local.retention.bytes = -2
local.retention.ms long -2.. <- log.local.retention.ms = -2
max.compaction.lag.ms long 1.. <- log.cleaner.max.compaction.lag.ms = 9223372036854775807
max.message.bytes int 0.. <- message.max.bytes = 1048588
message.timestamp.after.max.ms long 0.. <- log.message.timestamp.after.max.ms = 3600000
message.timestamp.before.max.ms long 0.. <- log.message.timestamp.before.max.ms = 9223372036854775807
message.timestamp.type string {CreateTime|LogAppendTime} <- log.message.timestamp.type = CreateTime
min.cleanable.dirty.ratio double 0..1 <- log.cleaner.min.cleanable.ratio = 0.5
min.compaction.lag.ms long 0.. <- log.cleaner.min.compaction.lag.ms = 0
min.insync.replicas int 1.. <- min.insync.replicas = 1
preallocate boolean <- log.preallocate = false
remote.log.copy.disable boolean = false
remote.log.delete.on.disable boolean = false
remote.storage.enable boolean = false
retention.bytes long <- log.retention.bytes = -1
retention.ms long -1.. <- log.retention.ms,log.retention.minutes,log.retention.hours = 604800000
segment.bytes int 1048576.. <- log.segment.bytes = 1073741824
segment.index.bytes int 4.. <- log.index.size.max.bytes = 10485760
segment.jitter.ms long 0.. <- log.roll.jitter.ms,log.roll.jitter.hours = 0
segment.ms long 1.. <- log.roll.ms,log.roll.hours = 604800000
unclean.leader.election.enable boolean <- unclean.leader.election.enable = false
`)
