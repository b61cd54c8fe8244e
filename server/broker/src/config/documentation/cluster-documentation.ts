/** Our words for the keys of replication, controllers, quotas and tiered storage; one line is `key: text`. */
export const CLUSTER_DOCUMENTATION = `
alter.log.dirs.replication.quota.window.num: Samples of the quota for moves between folders.
alter.log.dirs.replication.quota.window.size.seconds: Length of a sample of the quota for moves between folders.
auto.leader.rebalance.enable: Whether leadership is led back to preferred replicas from time to time.
client.quota.callback.class: A plugin that decides the quotas of clients.
controller.listener.names: The listeners of the controllers.
controller.quorum.append.linger.ms: How long the quorum's leader gathers writes before it stores them.
controller.quorum.auto.join.enable: Whether a controller joins the quorum by itself.
controller.quorum.bootstrap.servers: Addresses at which the controllers can be found.
controller.quorum.election.backoff.max.ms: The longest pause between two elections of the quorum.
controller.quorum.election.timeout.ms: An election of the quorum begins after this long without a leader.
controller.quorum.fetch.max.bytes: The most metadata that one fetch of the quorum brings.
controller.quorum.fetch.snapshot.max.bytes: The most of a metadata snapshot that one fetch brings.
controller.quorum.fetch.timeout.ms: A voter that cannot fetch for this long becomes a candidate.
controller.quorum.request.timeout.ms: How long a request within the quorum waits for its response.
controller.quorum.retry.backoff.ms: The pause before a request within the quorum is repeated.
controller.quorum.voters: The controllers, as id@host:port.
controller.quota.window.num: Samples of the quota for changes of topics.
controller.quota.window.size.seconds: Length of a sample of the quota for changes of topics.
controller.socket.timeout.ms: How long the controller waits on a connection to a broker.
follower.fetch.last.tiered.offset.enable: Whether an empty follower begins behind what is already in remote storage.
follower.replication.throttled.replicas: Replicas, as partition:broker, whose fetching is slowed down; * for all.
leader.imbalance.check.interval.seconds: How often leadership is compared with preferred replicas.
leader.replication.throttled.replicas: Replicas, as partition:broker, that are served slowly by their leader; * for all.
metadata.log.dir: The folder of the metadata log; without it, the first of log.dirs.
metadata.log.max.record.bytes.between.snapshots: A metadata snapshot is made after this many bytes.
metadata.log.max.snapshot.interval.ms: A metadata snapshot is made at the latest after this time.
metadata.log.segment.bytes: Segment size of the metadata log.
metadata.log.segment.ms: A segment of the metadata log is closed after this time.
metadata.max.idle.interval.ms: How often an idle controller writes a record that says nothing.
metadata.max.retention.bytes: Old metadata goes when log and snapshots are larger than this.
metadata.max.retention.ms: Old metadata goes after this time.
min.insync.replicas: With acks=all a write needs this many replicas in sync, the leader included.
num.replica.fetchers: Connections over which this broker fetches from each other broker.
process.roles: What this process is: broker, controller or both.
quota.window.num: Samples of the quotas of clients.
quota.window.size.seconds: Length of a sample of the quotas of clients.
remote.fetch.max.wait.ms: How long a Fetch waits for remote storage.
remote.list.offsets.request.timeout.ms: How long ListOffsets waits for remote storage.
remote.log.index.file.cache.total.size.bytes: Local space for index files from remote storage.
remote.log.manager.copier.thread.pool.size: Threads that copy segments to remote storage.
remote.log.manager.copy.max.bytes.per.second: Most bytes a second that go to remote storage.
remote.log.manager.copy.quota.window.num: Samples of the quota for copying to remote storage.
remote.log.manager.copy.quota.window.size.seconds: Length of a sample of the quota for copying to remote storage.
remote.log.manager.expiration.thread.pool.size: Threads that remove expired segments from remote storage.
remote.log.manager.fetch.max.bytes.per.second: Most bytes a second that come from remote storage.
remote.log.manager.fetch.quota.window.num: Samples of the quota for fetching from remote storage.
remote.log.manager.fetch.quota.window.size.seconds: Length of a sample of the quota for fetching from remote storage.
remote.log.manager.follower.thread.pool.size: Threads in which followers learn how far remote storage has come.
remote.log.manager.task.interval.ms: How often the work of tiered storage is looked after.
remote.log.manager.thread.pool.size: The old name of remote.log.manager.follower.thread.pool.size. Deprecated.
remote.log.metadata.custom.metadata.max.bytes: The most that a storage plugin may note beside a segment.
remote.log.metadata.manager.class.name: The plugin that keeps account of remote segments.
remote.log.metadata.manager.class.path: Where that plugin's code lies.
remote.log.metadata.manager.impl.prefix: How the keys begin that are handed to that plugin.
remote.log.metadata.manager.listener.name: The listener that this plugin connects to.
remote.log.reader.max.pending.tasks: Reads of remote storage that may wait.
remote.log.reader.threads: Threads that read from remote storage.
remote.log.storage.manager.class.name: The plugin that stores segments remotely.
remote.log.storage.manager.class.path: Where the storage plugin's code lies.
remote.log.storage.manager.impl.prefix: How the keys begin that are handed to the storage plugin.
remote.log.storage.system.enable: Whether this broker takes part in tiered storage.
replica.fetch.backoff.ms: The pause after a follower could not fetch a partition.
replica.fetch.max.bytes: The most that a follower asks for of one partition; a larger first batch still comes.
replica.fetch.min.bytes: A leader may wait until it has this much for a follower.
replica.fetch.response.max.bytes: The most that one fetch of a follower brings in all.
replica.fetch.wait.max.ms: How long a follower's fetch waits at the leader.
replica.high.watermark.checkpoint.interval.ms: How often high watermarks are written down.
replica.lag.time.max.ms: A follower that has not caught up for this long is out of sync.
replica.selector.class: The plugin that tells a consumer which replica to read from.
replica.socket.receive.buffer.bytes: The receive buffer of a follower's connection.
replica.socket.timeout.ms: How long a follower waits on its connection to a leader.
replication.quota.window.num: Samples of the quota for replication.
replication.quota.window.size.seconds: Length of a sample of the quota for replication.
unclean.leader.election.enable: Whether, when no replica in sync is left, another may lead, losing records.
`
