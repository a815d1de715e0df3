/* CGI and FastCGI as one thing. */
#include "gateway.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

const char *gateway_variable(const struct gateway *gateway, const char *name)
{
	size_t length = strlen(name);

	for (char **entry = gateway->variables; *entry != NULL; entry++)
		if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=')
			return *entry + length + 1;
	return NULL;
}

static long read_descriptor(void *stream, char *buffer, size_t size)
{
	ssize_t count;

	(void)stream;
	do
		count = read(STDIN_FILENO, buffer, size);
	while (count < 0 && errno == EINTR);
	return count;
}

static bool write_descriptor(void *stream, const char *bytes, size_t size)
{
	(void)stream;
	while (size > 0) {
		ssize_t count = write(STDOUT_FILENO, bytes, size);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return false;
		bytes += count;
		size -= (size_t)count;
	}
	return true;
}

void gateway_open_cgi(struct gateway *gateway)
{
	*gateway = (struct gateway){environ, NULL, read_descriptor, write_descriptor, false};
}
