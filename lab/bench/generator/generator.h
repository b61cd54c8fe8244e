/*
 * The load generator's parts, as they see each other.
 *
 * One process, one mode: it makes topics, produces, consumes or does both at once through
 * librdkafka, and tells its parent what happened as one JSON object a line on stdout:
 *
 *   {"event":"begin"}               the warm-up is over; the parent reads the broker's CPU time now
 *   {"event":"end", figures ...}    the measured window is over; the parent reads it again
 *
 * Every record carries what a reader needs to judge it (payload.c): its place in its partition and
 * the moment at which it was due.
 */
#ifndef GENERATOR_H
#define GENERATOR_H

#include <librdkafka/rdkafka.h>
#include <stdint.h>

#define MAX_PARTITIONS 1024
#define MAX_SETTINGS 64
#define NANOS_PER_SECOND 1000000000LL

/* Each one `key=value`. */
struct settings {
  const char *pairs[MAX_SETTINGS];
  int count;
};

struct options {
  const char *mode;
  const char *brokers;
  const char *topic;
  int partitions;
  size_t record_bytes;
  double warm_up_seconds;
  double seconds;
  /* Ends the warm-up or the window early, so that a fast broker does not fill the disk. */
  int64_t warm_up_max_bytes;
  int64_t max_bytes;
  /* Records a second, on a schedule that does not wait for anybody; 0 is as fast as it goes. */
  int64_t rate;
  /* For fill: how many records; for verify: how many must be there at least. */
  int64_t records;
  struct settings producer;
  struct settings consumer;
  /* For create. */
  struct settings topic_config;
};

struct options parse_options(int argc, char **argv);

/* client.c */
int64_t now_nanos(void);
double cpu_seconds(void);
void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));
rd_kafka_t *new_client(rd_kafka_type_t type, const struct options *options,
                       void (*on_delivery)(rd_kafka_t *, const rd_kafka_message_t *, void *),
                       void *opaque);
int create_topic(const struct options *options);
int delete_topic(const struct options *options);

/* payload.c */
void payload_init(char *payload, size_t record_bytes);
void payload_stamp(char *payload, int64_t sequence, int64_t due_nanos);
int64_t payload_sequence(const void *payload);
int64_t payload_due_nanos(const void *payload);
int payload_is_intact(const void *payload, size_t length);

/* histogram.c: latencies in nanoseconds, relative error below 1 %. */
struct histogram {
  int64_t *counts;
  int64_t total;
  int64_t max;
};
void histogram_init(struct histogram *histogram);
void histogram_clear(struct histogram *histogram);
void histogram_record(struct histogram *histogram, int64_t nanos);
int64_t histogram_percentile(const struct histogram *histogram, double percentile);

/* The sending half, shared by the modes that send (sender.c). */
struct sender {
  const struct options *options;
  rd_kafka_t *client;
  rd_kafka_topic_t *topic;
  char *payload;
  int next_partition;
  int64_t sequences[MAX_PARTITIONS];
  /* Written by the delivery callback, which runs inside sender_poll(). */
  int64_t acked_records;
  int64_t acked_bytes;
  int64_t failed_records;
};
void sender_open(struct sender *sender, const struct options *options);
void sender_send(struct sender *sender, int64_t due_nanos);
void sender_poll(struct sender *sender, int timeout_ms);
void sender_close(struct sender *sender);

/* The reading half: all partitions of the topic through one queue (reader.c). */
struct reader {
  const struct options *options;
  rd_kafka_t *client;
  rd_kafka_topic_t *topic;
  rd_kafka_queue_t *queue;
  int64_t ends[MAX_PARTITIONS];
};
void reader_open(struct reader *reader, const struct options *options);
int64_t reader_query_ends(struct reader *reader);
void reader_start(struct reader *reader);
void reader_stop(struct reader *reader);
ssize_t reader_poll(struct reader *reader, rd_kafka_message_t **messages, size_t limit);
void reader_close(struct reader *reader);

/* One per mode. */
int run_produce(const struct options *options);
int run_fill(const struct options *options);
int run_consume(const struct options *options);
int run_tail(const struct options *options);
int run_verify(const struct options *options);

#endif
