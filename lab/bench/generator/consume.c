/*
 * Reads a filled topic from its beginning to its end, over and over until the time is up.
 *
 * The first pass is the warm-up. Only whole passes count, since the client fetches ahead: a window
 * cut in the middle would leave out bytes that the broker has already paid for.
 */
#include "generator.h"
#include <inttypes.h>
#include <stdio.h>

#define BATCH 2000
#define SILENCE_MAX_POLLS 100

struct tally {
  int64_t records;
  int64_t bytes;
  /* Offsets that do not follow each other. */
  int64_t gaps;
  /* Values that are not the ones that were sent. */
  int64_t broken;
  /* Records that stand at another offset than they were sent for: lost, doubled or reordered. */
  int64_t displaced;
};

/* One pass. A strict one looks at every byte; the others only at the offsets. */
static void read_pass(struct reader *reader, int64_t expected, int strict, struct tally *tally) {
  static rd_kafka_message_t *messages[BATCH];
  int64_t next[MAX_PARTITIONS] = {0}, read = 0;
  int silent_polls = 0;
  reader_start(reader);
  while (read < expected) {
    ssize_t count = reader_poll(reader, messages, BATCH);
    silent_polls = count == 0 ? silent_polls + 1 : 0;
    if (silent_polls > SILENCE_MAX_POLLS)
      fail("only %" PRId64 " of %" PRId64 " records came", read, expected);
    for (ssize_t i = 0; i < count; i++) {
      const rd_kafka_message_t *message = messages[i];
      if (message->offset != next[message->partition]++) tally->gaps++;
      if (strict && !payload_is_intact(message->payload, message->len)) tally->broken++;
      else if (strict && payload_sequence(message->payload) != message->offset) {
        if (tally->displaced++ == 0)
          fprintf(stderr, "generator: partition %d holds record %" PRId64 " at offset %" PRId64 "\n",
                  message->partition, payload_sequence(message->payload), message->offset);
      }
      tally->bytes += (int64_t)message->len;
      rd_kafka_message_destroy(messages[i]);
    }
    read += count;
  }
  tally->records += read;
  reader_stop(reader);
}

int run_consume(const struct options *options) {
  struct reader reader;
  struct tally warm_up = {0}, tally = {0};
  reader_open(&reader, options);
  int64_t expected = reader_query_ends(&reader);
  if (expected == 0) fail("topic %s is empty", options->topic);
  read_pass(&reader, expected, 0, &warm_up);

  puts("{\"event\":\"begin\"}");
  int64_t begin = now_nanos(), end = begin;
  double begin_cpu = cpu_seconds();
  while (end - begin < (int64_t)(options->seconds * NANOS_PER_SECOND)) {
    read_pass(&reader, expected, 0, &tally);
    end = now_nanos();
  }
  printf("{\"event\":\"end\",\"seconds\":%.6f,\"records\":%" PRId64 ",\"bytes\":%" PRId64
         ",\"clientCpuSeconds\":%.3f}\n",
         (double)(end - begin) / NANOS_PER_SECOND, tally.records, tally.bytes,
         cpu_seconds() - begin_cpu);
  if (tally.gaps > 0) fail("%" PRId64 " offsets do not follow each other", tally.gaps);
  reader_close(&reader);
  return 0;
}

int run_verify(const struct options *options) {
  struct reader reader;
  struct tally tally = {0};
  reader_open(&reader, options);
  int64_t expected = reader_query_ends(&reader);
  if (expected < options->records)
    fail("%" PRId64 " records were acknowledged and only %" PRId64 " are there", options->records,
         expected);
  read_pass(&reader, expected, 1, &tally);
  if (tally.gaps + tally.broken + tally.displaced > 0)
    fail("%" PRId64 " offsets do not follow each other, %" PRId64 " values are broken, %" PRId64
         " records stand at another offset than they were sent for",
         tally.gaps, tally.broken, tally.displaced);
  reader_close(&reader);
  printf("{\"event\":\"done\",\"verified\":%" PRId64 "}\n", tally.records);
  return 0;
}
