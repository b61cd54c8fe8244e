/* Picks the mode. */
#include "generator.h"
#include <stdio.h>
#include <string.h>

struct mode {
  const char *name;
  int (*run)(const struct options *options);
};

static const struct mode modes[] = {
    {"create", create_topic}, {"delete", delete_topic}, {"produce", run_produce},
    {"fill", run_fill},       {"consume", run_consume}, {"tail", run_tail},
    {"verify", run_verify},
};

int main(int argc, char **argv) {
  struct options options = parse_options(argc, argv);
  setvbuf(stdout, NULL, _IOLBF, 0);
  for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
    if (strcmp(modes[i].name, options.mode) == 0) return modes[i].run(&options);
  fail("unknown mode \"%s\": give create, delete, produce, fill, consume, tail or verify",
       options.mode);
}
