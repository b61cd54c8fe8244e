"""kafka-python: KafkaProducer and KafkaConsumer."""

from kafka import ConsumerRebalanceListener, KafkaConsumer, KafkaProducer, TopicPartition

import contract


def open_producer(options):
    return KafkaProducer(
        bootstrap_servers=options.broker,
        acks="all",
        compression_type=None if options.codec == "none" else options.codec,
        linger_ms=10,
        max_request_size=contract.CLIENT_BYTES_MAX,
        delivery_timeout_ms=30_500,
    )


def produce(options, records):
    producer = open_producer(options)
    promises = []
    for record in records:
        promises.append(
            producer.send(
                options.topic,
                key=record["key"],
                value=record["value"],
                headers=record["headers"],
                timestamp_ms=record["timestamp"],
            )
        )
        if options.each:
            producer.flush()
            # Its idempotent producer is at its end after any refusal.
            if promises[-1].failed():
                producer.close()
                producer = open_producer(options)
    for promise in promises:
        try:
            done = promise.get(timeout=options.timeout_ms / 1000)
            contract.say(partition=done.partition, offset=done.offset)
        except Exception as error:
            contract.say(partition=-1, offset=-1, error=repr(error))
    producer.close()


def open_consumer(options):
    return KafkaConsumer(
        bootstrap_servers=options.broker,
        group_id=options.group,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        session_timeout_ms=contract.SESSION_TIMEOUT_MS,
        heartbeat_interval_ms=contract.HEARTBEAT_INTERVAL_MS,
    )


def hear(record):
    contract.say_record(
        record.partition, record.offset, record.timestamp, record.key, record.value, record.headers
    )


def consume(options, deadline):
    consumer = open_consumer(options)
    if options.group is None:
        consumer.assign([TopicPartition(options.topic, 0)])
    else:
        consumer.subscribe([options.topic])
    heard = 0
    while heard < options.count:
        deadline.check()
        for records in consumer.poll(timeout_ms=500, max_records=options.count - heard).values():
            for record in records:
                hear(record)
                heard += 1
    if options.group is not None:
        consumer.commit()
    consumer.close()


class Listener(ConsumerRebalanceListener):
    def on_partitions_assigned(self, assigned):
        contract.say(assigned=[each.partition for each in assigned])

    def on_partitions_revoked(self, revoked):
        contract.say(assigned=[])


def member(options):
    consumer = open_consumer(options)
    consumer.subscribe([options.topic], listener=Listener())
    try:
        while True:
            batches = consumer.poll(timeout_ms=200).values()
            for records in batches:
                for record in records:
                    hear(record)
            if batches:
                try:
                    consumer.commit()
                except contract.Ended:
                    raise
                except Exception:
                    pass  # The group moved on; what was not committed is read again.
    finally:
        consumer.close()


contract.run(produce, consume, member)
