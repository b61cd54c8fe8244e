/* Sends as fast as it goes: `produce` for a while, measured; `fill` a number of records. */
#include "generator.h"
#include <inttypes.h>
#include <stdio.h>

/* Reading the clock and the reports now and then costs nothing; for each record it would show. */
#define RECORDS_PER_LOOK 200

static void send_until(struct sender *sender, int64_t end_nanos, int64_t end_acked_bytes) {
  for (;;) {
    int64_t now = now_nanos();
    if (now >= end_nanos || sender->acked_bytes >= end_acked_bytes) return;
    for (int i = 0; i < RECORDS_PER_LOOK; i++) sender_send(sender, now);
    sender_poll(sender, 0);
  }
}

static int64_t plus(int64_t base, int64_t more) {
  return more > INT64_MAX - base ? INT64_MAX : base + more;
}

int run_produce(const struct options *options) {
  struct sender sender;
  sender_open(&sender, options);
  send_until(&sender, now_nanos() + (int64_t)(options->warm_up_seconds * NANOS_PER_SECOND),
             options->warm_up_max_bytes);

  puts("{\"event\":\"begin\"}");
  int64_t begin = now_nanos(), begin_records = sender.acked_records,
          begin_bytes = sender.acked_bytes;
  double begin_cpu = cpu_seconds();
  send_until(&sender, begin + (int64_t)(options->seconds * NANOS_PER_SECOND),
             plus(begin_bytes, options->max_bytes));
  int64_t end = now_nanos();
  printf("{\"event\":\"end\",\"seconds\":%.6f,\"records\":%" PRId64 ",\"bytes\":%" PRId64
         ",\"clientCpuSeconds\":%.3f}\n",
         (double)(end - begin) / NANOS_PER_SECOND, sender.acked_records - begin_records,
         sender.acked_bytes - begin_bytes, cpu_seconds() - begin_cpu);
  sender_close(&sender);
  printf("{\"event\":\"done\",\"acked\":%" PRId64 "}\n", sender.acked_records);
  return 0;
}

int run_fill(const struct options *options) {
  struct sender sender;
  sender_open(&sender, options);
  for (int64_t sent = 0; sent < options->records; sent++) {
    sender_send(&sender, 0);
    if (sent % RECORDS_PER_LOOK == 0) sender_poll(&sender, 0);
  }
  sender_close(&sender);
  printf("{\"event\":\"done\",\"acked\":%" PRId64 "}\n", sender.acked_records);
  return 0;
}
