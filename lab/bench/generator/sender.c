/*
 * The sending half: records go to the partitions in turn, and delivery reports are counted.
 *
 * In turn, and not by the client's sticky partitioner, so that every partition is written at any
 * moment: that is what a topic with many keys looks like to a broker.
 */
#include "generator.h"
#include <stdio.h>
#include <stdlib.h>

#define FLUSH_TIMEOUT_MS 120000

static void on_delivery(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque) {
  struct sender *sender = opaque;
  (void)client;
  if (message->err == 0) {
    sender->acked_records++;
    sender->acked_bytes += (int64_t)message->len;
  } else if (sender->failed_records++ == 0) {
    fprintf(stderr, "generator: a record failed: %s\n", rd_kafka_err2str(message->err));
  }
}

void sender_open(struct sender *sender, const struct options *options) {
  *sender = (struct sender){.options = options};
  sender->client = new_client(RD_KAFKA_PRODUCER, options, on_delivery, sender);
  sender->topic = rd_kafka_topic_new(sender->client, options->topic, NULL);
  sender->payload = malloc(options->record_bytes);
  if (sender->topic == NULL || sender->payload == NULL) fail("cannot open the sender");
  payload_init(sender->payload, options->record_bytes);
}

void sender_send(struct sender *sender, int64_t due_nanos) {
  int partition = sender->next_partition;
  payload_stamp(sender->payload, sender->sequences[partition], due_nanos);
  while (rd_kafka_produce(sender->topic, partition, RD_KAFKA_MSG_F_COPY, sender->payload,
                          sender->options->record_bytes, NULL, 0, NULL) != 0) {
    rd_kafka_resp_err_t error = rd_kafka_last_error();
    if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) fail("produce: %s", rd_kafka_err2str(error));
    rd_kafka_poll(sender->client, 1);
  }
  sender->sequences[partition]++;
  sender->next_partition = partition + 1 == sender->options->partitions ? 0 : partition + 1;
}

void sender_poll(struct sender *sender, int timeout_ms) {
  rd_kafka_poll(sender->client, timeout_ms);
}

void sender_close(struct sender *sender) {
  if (rd_kafka_flush(sender->client, FLUSH_TIMEOUT_MS) != 0)
    fail("%d records are still unacknowledged", rd_kafka_outq_len(sender->client));
  rd_kafka_topic_destroy(sender->topic);
  rd_kafka_destroy(sender->client);
  free(sender->payload);
  if (sender->failed_records > 0) fail("%lld records failed", (long long)sender->failed_records);
}
