/*
 * The reading half: every partition of the topic from its beginning, through one queue.
 *
 * Partitions are assigned by hand: no group takes part, so a rebalance is never measured.
 */
#include "generator.h"
#include <unistd.h>

#define QUERY_ATTEMPTS 100
#define QUERY_TIMEOUT_MS 5000
#define QUERY_PAUSE_MICROS 50000
#define POLL_TIMEOUT_MS 100

void reader_open(struct reader *reader, const struct options *options) {
  *reader = (struct reader){.options = options};
  reader->client = new_client(RD_KAFKA_CONSUMER, options, NULL, NULL);
  reader->topic = rd_kafka_topic_new(reader->client, options->topic, NULL);
  reader->queue = rd_kafka_queue_new(reader->client);
  if (reader->topic == NULL || reader->queue == NULL) fail("cannot open the reader");
}

/* Fills in where the partitions end now; returns how many records they hold. */
int64_t reader_query_ends(struct reader *reader) {
  int64_t records = 0;
  for (int partition = 0; partition < reader->options->partitions; partition++) {
    int64_t low = 0, high = 0;
    rd_kafka_resp_err_t error = 0;
    for (int attempt = 0; attempt < QUERY_ATTEMPTS; attempt++) {
      error = rd_kafka_query_watermark_offsets(reader->client, reader->options->topic, partition,
                                               &low, &high, QUERY_TIMEOUT_MS);
      if (error == 0) break;
      usleep(QUERY_PAUSE_MICROS);
    }
    if (error != 0) fail("ListOffsets: %s", rd_kafka_err2str(error));
    reader->ends[partition] = high;
    records += high - low;
  }
  return records;
}

void reader_start(struct reader *reader) {
  for (int partition = 0; partition < reader->options->partitions; partition++)
    if (rd_kafka_consume_start_queue(reader->topic, partition, RD_KAFKA_OFFSET_BEGINNING,
                                     reader->queue) != 0)
      fail("cannot consume: %s", rd_kafka_err2str(rd_kafka_last_error()));
}

void reader_stop(struct reader *reader) {
  for (int partition = 0; partition < reader->options->partitions; partition++)
    rd_kafka_consume_stop(reader->topic, partition);
}

/*
 * Waits for one message and takes whatever else is there already; the caller destroys them.
 *
 * The batch call alone would wait until the batch is full, which at a low rate is the whole timeout.
 */
ssize_t reader_poll(struct reader *reader, rd_kafka_message_t **messages, size_t limit) {
  messages[0] = rd_kafka_consume_queue(reader->queue, POLL_TIMEOUT_MS);
  if (messages[0] == NULL) return 0;
  ssize_t more = rd_kafka_consume_batch_queue(reader->queue, 0, messages + 1, limit - 1);
  if (more < 0) fail("cannot consume: %s", rd_kafka_err2str(rd_kafka_last_error()));
  for (ssize_t i = 0; i <= more; i++)
    if (messages[i]->err != 0) fail("cannot consume: %s", rd_kafka_message_errstr(messages[i]));
  return 1 + more;
}

void reader_close(struct reader *reader) {
  rd_kafka_queue_destroy(reader->queue);
  rd_kafka_topic_destroy(reader->topic);
  rd_kafka_destroy(reader->client);
}
