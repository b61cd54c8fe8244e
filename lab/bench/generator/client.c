/* What every mode needs: time, failure, a librdkafka client, and topics made and removed. */
#define _GNU_SOURCE
#include "generator.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define ADMIN_TIMEOUT_MS 30000
#define LEADER_ATTEMPTS 300
#define LEADER_PAUSE_MICROS 50000

int64_t now_nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * NANOS_PER_SECOND + now.tv_nsec;
}

double cpu_seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

void fail(const char *format, ...) {
  va_list args;
  va_start(args, format);
  fputs("generator: ", stderr);
  vfprintf(stderr, format, args);
  fputc('\n', stderr);
  va_end(args);
  exit(1);
}

static void set(rd_kafka_conf_t *conf, const char *key, const char *value) {
  char reason[512];
  if (rd_kafka_conf_set(conf, key, value, reason, sizeof(reason)) != RD_KAFKA_CONF_OK)
    fail("client setting %s=%s: %s", key, value, reason);
}

static void on_error(rd_kafka_t *client, int error, const char *reason, void *opaque) {
  (void)client, (void)opaque;
  fprintf(stderr, "generator: %s: %s\n", rd_kafka_err2name(error), reason);
}

rd_kafka_t *new_client(rd_kafka_type_t type, const struct options *options,
                       void (*on_delivery)(rd_kafka_t *, const rd_kafka_message_t *, void *),
                       void *opaque) {
  rd_kafka_conf_t *conf = rd_kafka_conf_new();
  set(conf, "bootstrap.servers", options->brokers);
  /* Waiting for more bytes belongs to linger.ms alone. */
  set(conf, "socket.nagle.disable", "true");
  rd_kafka_conf_set_error_cb(conf, on_error);
  rd_kafka_conf_set_opaque(conf, opaque);
  if (on_delivery != NULL) rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
  const struct settings *settings =
      type == RD_KAFKA_PRODUCER ? &options->producer : &options->consumer;
  for (int i = 0; i < settings->count; i++) {
    const char *setting = settings->pairs[i];
    char *key = strndup(setting, (size_t)(strchr(setting, '=') - setting));
    set(conf, key, strchr(setting, '=') + 1);
    free(key);
  }
  char reason[512];
  rd_kafka_t *client = rd_kafka_new(type, conf, reason, sizeof(reason));
  if (client == NULL) fail("no client: %s", reason);
  return client;
}

/*
 * Metadata may name a leader that does not host the partition yet. It refuses the first batches, the
 * client sends them again behind others, and records stand in another order than they were sent in.
 */
static int answers_for_all(rd_kafka_t *client, const struct options *options) {
  for (int partition = 0; partition < options->partitions; partition++) {
    int64_t low, high;
    if (rd_kafka_query_watermark_offsets(client, options->topic, partition, &low, &high,
                                         ADMIN_TIMEOUT_MS) != 0)
      return 0;
  }
  return 1;
}

static int has_leaders(rd_kafka_t *client, const struct options *options) {
  const struct rd_kafka_metadata *metadata;
  int led = 0;
  /* All topics are asked for: a question about one would create it, in a race with CreateTopics. */
  if (rd_kafka_metadata(client, 1, NULL, &metadata, ADMIN_TIMEOUT_MS) != 0) return 0;
  for (int i = 0; i < metadata->topic_cnt; i++) {
    const struct rd_kafka_metadata_topic *topic = &metadata->topics[i];
    if (topic->err != 0 || strcmp(topic->topic, options->topic) != 0) continue;
    for (int partition = 0; partition < topic->partition_cnt; partition++)
      if (topic->partitions[partition].err == 0 && topic->partitions[partition].leader >= 0) led++;
  }
  rd_kafka_metadata_destroy(metadata);
  return led == options->partitions;
}

int create_topic(const struct options *options) {
  rd_kafka_t *client = new_client(RD_KAFKA_PRODUCER, options, NULL, NULL);
  rd_kafka_queue_t *queue = rd_kafka_queue_new(client);
  char reason[512];
  rd_kafka_NewTopic_t *topic =
      rd_kafka_NewTopic_new(options->topic, options->partitions, 1, reason, sizeof(reason));
  if (topic == NULL) fail("topic %s: %s", options->topic, reason);
  for (int i = 0; i < options->topic_config.count; i++) {
    const char *setting = options->topic_config.pairs[i];
    char *key = strndup(setting, (size_t)(strchr(setting, '=') - setting));
    rd_kafka_NewTopic_set_config(topic, key, strchr(setting, '=') + 1);
    free(key);
  }
  rd_kafka_CreateTopics(client, &topic, 1, NULL, queue);
  rd_kafka_event_t *event = rd_kafka_queue_poll(queue, ADMIN_TIMEOUT_MS);
  if (event == NULL) fail("CreateTopics %s: no answer", options->topic);
  if (rd_kafka_event_error(event) != 0)
    fail("CreateTopics %s: %s", options->topic, rd_kafka_event_error_string(event));
  size_t count;
  const rd_kafka_topic_result_t **results = rd_kafka_CreateTopics_result_topics(
      rd_kafka_event_CreateTopics_result(event), &count);
  if (count != 1 || rd_kafka_topic_result_error(results[0]) != 0)
    fail("CreateTopics %s: %s", options->topic,
         count == 1 ? rd_kafka_topic_result_error_string(results[0]) : "no result");
  for (int attempt = 0; !has_leaders(client, options) || !answers_for_all(client, options);
       attempt++) {
    if (attempt == LEADER_ATTEMPTS) fail("topic %s has no leaders", options->topic);
    usleep(LEADER_PAUSE_MICROS);
  }
  rd_kafka_event_destroy(event);
  rd_kafka_NewTopic_destroy(topic);
  rd_kafka_queue_destroy(queue);
  rd_kafka_destroy(client);
  return 0;
}

int delete_topic(const struct options *options) {
  rd_kafka_t *client = new_client(RD_KAFKA_PRODUCER, options, NULL, NULL);
  rd_kafka_queue_t *queue = rd_kafka_queue_new(client);
  rd_kafka_DeleteTopic_t *topic = rd_kafka_DeleteTopic_new(options->topic);
  rd_kafka_DeleteTopics(client, &topic, 1, NULL, queue);
  rd_kafka_event_t *event = rd_kafka_queue_poll(queue, ADMIN_TIMEOUT_MS);
  if (event == NULL || rd_kafka_event_error(event) != 0)
    fail("DeleteTopics %s: %s", options->topic,
         event == NULL ? "no answer" : rd_kafka_event_error_string(event));
  rd_kafka_event_destroy(event);
  rd_kafka_DeleteTopic_destroy(topic);
  rd_kafka_queue_destroy(queue);
  rd_kafka_destroy(client);
  return 0;
}
