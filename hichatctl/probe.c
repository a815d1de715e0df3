/* A small HTTP client for one question. */
#include "probe.h"
#include "arena.h"
#include <errno.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#define SECONDS 3
#define ANSWER_ROOM 512

static int connect_to(int family, const struct sockaddr *address, socklen_t length)
{
	struct timeval limit = {.tv_sec = SECONDS};
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit)); /* for connect(2), too */
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	if (connect(fd, address, length) == 0)
		return fd;
	close(fd);
	return -1;
}

static int connect_unix(const char *path, const char **why)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd;

	if (strlen(path) >= sizeof(address.sun_path)) {
		*why = "the path is too long for a socket";
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	fd = connect_to(AF_UNIX, (const struct sockaddr *)&address, sizeof(address));
	*why = fd < 0 ? strerror(errno) : NULL;
	return fd;
}

static int connect_host(const char *host, const char *port, const char **why)
{
	struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
	struct addrinfo *found;
	int fd = -1, failure = getaddrinfo(host, port, &hints, &found);

	if (failure != 0) {
		*why = gai_strerror(failure);
		return -1;
	}
	for (struct addrinfo *at = found; at != NULL && fd < 0; at = at->ai_next)
		fd = connect_to(at->ai_family, at->ai_addr, at->ai_addrlen);
	*why = fd < 0 ? strerror(errno) : NULL;
	freeaddrinfo(found);
	return fd;
}

static int open_socket(struct arena *arena, const char *listen, const char **why)
{
	static const char prefix[] = "unix:";
	const char *colon = strrchr(listen, ':');
	bool bracketed = listen[0] == '[';
	const char *host;

	if (strncmp(listen, prefix, strlen(prefix)) == 0)
		return connect_unix(listen + strlen(prefix), why);
	if (colon == NULL) {
		*why = "it is no address and port";
		return -1;
	}
	host = bracketed ? arena_text_n(arena, listen + 1, (size_t)(colon - listen) - 2)
			 : arena_text_n(arena, listen, (size_t)(colon - listen));
	return connect_host(host, colon + 1, why);
}

static int ask(struct arena *arena, int fd, const char *path, const char **why)
{
	const char *request = arena_printf(
	    arena, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path);
	char *answer = arena_alloc(arena, ANSWER_ROOM);

	*why = "it does not answer as HTTP does";
	if (send(fd, request, strlen(request), MSG_NOSIGNAL) != (ssize_t)strlen(request) ||
	    recv(fd, answer, ANSWER_ROOM - 1, 0) <= 0) {
		*why = "it does not answer";
		return 0;
	}
	if (strncmp(answer, "HTTP/1.", 7) != 0 || strlen(answer) < 12)
		return 0;
	return (int)strtol(answer + 9, NULL, 10);
}

int probe_http(struct arena *arena, const char *listen, const char *path, const char **why)
{
	int fd = open_socket(arena, listen, why);
	int status;

	if (fd < 0)
		return 0;
	status = ask(arena, fd, path, why);
	close(fd);
	return status;
}
