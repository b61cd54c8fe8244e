/*
 * A disk that fails on request: stands between a program and its file calls (LD_PRELOAD).
 *
 * The plan is a file that the test writes and every call reads, shared through mmap: rules can be armed,
 * counted and lifted while the program runs. Its layout is drawn in fault-plan.ts; both sides must agree.
 *
 * A call whose file's path contains the text of a rule ("$" at its end: ends with it), and whose range
 * touches that of the rule, matches it. The first `skip` matches pass, the next `times` are hit.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define RULES_MAX 8
#define PATH_BYTES 192

enum call { CALL_SYNC = 1, CALL_WRITE = 2, CALL_READ = 3, CALL_TRUNCATE = 4 };
enum action { ACTION_COUNT = 0, ACTION_FAIL = 1, ACTION_SHORT = 2, ACTION_DELAY = 3, ACTION_HOLD = 4 };

struct rule {
  uint32_t armed;
  uint32_t call;
  uint32_t action;
  uint32_t error_number;
  uint32_t skip;
  uint32_t times;
  uint32_t delay_ms;
  uint32_t short_bytes;
  uint64_t from;
  uint64_t to;
  uint32_t matched;
  uint32_t hit;
  uint32_t holding;
  uint32_t unused;
  char path[PATH_BYTES];
};

_Static_assert(sizeof(struct rule) == 256, "fault-plan.ts writes rules of 256 bytes");

static struct rule *rules;

__attribute__((constructor)) static void open_plan(void) {
  const char *path = getenv("DISK_FAULTS_PLAN");
  if (path == NULL) return;
  int fd = open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  void *shared = mmap(NULL, RULES_MAX * sizeof(struct rule), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (shared != MAP_FAILED) rules = shared;
}

static uint32_t load(uint32_t *value) { return __atomic_load_n(value, __ATOMIC_SEQ_CST); }

static void pause_ms(uint32_t ms) {
  struct timespec rest = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
  while (nanosleep(&rest, &rest) != 0 && errno == EINTR) {
  }
}

static int path_has(int fd, const char *text, char *path, size_t size) {
  if (path[0] == '\0') {
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length <= 0) return 0;
    path[length] = '\0';
  }
  size_t length = strlen(text);
  if (length == 0 || text[length - 1] != '$') return strstr(path, text) != NULL;
  size_t end = strlen(path);
  return end >= length - 1 && strncmp(path + end - (length - 1), text, length - 1) == 0;
}

/* Returns the errno to fail with, or 0; may shorten `length`. */
static int meet(enum call call, int fd, uint64_t position, size_t *length) {
  char path[4096] = "";
  if (rules == NULL) return 0;
  for (int i = 0; i < RULES_MAX; i++) {
    struct rule *rule = &rules[i];
    if (load(&rule->armed) == 0 || rule->call != call) continue;
    if (rule->to != 0 && (position >= rule->to || position + *length <= rule->from)) continue;
    if (!path_has(fd, rule->path, path, sizeof path)) continue;
    uint32_t number = __atomic_fetch_add(&rule->matched, 1, __ATOMIC_SEQ_CST);
    if (number < rule->skip || number - rule->skip >= rule->times) continue;
    __atomic_fetch_add(&rule->hit, 1, __ATOMIC_SEQ_CST);
    switch (rule->action) {
    case ACTION_FAIL:
      /* A device gives what lies before the bad place, and fails at the place. */
      if (rule->to != 0 && position < rule->from) {
        *length = rule->from - position;
        break;
      }
      return (int)rule->error_number;
    case ACTION_SHORT:
      if (*length > rule->short_bytes) *length = rule->short_bytes;
      break;
    case ACTION_DELAY:
      pause_ms(rule->delay_ms);
      break;
    case ACTION_HOLD:
      __atomic_fetch_add(&rule->holding, 1, __ATOMIC_SEQ_CST);
      while (load(&rule->armed) != 0) pause_ms(1);
      __atomic_fetch_sub(&rule->holding, 1, __ATOMIC_SEQ_CST);
      break;
    default:
      break;
    }
  }
  return 0;
}

#define REAL(type, name, ...)                                                                     \
  static type (*real)(__VA_ARGS__);                                                               \
  if (real == NULL) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

#define REFUSE_IF(error)                                                                          \
  do {                                                                                            \
    int refused = (error);                                                                        \
    if (refused != 0) {                                                                           \
      errno = refused;                                                                            \
      return -1;                                                                                  \
    }                                                                                             \
  } while (0)

#define SYNC(name)                                                                                \
  int name(int fd) {                                                                              \
    REAL(int, name, int);                                                                         \
    size_t length = 0;                                                                            \
    REFUSE_IF(meet(CALL_SYNC, fd, 0, &length));                                                   \
    return real(fd);                                                                              \
  }

SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name)                                                                            \
  int name(int fd, off_t size) {                                                                  \
    REAL(int, name, int, off_t);                                                                  \
    size_t length = 0;                                                                            \
    REFUSE_IF(meet(CALL_TRUNCATE, fd, 0, &length));                                               \
    return real(fd, size);                                                                        \
  }

TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define TRANSFER(name, call, buffer_type)                                                         \
  ssize_t name(int fd, buffer_type buffer, size_t length, off_t position) {                       \
    REAL(ssize_t, name, int, buffer_type, size_t, off_t);                                         \
    REFUSE_IF(meet(call, fd, (uint64_t)position, &length));                                       \
    return real(fd, buffer, length, position);                                                    \
  }

TRANSFER(pread, CALL_READ, void *)
TRANSFER(pread64, CALL_READ, void *)
TRANSFER(pwrite, CALL_WRITE, const void *)
TRANSFER(pwrite64, CALL_WRITE, const void *)

/* Shortened to `length` bytes in all; returns how many pieces are left. */
static int shorten(const struct iovec *from, int count, struct iovec *to, size_t length) {
  int i = 0;
  for (; i < count && length > 0; i++) {
    to[i] = from[i];
    if (to[i].iov_len > length) to[i].iov_len = length;
    length -= to[i].iov_len;
  }
  return i;
}

static size_t bytes_of(const struct iovec *pieces, int count) {
  size_t bytes = 0;
  for (int i = 0; i < count; i++) bytes += pieces[i].iov_len;
  return bytes;
}

#define TRANSFER_PIECES(name, call)                                                               \
  ssize_t name(int fd, const struct iovec *pieces, int count, off_t position) {                   \
    REAL(ssize_t, name, int, const struct iovec *, int, off_t);                                   \
    size_t wanted = bytes_of(pieces, count);                                                      \
    size_t length = wanted;                                                                       \
    REFUSE_IF(meet(call, fd, (uint64_t)position, &length));                                       \
    if (length == wanted || count > IOV_MAX_PIECES) return real(fd, pieces, count, position);     \
    struct iovec shorter[IOV_MAX_PIECES];                                                         \
    return real(fd, shorter, shorten(pieces, count, shorter, length), position);                  \
  }

#define IOV_MAX_PIECES 1024

TRANSFER_PIECES(preadv, CALL_READ)
TRANSFER_PIECES(preadv64, CALL_READ)
TRANSFER_PIECES(pwritev, CALL_WRITE)
TRANSFER_PIECES(pwritev64, CALL_WRITE)
