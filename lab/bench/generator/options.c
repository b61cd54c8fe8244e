/* The command line: `generator MODE --name value ...`. */
#include "generator.h"
#include <stdlib.h>
#include <string.h>

static int64_t integer(const char *name, const char *value, int64_t min, int64_t max) {
  char *end;
  int64_t number = strtoll(value, &end, 10);
  if (*value == '\0' || *end != '\0' || number < min || number > max)
    fail("%s must be an integer from %lld to %lld, not \"%s\"", name, (long long)min,
         (long long)max, value);
  return number;
}

static double decimal(const char *name, const char *value) {
  char *end;
  double number = strtod(value, &end);
  if (*value == '\0' || *end != '\0' || !(number >= 0))
    fail("%s must be a number, not \"%s\"", name, value);
  return number;
}

static void add(struct settings *settings, const char *pair) {
  if (strchr(pair, '=') == NULL) fail("a setting is key=value, not \"%s\"", pair);
  if (settings->count == MAX_SETTINGS) fail("at most %d settings", MAX_SETTINGS);
  settings->pairs[settings->count++] = pair;
}

struct options parse_options(int argc, char **argv) {
  struct options options = {
      .brokers = "127.0.0.1:9092",
      .partitions = 1,
      .record_bytes = 100,
      .seconds = 5,
      .warm_up_max_bytes = INT64_MAX,
      .max_bytes = INT64_MAX,
  };
  if (argc < 2 || argc % 2 != 0) fail("usage: generator MODE [--name value]...");
  options.mode = argv[1];
  for (int i = 2; i < argc; i += 2) {
    const char *name = argv[i], *value = argv[i + 1];
    if (strcmp(name, "--brokers") == 0) options.brokers = value;
    else if (strcmp(name, "--topic") == 0) options.topic = value;
    else if (strcmp(name, "--partitions") == 0)
      options.partitions = (int)integer(name, value, 1, MAX_PARTITIONS);
    else if (strcmp(name, "--record-bytes") == 0)
      options.record_bytes = (size_t)integer(name, value, 16, 1000000);
    else if (strcmp(name, "--warm-up-seconds") == 0) options.warm_up_seconds = decimal(name, value);
    else if (strcmp(name, "--seconds") == 0) options.seconds = decimal(name, value);
    else if (strcmp(name, "--warm-up-max-bytes") == 0)
      options.warm_up_max_bytes = integer(name, value, 0, INT64_MAX);
    else if (strcmp(name, "--max-bytes") == 0)
      options.max_bytes = integer(name, value, 0, INT64_MAX);
    else if (strcmp(name, "--rate") == 0) options.rate = integer(name, value, 0, 10000000);
    else if (strcmp(name, "--records") == 0) options.records = integer(name, value, 0, INT64_MAX);
    else if (strcmp(name, "--producer") == 0) add(&options.producer, value);
    else if (strcmp(name, "--consumer") == 0) add(&options.consumer, value);
    else if (strcmp(name, "--topic-config") == 0) add(&options.topic_config, value);
    else fail("unknown option \"%s\"", name);
  }
  if (options.topic == NULL) fail("--topic is required");
  return options;
}
