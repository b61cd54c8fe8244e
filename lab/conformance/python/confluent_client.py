"""confluent-kafka, the Python face of librdkafka: Producer and Consumer."""

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, Producer, TopicPartition

import contract


def produce(options, records):
    producer = Producer(
        {
            "bootstrap.servers": options.broker,
            "compression.type": options.codec,
            "acks": "all",
            "linger.ms": 10,
            "message.max.bytes": contract.CLIENT_BYTES_MAX,
            "delivery.timeout.ms": options.timeout_ms,
        }
    )
    outcomes = [None] * len(records)

    def delivered(index):
        def report(error, message):
            outcomes[index] = {"partition": message.partition(), "offset": message.offset() or 0}
            if error is not None:
                outcomes[index]["error"] = f"{error.name()}: {error.str()}"

        return report

    for index, record in enumerate(records):
        producer.produce(
            options.topic,
            key=record["key"],
            value=record["value"],
            headers=record["headers"],
            timestamp=record["timestamp"],
            on_delivery=delivered(index),
        )
        if options.each:
            producer.flush()
    producer.flush()
    for outcome in outcomes:
        contract.say(**outcome)


def open_consumer(options):
    return Consumer(
        {
            "bootstrap.servers": options.broker,
            "group.id": options.group or "unused",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "session.timeout.ms": contract.SESSION_TIMEOUT_MS,
            "heartbeat.interval.ms": contract.HEARTBEAT_INTERVAL_MS,
            "fetch.wait.max.ms": 500,
        }
    )


def hear(message):
    if message.error() is not None:
        raise KafkaException(message.error())
    contract.say_record(
        message.partition(),
        message.offset(),
        message.timestamp()[1],
        message.key(),
        message.value(),
        message.headers(),
    )


def consume(options, deadline):
    consumer = open_consumer(options)
    if options.group is None:
        consumer.assign([TopicPartition(options.topic, 0, OFFSET_BEGINNING)])
    else:
        consumer.subscribe([options.topic])
    heard = 0
    while heard < options.count:
        deadline.check()
        for message in consumer.consume(options.count - heard, timeout=0.2):
            hear(message)
            heard += 1
    if options.group is not None:
        consumer.commit(asynchronous=False)
    consumer.close()


def member(options):
    consumer = open_consumer(options)
    consumer.subscribe(
        [options.topic],
        on_assign=lambda _, given: contract.say(assigned=[each.partition for each in given]),
        on_revoke=lambda _, taken: contract.say(assigned=[]),
    )
    try:
        while True:
            messages = consumer.consume(500, timeout=0.2)
            for message in messages:
                if message.error() is None:
                    hear(message)
            if messages:
                try:
                    consumer.commit(asynchronous=False)
                except KafkaException:
                    pass  # The group moved on; what was not committed is read again.
    finally:
        consumer.close()


contract.run(produce, consume, member)
