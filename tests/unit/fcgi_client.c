/* FastCGI 1.0 from the side of the web server. */
#include "fcgi_client.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum record_type {
	BEGIN_REQUEST = 1,
	END_REQUEST = 3,
	PARAMS = 4,
	STDIN = 5,
	STDOUT = 6,
};

#define HEADER_SIZE 8
#define CONTENT_MAX 65535
#define REQUEST_ID 1

static struct sockaddr_un address_of(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	assert(strlen(path) < sizeof(address.sun_path));
	memcpy(address.sun_path, path, strlen(path));
	return address;
}

int fcgi_listen(const char *path)
{
	struct sockaddr_un address = address_of(path);
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	unlink(path);
	if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 ||
	    listen(listener, 128) != 0)
		abort();
	return listener;
}

int fcgi_connect(const char *path)
{
	struct sockaddr_un address = address_of(path);
	int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (connection < 0 ||
	    connect(connection, (struct sockaddr *)&address, sizeof(address)) != 0)
		abort();
	return connection;
}

static void write_all(int connection, const void *bytes, size_t size)
{
	const char *next = bytes;

	while (size > 0) {
		ssize_t count = send(connection, next, size, MSG_NOSIGNAL);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return; /* the program may refuse a body without reading it */
		next += count;
		size -= (size_t)count;
	}
}

static bool read_all(int connection, void *bytes, size_t size)
{
	char *next = bytes;

	while (size > 0) {
		ssize_t count = read(connection, next, size);

		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return false;
		next += count;
		size -= (size_t)count;
	}
	return true;
}

static void send_record(int connection, enum record_type type, const void *content, size_t length)
{
	const unsigned char header[HEADER_SIZE] = {1, (unsigned char)type, 0, REQUEST_ID,
	    (unsigned char)(length >> 8), (unsigned char)length, 0, 0};

	assert(length <= CONTENT_MAX);
	write_all(connection, header, sizeof(header));
	write_all(connection, content, length);
}

static size_t put_length(unsigned char *out, size_t length)
{
	if (length < 128) {
		out[0] = (unsigned char)length;
		return 1;
	}
	out[0] = (unsigned char)(length >> 24 | 0x80);
	out[1] = (unsigned char)(length >> 16);
	out[2] = (unsigned char)(length >> 8);
	out[3] = (unsigned char)length;
	return 4;
}

static void send_variable(int connection, const char *variable)
{
	const char *equals = strchr(variable, '=');
	size_t name = (size_t)(equals - variable);
	size_t value = strlen(equals + 1);
	unsigned char *content = malloc(8 + name + value);
	size_t size;

	assert(content != NULL);
	size = put_length(content, name);
	size += put_length(content + size, value);
	memcpy(content + size, variable, name);
	memcpy(content + size + name, equals + 1, value);
	send_record(connection, PARAMS, content, size + name + value);
	free(content);
}

void fcgi_begin(int connection, const char *const *variables, bool keep)
{
	const unsigned char begin[8] = {0, 1, keep, 0, 0, 0, 0, 0};

	send_record(connection, BEGIN_REQUEST, begin, sizeof(begin));
	for (; *variables != NULL; variables++)
		send_variable(connection, *variables);
	send_record(connection, PARAMS, "", 0);
}

void fcgi_send_body(int connection, const char *piece, size_t length)
{
	send_record(connection, STDIN, piece, length);
}

void fcgi_send(
    int connection, const char *const *variables, const char *body, size_t length, bool keep)
{
	fcgi_begin(connection, variables, keep);
	while (length > 0) {
		size_t piece = length < CONTENT_MAX ? length : CONTENT_MAX;

		fcgi_send_body(connection, body, piece);
		body += piece;
		length -= piece;
	}
	fcgi_send_body(connection, "", 0);
}

char *fcgi_receive(int connection)
{
	unsigned char header[HEADER_SIZE];
	char *answer = NULL;
	size_t size = 0;

	while (read_all(connection, header, sizeof(header))) {
		size_t length = (size_t)header[4] << 8 | header[5];
		size_t padded = length + header[6];
		char *grown = realloc(answer, size + padded + 1);

		assert(grown != NULL);
		answer = grown;
		if (!read_all(connection, answer + size, padded))
			break;
		if (header[1] == STDOUT)
			size += length;
		answer[size] = '\0';
		if (header[1] == END_REQUEST)
			return answer;
	}
	free(answer);
	return NULL;
}
