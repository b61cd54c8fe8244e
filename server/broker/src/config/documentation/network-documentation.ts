/** Our words for the keys of listeners, connections, requests and the process; one line is `key: text`. */
export const NETWORK_DOCUMENTATION = `
advertised.listeners: The addresses that clients are told to connect to; without it, those of listeners.
auto.create.topics.enable: Whether a topic that a client asks for is created when it is not there.
background.threads: Threads for all kinds of background work.
broker.heartbeat.interval.ms: How often a broker tells the controller that it is alive.
broker.id: The old name of node.id; when both are given they must be equal. Deprecated.
broker.rack: The rack, host or zone of this broker: replicas are spread over racks, consumers may read from their own.
broker.session.timeout.ms: A broker that the controller has not heard of for this long counts as gone.
config.providers: Names of the plugins that put secrets and other outside values into the configuration.
connections.max.idle.ms: A connection without requests is closed after this time; a negative value keeps it.
controlled.shutdown.enable: Whether a broker hands its leaderships over before it stops.
create.topic.policy.class.name: A plugin that may refuse the creation of a topic.
alter.config.policy.class.name: A plugin that may refuse a change of configuration.
default.replication.factor: Replicas of a topic that is created without saying how many.
delete.records.purgatory.purge.interval.requests: Finished DeleteRecords requests that wait to be tidied away at once.
delete.topic.enable: Whether clients may delete topics.
early.start.listeners: Listeners that open before the authorizer is ready.
fetch.max.bytes: The most that one Fetch is answered with, whatever the client allows.
fetch.purgatory.purge.interval.requests: Finished Fetch requests that wait to be tidied away at once.
initial.broker.registration.timeout.ms: How long a starting broker tries to register with the controller.
inter.broker.listener.name: The listener over which brokers talk with each other.
kafka.metrics.polling.interval.secs: How often the old metrics reporters are served.
kafka.metrics.reporters: Plugins that receive the old kind of metrics.
listener.security.protocol.map: The security protocol of each listener name, as NAME:PROTOCOL pairs.
listeners: The addresses to listen on, as NAME://host:port; an empty host is every interface.
max.connection.creation.rate: The most new connections a second.
max.connections: The most connections at a time, over all listeners.
max.connections.per.ip: The most connections at a time from one address.
max.connections.per.ip.overrides: Other limits than max.connections.per.ip for some addresses, as address:number pairs.
max.incremental.fetch.session.cache.slots: The most Fetch sessions that are kept; beyond it, clients send full requests.
max.request.partition.size.limit: The most partitions that one request is answered for.
metric.reporters: Plugins that receive metrics.
metrics.num.samples: How many samples a metric is computed from.
metrics.recording.level: Which metrics are recorded: INFO, DEBUG or TRACE.
metrics.sample.window.ms: How long a sample of a metric lasts.
node.id: The number of this broker, different from that of every other in the cluster.
num.io.threads: Threads that work on requests.
num.network.threads: Threads that read requests from sockets and write responses.
num.partitions: Partitions of a topic that is created without saying how many.
ottla.allow.insecure.listener: Whether a listener without authentication may be reachable from other machines.
ottla.log.level: How much the broker says about itself.
producer.purgatory.purge.interval.requests: Finished Produce requests that wait to be tidied away at once.
queued.max.request.bytes: Bytes of waiting requests beyond which no more are read; -1 for no limit.
queued.max.requests: Waiting requests beyond which no more are read.
request.timeout.ms: How long this broker, as a client of others, waits for a response.
share.fetch.purgatory.purge.interval.requests: Finished ShareFetch requests that wait to be tidied away at once.
socket.connection.setup.timeout.max.ms: The longest that a connection to another broker may take to open, after repeated failures.
socket.connection.setup.timeout.ms: How long a connection to another broker may take to open at first.
socket.listen.backlog.size: Connections that may wait to be accepted.
socket.receive.buffer.bytes: The receive buffer of a socket; -1 leaves it to the operating system.
socket.request.max.bytes: The largest request; a longer one closes the connection.
socket.send.buffer.bytes: The send buffer of a socket; -1 leaves it to the operating system.
telemetry.max.bytes: The largest report of metrics that a client may push.
`
