/* Addresses to listen at, see listener.h. */
#include "listener.h"
#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

void listener_read(struct listener *listener, const char *address)
{
	const char *colon = strrchr(address, ':');

	*listener = (struct listener){.port = 0};
	if (strncmp(address, "unix:", 5) == 0) {
		snprintf(listener->host, sizeof listener->host, "%s", address + 5);
		listener->options = LWS_SERVER_OPTION_UNIX_SOCK;
		return;
	}
	listener->port = atoi(colon + 1);
	if (*address == '[') {
		snprintf(listener->host, sizeof listener->host, "%.*s",
		    (int)strcspn(address + 1, "]"), address + 1);
		return;
	}
	/* Without this lws looks for an interface by that name. */
	listener->options = LWS_SERVER_OPTION_DISABLE_IPV6;
	snprintf(listener->host, sizeof listener->host, "%.*s", (int)(colon - address), address);
	if (strcmp(listener->host, "localhost") == 0)
		snprintf(listener->host, sizeof listener->host, "127.0.0.1");
}

bool listener_is_taken(const struct listener *listener)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	bool taken;
	int fd;

	if (listener->port != 0)
		return false;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return false;
	snprintf(address.sun_path, sizeof address.sun_path, "%s", listener->host);
	taken = connect(fd, (const struct sockaddr *)&address, sizeof address) == 0;
	close(fd);
	return taken;
}
