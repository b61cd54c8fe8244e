/** Our words for the keys of logs, of the broker and of topics; one line is `key: text`. */
export const LOG_DOCUMENTATION = `
cleanup.policy: What happens to old segments: delete by age and size, compact to the last value of each key, both, or, when empty, nothing.
compression.gzip.level: How hard gzip compresses when compression.type is gzip; -1 is the codec's own default.
compression.lz4.level: How hard lz4 compresses when compression.type is lz4.
compression.type: The codec in which batches are stored; producer keeps the one that the producer chose.
compression.zstd.level: How hard zstd compresses when compression.type is zstd.
cordoned.log.dirs: Those of log.dirs in which no new partition is placed.
delete.retention.ms: How long compaction keeps the marker of a deleted key, so that slow readers still learn of it.
file.delete.delay.ms: How long the files of a deleted segment stay on disk, for reads that are still under way.
flush.messages: A log is forced to disk once this many records are not yet there; ottla.log.flush.policy can ask for more.
flush.ms: A record waits at most this long until its log is forced to disk.
index.interval.bytes: One entry of the offset index stands for about this many bytes of the log.
local.retention.bytes: How much of a tiered partition stays on local disk; -2 takes retention.bytes.
local.retention.ms: How long segments of a tiered partition stay on local disk; -2 takes retention.ms.
log.cleaner.backoff.ms: How long the log cleaner rests when no log needs cleaning.
log.cleaner.dedupe.buffer.size: Memory in which all cleaner threads together remember keys.
log.cleaner.delete.retention.ms: Default of the topic configuration delete.retention.ms.
log.cleaner.enable: Whether compaction runs at all. Deprecated.
log.cleaner.io.buffer.load.factor: How full the cleaner's memory of keys may become, from 0 to 1.
log.cleaner.io.buffer.size: Memory through which all cleaner threads together read and write.
log.cleaner.io.max.bytes.per.second: Most bytes a second that the cleaner reads and writes.
log.cleaner.max.compaction.lag.ms: Default of the topic configuration max.compaction.lag.ms.
log.cleaner.min.cleanable.ratio: Default of the topic configuration min.cleanable.dirty.ratio.
log.cleaner.min.compaction.lag.ms: Default of the topic configuration min.compaction.lag.ms.
log.cleaner.threads: How many threads compact logs.
log.cleanup.policy: Default of the topic configuration cleanup.policy.
log.dir: The old name of log.dirs, read when log.dirs is not given.
log.dir.failure.timeout.ms: How long a broker tries to report a failed log directory before it stops.
log.dirs: The folders that hold the partitions; a new partition goes to one of them.
log.flush.interval.messages: Default of the topic configuration flush.messages.
log.flush.interval.ms: Default of the topic configuration flush.ms; when absent, log.flush.scheduler.interval.ms.
log.flush.offset.checkpoint.interval.ms: How often the offset up to which logs are safely on disk is written down.
log.flush.scheduler.interval.ms: How often it is checked whether a log has to be forced to disk.
log.flush.start.offset.checkpoint.interval.ms: How often the first offset of each log is written down.
log.index.interval.bytes: Default of the topic configuration index.interval.bytes.
log.index.size.max.bytes: Default of the topic configuration segment.index.bytes.
log.local.retention.bytes: Default of the topic configuration local.retention.bytes.
log.local.retention.ms: Default of the topic configuration local.retention.ms.
log.message.timestamp.after.max.ms: Default of the topic configuration message.timestamp.after.max.ms.
log.message.timestamp.before.max.ms: Default of the topic configuration message.timestamp.before.max.ms.
log.message.timestamp.type: Default of the topic configuration message.timestamp.type.
log.preallocate: Default of the topic configuration preallocate.
log.remote.copy.lag.bytes: Default of the topic configuration remote.copy.lag.bytes.
log.remote.copy.lag.ms: Default of the topic configuration remote.copy.lag.ms.
log.retention.bytes: Default of the topic configuration retention.bytes.
log.retention.check.interval.ms: How often logs are searched for segments that are too old or too many.
log.retention.hours: How many hours records are kept, when neither log.retention.minutes nor log.retention.ms is given.
log.retention.minutes: How many minutes records are kept, when log.retention.ms is not given.
log.retention.ms: Default of the topic configuration retention.ms; -1 keeps records whatever their age.
log.roll.hours: A new segment begins after this many hours, when log.roll.ms is not given.
log.roll.jitter.hours: As log.roll.jitter.ms, in hours, when that is not given.
log.roll.jitter.ms: Default of the topic configuration segment.jitter.ms.
log.roll.ms: Default of the topic configuration segment.ms.
log.segment.bytes: Default of the topic configuration segment.bytes.
log.segment.delete.delay.ms: Default of the topic configuration file.delete.delay.ms.
max.compaction.lag.ms: A record is compacted at the latest after this time.
max.decompressed.message.bytes: The largest record, after decompression, that the broker accepts where it decompresses.
max.message.bytes: The largest batch that a topic accepts, as it was sent, compressed or not.
message.max.bytes: Default of the topic configuration max.message.bytes.
message.timestamp.after.max.ms: How far the producer's timestamp may lie in the future.
message.timestamp.before.max.ms: How far the producer's timestamp may lie in the past.
message.timestamp.type: Whose time a record carries: the producer's (CreateTime) or the broker's (LogAppendTime).
min.cleanable.dirty.ratio: A log is compacted when at least this share of it has not been compacted yet.
min.compaction.lag.ms: A record stays uncompacted for at least this time.
num.recovery.threads.per.data.dir: Threads for each folder that recover logs at start and flush them at stop.
num.replica.alter.log.dirs.threads: Threads that move partitions between folders.
ottla.log.flush.policy: Who waits for the disk: auto (as the client's acks and the number of replicas ask), always or never.
preallocate: Whether a segment's file gets its full size when it is created.
remote.copy.lag.bytes: Segments behind this many newer bytes may go to remote storage; 0 at once, -1 as far as local retention allows.
remote.copy.lag.ms: Segments older than this may go to remote storage; 0 at once, -1 as far as local retention allows.
remote.log.copy.disable: Stops copying to remote storage; what is there can still be read.
remote.log.delete.on.disable: Whether remote data goes when remote.storage.enable is turned off.
remote.storage.enable: Whether old segments of the topic move to remote storage.
retention.bytes: The oldest segments of a partition go when it is larger than this; -1 for no limit.
retention.ms: Segments older than this go; -1 keeps them whatever their age.
segment.bytes: The largest segment: a batch that would not fit begins the next one.
segment.index.bytes: The largest index file of a segment.
segment.jitter.ms: Up to this much, at random, is taken from segment.ms, so that not all logs roll at once.
segment.ms: A segment is closed after this time, even when it is not full.
`
