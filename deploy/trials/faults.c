/* Makes chosen writes, fsyncs and renames of a program fail, for trials of what it does then. Linux only.
 *
 *   gcc -shared -fPIC -O2 -o faults.so faults.c -ldl
 *   LD_PRELOAD=./faults.so LOANRISK_FAULTS=rules.txt PROGRAM
 *
 * The file of rules has one a line: CALL PART NTH TIMES ERRNO. CALL is write, fsync or rename; PART is a part of the file's path; from the NTH call on such a path
 * on (the first is 1), TIMES calls fail with ERRNO (a number: 5 is EIO, 28 is ENOSPC); TIMES 0 is all of them. The file is read anew whenever it is replaced,
 * and counting begins anew. Without the file nothing fails. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_RULES 16

struct rule { char call[16]; char part[256]; long nth; long times; int error; long seen; };

static struct rule rules[MOST_RULES];
static int rule_count;
static struct stat read_as;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void read_rules(const char *path, const struct stat *now) {
    read_as = *now;
    rule_count = 0;
    FILE *file = fopen(path, "r");
    if (!file) return;
    struct rule rule = {0};
    while (rule_count < MOST_RULES && fscanf(file, "%15s %255s %ld %ld %d", rule.call, rule.part, &rule.nth, &rule.times, &rule.error) == 5)
        rules[rule_count++] = rule;
    fclose(file);
}

/* 0, or the error the call is to fail with. */
static int verdict(const char *call, const char *path) {
    const char *file = getenv("LOANRISK_FAULTS");
    struct stat now;
    if (!file || stat(file, &now) != 0 || !path) return 0;
    int error = 0;
    pthread_mutex_lock(&lock);
    if (now.st_ino != read_as.st_ino || now.st_size != read_as.st_size || now.st_mtim.tv_sec != read_as.st_mtim.tv_sec || now.st_mtim.tv_nsec != read_as.st_mtim.tv_nsec)
        read_rules(file, &now);
    for (int i = 0; i < rule_count && !error; i++) {
        struct rule *rule = &rules[i];
        if (strcmp(rule->call, call) != 0 || !strstr(path, rule->part)) continue;
        rule->seen++;
        if (rule->seen >= rule->nth && (rule->times == 0 || rule->seen < rule->nth + rule->times)) error = rule->error;
    }
    pthread_mutex_unlock(&lock);
    return error;
}

static int verdict_of(const char *call, int fd) {
    if (!getenv("LOANRISK_FAULTS")) return 0;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return path[0] == '/' ? verdict(call, path) : 0; /* not pipes and sockets */
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define REFUSE(error) do { int refused = (error); if (refused) { errno = refused; return -1; } } while (0)

ssize_t write(int fd, const void *b, size_t n) { REAL(write); REFUSE(verdict_of("write", fd)); return real(fd, b, n); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t at) { REAL(pwrite); REFUSE(verdict_of("write", fd)); return real(fd, b, n, at); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t at) { REAL(pwrite64); REFUSE(verdict_of("write", fd)); return real(fd, b, n, at); }
ssize_t writev(int fd, const struct iovec *v, int n) { REAL(writev); REFUSE(verdict_of("write", fd)); return real(fd, v, n); }
ssize_t pwritev(int fd, const struct iovec *v, int n, off_t at) { REAL(pwritev); REFUSE(verdict_of("write", fd)); return real(fd, v, n, at); }
ssize_t pwritev64(int fd, const struct iovec *v, int n, off64_t at) { REAL(pwritev64); REFUSE(verdict_of("write", fd)); return real(fd, v, n, at); }
int fsync(int fd) { REAL(fsync); REFUSE(verdict_of("fsync", fd)); return real(fd); }
int fdatasync(int fd) { REAL(fdatasync); REFUSE(verdict_of("fsync", fd)); return real(fd); }
int rename(const char *from, const char *to) { REAL(rename); REFUSE(verdict("rename", to)); return real(from, to); }
int renameat(int a, const char *from, int b, const char *to) { REAL(renameat); REFUSE(verdict("rename", to)); return real(a, from, b, to); }
