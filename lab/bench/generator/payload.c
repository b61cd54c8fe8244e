/*
 * What a record's value holds:
 *
 *   | sequence: int64 | due: int64, CLOCK_MONOTONIC nanoseconds | pattern: byte i is i * 31 + 7 |
 *
 * The sequence counts per partition from 0, and the topic is fresh: it must equal the offset at
 * which the record is found. That one comparison sees loss, duplication and reordering.
 */
#include "generator.h"
#include <string.h>

#define HEADER_BYTES 16

static char pattern_at(size_t index) {
  return (char)(index * 31 + 7);
}

void payload_init(char *payload, size_t record_bytes) {
  for (size_t i = HEADER_BYTES; i < record_bytes; i++) payload[i] = pattern_at(i);
}

void payload_stamp(char *payload, int64_t sequence, int64_t due_nanos) {
  memcpy(payload, &sequence, 8);
  memcpy(payload + 8, &due_nanos, 8);
}

int64_t payload_sequence(const void *payload) {
  int64_t sequence;
  memcpy(&sequence, payload, 8);
  return sequence;
}

int64_t payload_due_nanos(const void *payload) {
  int64_t due_nanos;
  memcpy(&due_nanos, (const char *)payload + 8, 8);
  return due_nanos;
}

int payload_is_intact(const void *payload, size_t length) {
  if (length < HEADER_BYTES) return 0;
  for (size_t i = HEADER_BYTES; i < length; i++)
    if (((const char *)payload)[i] != pattern_at(i)) return 0;
  return 1;
}
