/* Starts and stops a private Redis, see redis_server.h. */
#include "redis_server.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TRIES 2000 /* of 5 ms */

static const char *const places[] = {
    "/usr/bin/redis-server", "/usr/local/bin/redis-server", "/usr/sbin/redis-server"};

static const char *program(void)
{
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
		if (access(places[i], X_OK) == 0)
			return places[i];
	return NULL;
}

bool redis_server_possible(void)
{
	return program() != NULL;
}

bool redis_server_prepare(struct redis_server *server)
{
	*server = (struct redis_server){.directory = "/tmp/hichat-redis.XXXXXX"};
	if (mkdtemp(server->directory) == NULL)
		return false;
	snprintf(server->socket, sizeof server->socket, "%s/socket", server->directory);
	return true;
}

static bool answers(const struct redis_server *server)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char answer[8];
	bool good;

	strncpy(address.sun_path, server->socket, sizeof address.sun_path - 1);
	/* An error is an answer, too: it may want a password. */
	good = connect(fd, (struct sockaddr *)&address, sizeof address) == 0 &&
	       send(fd, "PING\r\n", 6, MSG_NOSIGNAL) == 6 && read(fd, answer, sizeof answer) > 0;
	close(fd);
	return good;
}

static void run(const struct redis_server *server, const char *password)
{
	int nowhere = open("/dev/null", O_WRONLY);

	prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that aborts leaves no server behind */
	dup2(nowhere, STDOUT_FILENO);
	execl(program(), "redis-server", "--port", "0", "--unixsocket", server->socket, "--dir",
	    server->directory, "--save", "", "--appendonly", "no", "--requirepass",
	    password == NULL ? "" : password, (char *)NULL);
	_exit(127);
}

bool redis_server_start(struct redis_server *server, const char *password)
{
	const struct timespec step = {.tv_nsec = 5000000};

	unlink(server->socket);
	server->pid = fork();
	if (server->pid == 0)
		run(server, password);
	for (int i = 0; i < TRIES && waitpid(server->pid, NULL, WNOHANG) == 0; i++) {
		if (answers(server))
			return true;
		nanosleep(&step, NULL);
	}
	return false;
}

void redis_server_kill(struct redis_server *server)
{
	if (server->pid <= 0)
		return;
	kill(server->pid, SIGKILL);
	waitpid(server->pid, NULL, 0);
	server->pid = 0;
}

void redis_server_remove(struct redis_server *server)
{
	redis_server_kill(server);
	unlink(server->socket);
	rmdir(server->directory);
}
