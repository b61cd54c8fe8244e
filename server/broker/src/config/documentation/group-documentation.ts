/** Our words for the keys of groups, offsets and transactions; one line is `key: text`. */
export const GROUP_DOCUMENTATION = `
add.partitions.to.txn.retry.backoff.max.ms: How long a broker goes on trying to add a partition to a transaction.
add.partitions.to.txn.retry.backoff.ms: The pause between attempts to add a partition to a transaction.
errors.deadletterqueue.auto.create.topics.enable: Whether the dead-letter topic of a share group is created when it is not there.
errors.deadletterqueue.group.enable: Whether share groups may put records that they cannot process into this topic.
errors.deadletterqueue.topic.name.prefix: How the name of a dead-letter topic must begin; empty allows every name.
group.consumer.assignment.interval.ms: The least time between two assignments of a consumer group.
group.consumer.assignors: The assignors that brokers offer to consumer groups; the first is the default.
group.consumer.heartbeat.interval.ms: How often members of a consumer group send a heartbeat.
group.consumer.max.assignment.interval.ms: The largest assignment interval that a consumer group may choose.
group.consumer.max.heartbeat.interval.ms: The largest heartbeat interval that a consumer group may choose.
group.consumer.max.session.timeout.ms: The largest session timeout that a consumer group may choose.
group.consumer.max.size: The most members of a consumer group.
group.consumer.migration.policy: Whether a group in use may change between the classic and the consumer protocol, and in which direction.
group.consumer.min.assignment.interval.ms: The smallest assignment interval that a consumer group may choose.
group.consumer.min.heartbeat.interval.ms: The smallest heartbeat interval that a consumer group may choose.
group.consumer.min.session.timeout.ms: The smallest session timeout that a consumer group may choose.
group.consumer.session.timeout.ms: A member of a consumer group that is silent for this long counts as gone.
group.coordinator.append.linger.ms: How long the group coordinator gathers writes before it appends them; -1 adapts.
group.coordinator.background.threads: Threads for the group coordinator's slow work, such as patterns of topic names.
group.coordinator.cached.buffer.max.bytes: The largest write buffer that the group coordinator keeps for later.
group.coordinator.rebalance.protocols: The group protocols that are served. Deprecated.
group.coordinator.threads: Threads of the group coordinator.
group.initial.rebalance.delay.ms: How long the first rebalance of a new classic group waits for more members.
group.max.session.timeout.ms: The largest session timeout that a member of a classic group may ask for.
group.max.size: The most members of a classic group.
group.min.session.timeout.ms: The smallest session timeout that a member of a classic group may ask for.
group.share.assignment.interval.ms: The least time between two assignments of a share group.
group.share.assignors: The assignor that brokers offer to share groups.
group.share.delivery.count.limit: How often a record is delivered to a share group before it is given up.
group.share.heartbeat.interval.ms: How often members of a share group send a heartbeat.
group.share.max.assignment.interval.ms: The largest assignment interval that a share group may choose.
group.share.max.delivery.count.limit: The largest limit of deliveries that a share group may choose.
group.share.max.heartbeat.interval.ms: The largest heartbeat interval that a share group may choose.
group.share.max.partition.max.record.locks: The largest limit of records in delivery that a share group may choose.
group.share.max.record.lock.duration.ms: The longest lock of a record that a share group may choose.
group.share.max.session.timeout.ms: The largest session timeout that a share group may choose.
group.share.max.share.sessions: The most share sessions of a broker.
group.share.max.size: The most members of a share group.
group.share.min.assignment.interval.ms: The smallest assignment interval that a share group may choose.
group.share.min.delivery.count.limit: The smallest limit of deliveries that a share group may choose.
group.share.min.heartbeat.interval.ms: The smallest heartbeat interval that a share group may choose.
group.share.min.partition.max.record.locks: The smallest limit of records in delivery that a share group may choose.
group.share.min.record.lock.duration.ms: The shortest lock of a record that a share group may choose.
group.share.min.session.timeout.ms: The smallest session timeout that a share group may choose.
group.share.partition.max.record.locks: The most records of a partition that may be in delivery to a share group.
group.share.record.lock.duration.ms: How long a record that was delivered to a share group waits to be acknowledged.
group.share.session.timeout.ms: A member of a share group that is silent for this long counts as gone.
group.streams.assignment.interval.ms: The least time between two assignments of a streams group.
group.streams.assignors: The task assignors that brokers offer to streams groups; the first is the default.
group.streams.heartbeat.interval.ms: How often members of a streams group send a heartbeat.
group.streams.initial.rebalance.delay.ms: How long the first rebalance of a new streams group waits for more members.
group.streams.max.assignment.interval.ms: The largest assignment interval that a streams group may choose.
group.streams.max.heartbeat.interval.ms: The largest heartbeat interval that a streams group may choose.
group.streams.max.session.timeout.ms: The largest session timeout that a streams group may choose.
group.streams.max.size: The most members of a streams group.
group.streams.max.standby.replicas: The most standby copies of a task that a streams group may choose.
group.streams.min.assignment.interval.ms: The smallest assignment interval that a streams group may choose.
group.streams.min.heartbeat.interval.ms: The smallest heartbeat interval that a streams group may choose.
group.streams.min.session.timeout.ms: The smallest session timeout that a streams group may choose.
group.streams.num.standby.replicas: Standby copies of each task of a streams group.
group.streams.rack.aware.assignment.tags: The client tags over which standby copies are spread.
group.streams.session.timeout.ms: A member of a streams group that is silent for this long counts as gone.
group.streams.topology.description.plugin.class: A plugin that keeps descriptions of the topologies of streams groups.
offset.metadata.max.bytes: The longest note that a consumer may store beside a committed offset.
offsets.commit.timeout.ms: How long a commit of offsets may take to be stored before it is refused.
offsets.load.buffer.size: How much of the offsets topic is read at a time while groups are loaded.
offsets.retention.check.interval.ms: How often committed offsets are searched for expired ones.
offsets.retention.minutes: How long the offsets of a group without members, or of a topic it left, are kept.
offsets.topic.compression.codec: The codec, as a number, in which the offsets topic is stored.
offsets.topic.num.partitions: Partitions of the offsets topic, fixed once it is created.
offsets.topic.replication.factor: Replicas of the offsets topic.
offsets.topic.segment.bytes: Segment size of the offsets topic, small so that groups load fast.
producer.id.expiration.ms: A partition forgets an idempotent producer that has not written for this long.
share.coordinator.append.linger.ms: How long the share coordinator gathers writes before it appends them; -1 adapts.
share.coordinator.cached.buffer.max.bytes: The largest write buffer that the share coordinator keeps for later.
share.coordinator.load.buffer.size: How much of the share-group state topic is read at a time while state is loaded.
share.coordinator.snapshot.update.records.per.snapshot: Updates that the share coordinator writes between two snapshots.
share.coordinator.state.topic.compression.codec: The codec, as a number, in which the share-group state topic is stored.
share.coordinator.state.topic.min.isr: The min.insync.replicas of the share-group state topic.
share.coordinator.state.topic.num.partitions: Partitions of the share-group state topic, fixed once it is created.
share.coordinator.state.topic.replication.factor: Replicas of the share-group state topic.
share.coordinator.state.topic.segment.bytes: Segment size of the share-group state topic.
share.coordinator.threads: Threads of the share coordinator.
share.coordinator.write.timeout.ms: How long a write of the share coordinator may take to reach all replicas.
transaction.abort.timed.out.transaction.cleanup.interval.ms: How often transactions past their timeout are searched for and aborted.
transaction.max.timeout.ms: The longest transaction timeout that a producer may ask for.
transaction.partition.verification.enable: Whether a transactional write is checked to belong to an open transaction.
transaction.remove.expired.transaction.cleanup.interval.ms: How often unused transactional ids are searched for and removed.
transaction.state.log.load.buffer.size: How much of the transaction topic is read at a time while state is loaded.
transaction.state.log.min.isr: The min.insync.replicas of the transaction topic.
transaction.state.log.num.partitions: Partitions of the transaction topic, fixed once it is created.
transaction.state.log.replication.factor: Replicas of the transaction topic.
transaction.state.log.segment.bytes: Segment size of the transaction topic, small so that state loads fast.
transaction.two.phase.commit.enable: Whether a transaction may be prepared here and decided by another system.
transactional.id.expiration.ms: A transactional id that is not used for this long is forgotten.
`
