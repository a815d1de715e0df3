/* Running the process, and taking what it writes. */
#include "picture.h"

#include "clock.h"
#include "picture_output.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "picture"
#define AT_A_TIME 2 /* each may take much memory */
#define PATIENCE_MS 25000
#define OUTPUT_MAX ((size_t)4 * 1024 * 1024)
#define PIECE ((size_t)64 * 1024)

struct picture_maker {
	char path[4096]; /* "": there is none */
	sem_t places;
};

struct picture_maker *picture_maker_new(void)
{
	struct picture_maker *maker = calloc(1, sizeof(*maker));
	ssize_t length;
	char *name;

	if (maker == NULL)
		abort();
	sem_init(&maker->places, 0, AT_A_TIME);
	length = readlink("/proc/self/exe", maker->path, sizeof(maker->path) - sizeof(PROGRAM));
	maker->path[length > 0 ? length : 0] = '\0';
	name = strrchr(maker->path, '/');
	if (name != NULL)
		strcpy(name + 1, PROGRAM); /* NOLINT: there is room, see above */
	if (name == NULL || access(maker->path, X_OK) != 0) {
		maker->path[0] = '\0';
		LOG(INFO,
		    "images get no previews here: the program `" PROGRAM "` is not installed");
	}
	return maker;
}

void picture_maker_free(struct picture_maker **maker)
{
	if (*maker == NULL)
		return;
	sem_destroy(&(*maker)->places);
	free(*maker);
	*maker = NULL;
}

/* From `input` to *output; -1 when it cannot be started. */
static pid_t start(const struct picture_maker *maker, const char *side, int input, int *output)
{
	char *const words[] = {(char *)maker->path, (char *)side, NULL};
	/* One heap, and nothing in temporary files, which it may not make. */
	char heaps[] = "MALLOC_ARENA_MAX=1", threshold[] = "VIPS_DISC_THRESHOLD=4g";
	char *const environment[] = {heaps, threshold, NULL};
	posix_spawn_file_actions_t actions;
	int ends[2];
	pid_t child;
	int failure;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return -1;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	failure = posix_spawn(&child, maker->path, &actions, NULL, words, environment);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	*output = ends[0];
	if (failure == 0)
		return child;
	close(ends[0]);
	errno = failure;
	return -1;
}

struct output {
	unsigned char *bytes;
	size_t length;
};

/* To its end, or until it is too much or too late: then the process is killed. */
static void collect(struct request *req, int from, pid_t child, struct output *output)
{
	int64_t deadline = clock_monotonic_ms() + PATIENCE_MS;
	struct pollfd readable = {.fd = from, .events = POLLIN};
	size_t room = 0;

	for (;;) {
		int64_t left = deadline - clock_monotonic_ms();
		ssize_t count = -1;

		if (room == output->length) {
			unsigned char *more = arena_alloc(req->arena, room + room / 2 + PIECE);

			if (output->length > 0)
				memcpy(more, output->bytes, output->length);
			output->bytes = more;
			room += room / 2 + PIECE;
		}
		if (left > 0 && output->length < OUTPUT_MAX && poll(&readable, 1, (int)left) > 0)
			count = read(from, output->bytes + output->length, room - output->length);
		if (count <= 0) {
			if (count < 0)
				(void)kill(child, SIGKILL);
			return;
		}
		output->length += (size_t)count;
	}
}

static int await(pid_t child)
{
	int status = -1;

	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static const struct error *stage(
    struct request *req, const unsigned char *bytes, size_t length, struct staged *staged)
{
	TRY(staging_new(req, staged));
	return staging_append(staged, (const char *)bytes, length);
}

static const struct error *take(
    struct request *req, const struct output *output, struct pictures *pictures)
{
	struct picture_head head;
	const unsigned char *next = output->bytes + sizeof(head);

	if (output->length < sizeof(head))
		return FAIL(INTERNAL);
	memcpy(&head, output->bytes, sizeof(head));
	if (head.magic != PICTURE_MAGIC || head.thumbnail == 0 || head.preview == 0 ||
	    output->length - sizeof(head) != (size_t)head.thumbnail + head.preview)
		return FAIL(INTERNAL);
	TRY(stage(req, next, head.thumbnail, &pictures->thumbnail));
	TRY(stage(req, next + head.thumbnail, head.preview, &pictures->preview));
	pictures->placeholder =
	    arena_text_n(req->arena, head.placeholder, strnlen(head.placeholder, 32));
	return NULL;
}

/* Whether it went beyond what an image may cost, or harmed the decoder: no limit of this machine,
 * and no system call that was forgotten. */
static bool died_of_it(int status)
{
	return WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL && WTERMSIG(status) != SIGSYS;
}

const struct error *pictures_make(struct request *req, struct picture_maker *maker,
    const struct staged *image, int side, struct pictures *pictures)
{
	struct output output = {NULL, 0};
	int from = -1, status = -1;
	pid_t child;

	*pictures = (struct pictures){.placeholder = NULL};
	if (maker->path[0] == '\0' || lseek(image->file, 0, SEEK_SET) != 0)
		return NULL;
	while (sem_wait(&maker->places) != 0)
		;
	child = start(maker, arena_printf(req->arena, "%d", side), image->file, &from);
	if (child > 0) {
		collect(req, from, child, &output);
		close(from);
		status = await(child);
	}
	sem_post(&maker->places);
	if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == PICTURE_REFUSED)
		return FAIL(BAD_MEDIA);
	if (child > 0 && died_of_it(status)) {
		LOG(WARNING, "an image was refused: its decoder died of it",
		    LOG_FIELD("signal", WTERMSIG(status)), LOG_FIELD("size", image->size));
		return FAIL(MEDIA_TOO_COMPLEX);
	}
	if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == PICTURE_DONE)
		return take(req, &output, pictures);
	LOG(WARNING, "an image got no previews", LOG_FIELD("status", status),
	    LOG_FIELD("size", image->size));
	return NULL;
}
