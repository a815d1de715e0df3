/* CGI and FastCGI as one thing. */
#include "gateway.h"

#include <errno.h>
#include <fcgiapp.h>
#include <limits.h>
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
	*gateway = (struct gateway){environ, NULL, read_descriptor, write_descriptor};
}

static long read_fcgi(void *stream, char *buffer, size_t size)
{
	FCGX_Request *request = stream;
	int count = FCGX_GetStr(buffer, size > INT_MAX ? INT_MAX : (int)size, request->in);

	return FCGX_GetError(request->in) != 0 ? -1 : count;
}

static bool write_fcgi(void *stream, const char *bytes, size_t size)
{
	FCGX_Request *request = stream;

	for (size_t done = 0; done < size;) {
		int piece = size - done > INT_MAX ? INT_MAX : (int)(size - done);

		if (FCGX_PutStr(bytes + done, piece, request->out) != piece)
			return false;
		done += (size_t)piece;
	}
	return true;
}

void gateway_open_fcgi(struct gateway *gateway, struct FCGX_Request *request)
{
	*gateway = (struct gateway){request->envp, request, read_fcgi, write_fcgi};
}
