"""The contract that every client program of the matrix keeps (README.md of the package states it): the
command line, the JSON of records, and the end by signal. Clients are in files of their own."""

import argparse
import base64
import json
import signal
import sys
import time

SESSION_TIMEOUT_MS = 6_000
HEARTBEAT_INTERVAL_MS = 500
# Above everything that the matrix sends: the broker's limit is asked for, not the client's.
CLIENT_BYTES_MAX = 16 << 20


class Ended(Exception):
    """SIGTERM or SIGINT arrived."""


def encode(data):
    return None if data is None else base64.b64encode(bytes(data)).decode()


def decode(text):
    return None if text is None else base64.b64decode(text)


def say(**line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def say_record(partition, offset, timestamp, key, value, headers):
    say(
        partition=partition,
        offset=offset,
        timestamp=timestamp,
        key=encode(key),
        value=encode(value),
        headers=[[name, encode(data)] for name, data in headers or []],
    )


def read_records():
    for line in sys.stdin:
        record = json.loads(line)
        yield {
            "timestamp": record["timestamp"],
            "key": decode(record["key"]),
            "value": decode(record["value"]),
            "headers": [(name, decode(data)) for name, data in record["headers"]],
        }


class Deadline:
    def __init__(self, timeout_ms):
        self._end = time.monotonic() + timeout_ms / 1000

    def check(self):
        if time.monotonic() > self._end:
            raise TimeoutError("gave up waiting for records")


def run(produce, consume, member):
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["produce", "consume", "member"])
    parser.add_argument("--broker", default="localhost:9092")
    parser.add_argument("--topic", default="test")
    parser.add_argument("--group")
    parser.add_argument("--codec", default="none")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--each", action="store_true")
    parser.add_argument("--timeout-ms", type=int, default=30_000)
    options = parser.parse_args()

    def end(_signal, _frame):
        raise Ended

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    try:
        if options.command == "produce":
            produce(options, list(read_records()))
        elif options.command == "consume":
            consume(options, Deadline(options.timeout_ms))
        else:
            member(options)
    except Ended:
        pass
