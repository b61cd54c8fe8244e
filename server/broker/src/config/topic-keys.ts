/**
 * Every topic configuration of Kafka 4.4: type, range, the broker keys that its default comes from (the
 * first that is set wins), and the default when none is.
 */
import { keyTable, type ConfigKey } from './config-key.ts'

export const TOPIC_KEYS: ReadonlyMap<string, ConfigKey> = keyTable(`
cleanup.policy list {compact|delete} medium served <- log.cleanup.policy = delete
compression.gzip.level int 1..9 medium <- compression.gzip.level = -1
compression.lz4.level int 1..17 medium <- compression.lz4.level = 9
compression.type string {uncompressed|zstd|lz4|snappy|gzip|producer} medium served <- compression.type = producer
compression.zstd.level int -131072..22 medium <- compression.zstd.level = 3
delete.retention.ms long 0.. medium <- log.cleaner.delete.retention.ms = 86400000
errors.deadletterqueue.group.enable boolean medium = false
file.delete.delay.ms long 0.. medium served <- log.segment.delete.delay.ms = 60000
flush.messages long 1.. medium served <- log.flush.interval.messages = 9223372036854775807
flush.ms long 0.. medium served <- log.flush.interval.ms,log.flush.scheduler.interval.ms = 9223372036854775807
follower.replication.throttled.replicas list replicas medium = 
index.interval.bytes int 0.. medium served <- log.index.interval.bytes = 4096
leader.replication.throttled.replicas list replicas medium = 
local.retention.bytes long -2.. medium <- log.local.retention.bytes = -2
local.retention.ms long -2.. medium <- log.local.retention.ms = -2
max.compaction.lag.ms long 1.. medium <- log.cleaner.max.compaction.lag.ms = 9223372036854775807
max.decompressed.message.bytes int 1..2147483639 medium <- max.decompressed.message.bytes = 2147483639
max.message.bytes int 0.. medium served <- message.max.bytes = 1048588
message.timestamp.after.max.ms long 0.. medium served <- log.message.timestamp.after.max.ms = 3600000
message.timestamp.before.max.ms long 0.. medium served <- log.message.timestamp.before.max.ms = 9223372036854775807
message.timestamp.type string {CreateTime|LogAppendTime} medium served <- log.message.timestamp.type = CreateTime
min.cleanable.dirty.ratio double 0..1 medium <- log.cleaner.min.cleanable.ratio = 0.5
min.compaction.lag.ms long 0.. medium <- log.cleaner.min.compaction.lag.ms = 0
min.insync.replicas int 1.. medium <- min.insync.replicas = 1
preallocate boolean medium <- log.preallocate = false
remote.copy.lag.bytes long -1.. medium <- log.remote.copy.lag.bytes = -1
remote.copy.lag.ms long -1.. medium <- log.remote.copy.lag.ms = 0
remote.log.copy.disable boolean medium = false
remote.log.delete.on.disable boolean medium = false
remote.storage.enable boolean medium = false
retention.bytes long medium served <- log.retention.bytes = -1
retention.ms long -1.. medium served <- log.retention.ms,log.retention.minutes,log.retention.hours = 604800000
segment.bytes int 1048576.. medium served <- log.segment.bytes = 1073741824
segment.index.bytes int 4.. medium served <- log.index.size.max.bytes = 10485760
segment.jitter.ms long 0.. medium served <- log.roll.jitter.ms,log.roll.jitter.hours = 0
segment.ms long 1.. medium served <- log.roll.ms,log.roll.hours = 604800000
unclean.leader.election.enable boolean medium <- unclean.leader.election.enable = false
`)
