/*
 * Sends and reads at once: how fast records come out at the tail, and how long they are under way.
 *
 * With a rate, the schedule is open: a record is due at its moment whatever happened to the ones
 * before it, and its latency counts from that moment. A broker that stalls is charged for every
 * record that had to wait, not only for the one in flight.
 */
#define _GNU_SOURCE
#include "generator.h"
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <time.h>

#define RECORDS_PER_LOOK 200
#define BATCH 1000

struct tail {
  const struct options *options;
  struct reader reader;
  atomic_int is_sending;
  atomic_llong sent_records;
};

static void sleep_until(int64_t nanos) {
  struct timespec when = {nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, NULL);
}

static void send_on_schedule(struct tail *tail, struct sender *sender, int64_t end_nanos) {
  int64_t begin = now_nanos();
  for (int64_t i = 0;; i++) {
    int64_t due = begin + i * NANOS_PER_SECOND / tail->options->rate;
    if (due >= end_nanos) return;
    if (due > now_nanos()) {
      sender_poll(sender, 0);
      sleep_until(due);
    }
    sender_send(sender, due);
  }
}

static void send_at_once(struct sender *sender, int64_t end_nanos) {
  for (int64_t now = now_nanos(); now < end_nanos; now = now_nanos()) {
    for (int i = 0; i < RECORDS_PER_LOOK; i++) sender_send(sender, now);
    sender_poll(sender, 0);
  }
}

static void *send_all(void *opaque) {
  struct tail *tail = opaque;
  struct sender sender;
  /* A sleeper is woken up to 50 microseconds late by default, which would be counted as latency. */
  prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
  sender_open(&sender, tail->options);
  double seconds = tail->options->warm_up_seconds + tail->options->seconds;
  /* A little longer than the window, so that the window ends while records still come. */
  int64_t end = now_nanos() + (int64_t)((seconds + 0.3) * NANOS_PER_SECOND);
  if (tail->options->rate > 0) send_on_schedule(tail, &sender, end);
  else send_at_once(&sender, end);
  sender_close(&sender);
  atomic_store(&tail->sent_records, sender.acked_records);
  atomic_store(&tail->is_sending, 0);
  return NULL;
}

struct window {
  int64_t begin;
  int64_t records;
  int64_t bytes;
  double begin_cpu;
  struct histogram latencies;
};

static void print_window(const struct window *window) {
  printf("{\"event\":\"end\",\"seconds\":%.6f,\"records\":%" PRId64 ",\"bytes\":%" PRId64
         ",\"clientCpuSeconds\":%.3f,\"p50Ns\":%" PRId64 ",\"p90Ns\":%" PRId64 ",\"p99Ns\":%" PRId64
         ",\"p999Ns\":%" PRId64 ",\"maxNs\":%" PRId64 "}\n",
         (double)(now_nanos() - window->begin) / NANOS_PER_SECOND, window->records, window->bytes,
         cpu_seconds() - window->begin_cpu, histogram_percentile(&window->latencies, 50),
         histogram_percentile(&window->latencies, 90),
         histogram_percentile(&window->latencies, 99),
         histogram_percentile(&window->latencies, 99.9), window->latencies.max);
}

int run_tail(const struct options *options) {
  static rd_kafka_message_t *messages[BATCH];
  struct tail tail = {.options = options};
  struct window window = {0};
  int64_t next[MAX_PARTITIONS] = {0}, read = 0;
  int has_begun = 0, has_ended = 0;
  pthread_t thread;
  histogram_init(&window.latencies);
  reader_open(&tail.reader, options);
  reader_query_ends(&tail.reader);
  reader_start(&tail.reader);
  atomic_store(&tail.is_sending, 1);
  int64_t warm = now_nanos() + (int64_t)(options->warm_up_seconds * NANOS_PER_SECOND);
  int64_t over = warm + (int64_t)(options->seconds * NANOS_PER_SECOND);
  int64_t silence_over = INT64_MAX;
  if (pthread_create(&thread, NULL, send_all, &tail) != 0) fail("cannot start a thread");
  while (atomic_load(&tail.is_sending) || read < atomic_load(&tail.sent_records)) {
    ssize_t count = reader_poll(&tail.reader, messages, BATCH);
    int64_t now = now_nanos();
    if (!has_begun && now >= warm) {
      has_begun = 1;
      puts("{\"event\":\"begin\"}");
      window.begin = now;
      window.begin_cpu = cpu_seconds();
    }
    if (!has_ended && now >= over) {
      has_ended = 1;
      print_window(&window);
    }
    for (ssize_t i = 0; i < count; i++) {
      const rd_kafka_message_t *message = messages[i];
      if (message->offset != next[message->partition]++) fail("a record came out of order");
      if (has_begun && !has_ended) {
        window.records++;
        window.bytes += (int64_t)message->len;
        histogram_record(&window.latencies, now - payload_due_nanos(message->payload));
      }
      rd_kafka_message_destroy(messages[i]);
    }
    read += count;
    if (count > 0 || atomic_load(&tail.is_sending)) silence_over = now + 10 * NANOS_PER_SECOND;
    else if (now > silence_over) fail("records are missing at the tail");
  }
  pthread_join(thread, NULL);
  reader_stop(&tail.reader);
  reader_close(&tail.reader);
  printf("{\"event\":\"done\",\"acked\":%" PRId64 "}\n", read);
  return 0;
}
