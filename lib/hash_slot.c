/* Bounds how many passwords are hashed at a time, see hash_slot.h. */
#include "hash_slot.h"
#include "clock.h"
#include "config.h"
#include "log.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define WAIT_MAX 5000 /* ms */
#define WAIT_STEP 5   /* ms: flock() knows no time-out, and a hash takes 300 */

/* Of this process, for when there are no lock files. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long busy;
static atomic_bool complained;

enum outcome { TAKEN, ALL_BUSY, NO_FILES };

static long slot_count(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	return cores < 4 ? 1 : cores / 2;
}

/* Opened for reading, which is enough for flock(): whoever created the file, root's hichatctl
 * or the web server's user, keeps nobody else out. */
static int open_lock(const struct config *config, long number)
{
	char path[PATH_MAX];

	if (snprintf(path, sizeof path, "%s/hash-slot.%ld", config->serve.runtime_directory,
		number) >= (int)sizeof path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return open(path, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0644);
}

static enum outcome take_file(const struct config *config, struct hash_slot *slot)
{
	int reason;

	for (long i = 0; i < slot_count(); i++) {
		slot->fd = open_lock(config, i);
		if (slot->fd < 0)
			return NO_FILES;
		if (flock(slot->fd, LOCK_EX | LOCK_NB) == 0)
			return TAKEN;
		reason = errno;
		close(slot->fd);
		errno = reason;
		if (reason != EWOULDBLOCK && reason != EINTR)
			return NO_FILES;
	}
	return ALL_BUSY;
}

static enum outcome take_own(struct hash_slot *slot)
{
	enum outcome outcome = ALL_BUSY;

	slot->fd = -1;
	pthread_mutex_lock(&mutex);
	if (busy < slot_count()) {
		busy++;
		outcome = TAKEN;
	}
	pthread_mutex_unlock(&mutex);
	return outcome;
}

static enum outcome take(const struct config *config, struct hash_slot *slot)
{
	enum outcome outcome = take_file(config, slot);

	if (outcome != NO_FILES)
		return outcome;
	if (!atomic_exchange(&complained, true))
		LOG(WARNING,
		    "no lock files: only this process is kept from hashing too much at once",
		    LOG_FIELD("runtime_directory", config->serve.runtime_directory),
		    LOG_FIELD("reason", strerror(errno)));
	return take_own(slot);
}

bool hash_slot_take(const struct config *config, struct hash_slot *slot)
{
	const struct timespec step = {.tv_nsec = WAIT_STEP * 1000000L};
	int64_t until = clock_monotonic_ms() + WAIT_MAX;

	while (take(config, slot) != TAKEN) {
		if (clock_monotonic_ms() >= until)
			return false;
		nanosleep(&step, NULL);
	}
	return true;
}

void hash_slot_release(struct hash_slot *slot)
{
	if (slot->fd >= 0) {
		close(slot->fd);
		return;
	}
	pthread_mutex_lock(&mutex);
	busy--;
	pthread_mutex_unlock(&mutex);
}
