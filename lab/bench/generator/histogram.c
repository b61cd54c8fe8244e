/*
 * Log-linear buckets: below 128 ns one bucket a nanosecond, above it 128 buckets for each doubling,
 * so that a bucket is never wider than 1/128 of its value. Up to 2^40 ns (18 minutes).
 */
#include "generator.h"
#include <stdlib.h>
#include <string.h>

#define SUB_BITS 7
#define SUB_BUCKETS (1 << SUB_BITS)
#define MAX_BITS 40
#define BUCKETS ((MAX_BITS - SUB_BITS + 1) * SUB_BUCKETS)

static size_t bucket_of(int64_t nanos) {
  if (nanos < SUB_BUCKETS) return nanos < 0 ? 0 : (size_t)nanos;
  int exponent = 63 - __builtin_clzll((unsigned long long)nanos) - SUB_BITS;
  size_t bucket = ((size_t)exponent << SUB_BITS) + (size_t)(nanos >> exponent);
  return bucket < BUCKETS ? bucket : BUCKETS - 1;
}

/* The upper edge, so that a reported latency is never flattering. */
static int64_t highest_in(size_t bucket) {
  if (bucket < SUB_BUCKETS) return (int64_t)bucket;
  size_t exponent = (bucket >> SUB_BITS) - 1;
  return ((int64_t)(bucket - (exponent << SUB_BITS) + 1) << exponent) - 1;
}

void histogram_init(struct histogram *histogram) {
  histogram->counts = calloc(BUCKETS, sizeof(int64_t));
  if (histogram->counts == NULL) fail("out of memory");
  histogram_clear(histogram);
}

void histogram_clear(struct histogram *histogram) {
  memset(histogram->counts, 0, BUCKETS * sizeof(int64_t));
  histogram->total = 0;
  histogram->max = 0;
}

void histogram_record(struct histogram *histogram, int64_t nanos) {
  histogram->counts[bucket_of(nanos)]++;
  histogram->total++;
  if (nanos > histogram->max) histogram->max = nanos;
}

int64_t histogram_percentile(const struct histogram *histogram, double percentile) {
  int64_t wanted = (int64_t)((double)histogram->total * percentile / 100 + 0.5), seen = 0;
  for (size_t bucket = 0; bucket < BUCKETS; bucket++) {
    seen += histogram->counts[bucket];
    if (seen >= wanted && seen > 0) return highest_in(bucket);
  }
  return histogram->max;
}
