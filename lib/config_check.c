/* Checks of single values, see config_check.h. */
#include "config_check.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define SOCKET_PATH_MAX 107 /* sun_path without its NUL */

static bool starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

const char *check_socket(const char *text)
{
	return *text == '/' ? NULL : "the whole path of a socket, beginning with /";
}

const char *check_directory(const char *text)
{
	return *text == '/' ? NULL : "the whole path of a directory, beginning with /";
}

const char *check_destination(const char *text)
{
	if (*text == '/' || strcmp(text, "stderr") == 0 || strcmp(text, "syslog") == 0)
		return NULL;
	return "stderr, syslog or the whole path of a file, beginning with /";
}

const char *check_level(const char *text)
{
	static const char *const levels[] = {"error", "warning", "info", "debug"};

	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
		if (strcmp(text, levels[i]) == 0)
			return NULL;
	return "error, warning, info or debug";
}

const char *check_prefix(const char *text)
{
	for (; *text != '\0'; text++)
		if (!isalnum((unsigned char)*text) && strchr("_.-", *text) == NULL)
			return "made of letters, digits, _ . and - only";
	return NULL;
}

/* Digits only, 1 to 65535. */
static bool is_port(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits > 0 && digits <= 5 && text[digits] == '\0' && atoi(text) > 0 &&
	       atoi(text) <= 65535;
}

/* wsd speaks no TLS and trusts the address its web server names: nobody else may reach it. */
static bool is_loopback(const char *address, size_t length)
{
	char text[64];
	struct in_addr v4;

	if (length >= sizeof text)
		return false;
	memcpy(text, address, length);
	text[length] = '\0';
	if (strcmp(text, "[::1]") == 0 || strcmp(text, "localhost") == 0)
		return true;
	return inet_pton(AF_INET, text, &v4) == 1 && ntohl(v4.s_addr) >> 24 == 127;
}

const char *check_listen(const char *text)
{
	const char *colon = strrchr(text, ':');

	if (starts_with(text, "unix:/") && strlen(text + 5) <= SOCKET_PATH_MAX)
		return NULL;
	if (colon != NULL && is_port(colon + 1) && is_loopback(text, (size_t)(colon - text)))
		return NULL;
	return "127.0.0.1:port, [::1]:port or unix:/path: the web server stands before it";
}

const char *check_url(const char *text)
{
	if (strpbrk(text, " \"'<>\\") == NULL &&
	    (*text == '/' || starts_with(text, "wss://") || starts_with(text, "ws://")))
		return NULL;
	return "a path beginning with /, or a whole ws:// or wss:// address";
}

const char *check_path(const char *text)
{
	if (*text == '/' && text[1] != '/' && strpbrk(text, " \"'<>\\?#") == NULL &&
	    text[strlen(text) - 1] != '/')
		return NULL;
	return "a path beginning with / and not ending with one";
}

/* As browsers send it: scheme, host, port unless usual; in small letters, nothing after. */
static bool is_origin(const char *text, size_t length)
{
	const char *host = text;

	if (length > 8 && starts_with(text, "https://"))
		host += 8;
	else if (length > 7 && starts_with(text, "http://"))
		host += 7;
	else
		return false;
	for (; host < text + length; host++)
		if (isupper((unsigned char)*host) ||
		    (!isalnum((unsigned char)*host) && strchr(".-:[]", *host) == NULL))
			return false;
	return true;
}

const char *check_store(const char *text)
{
	return strcmp(text, "directory") == 0 || strcmp(text, "s3") == 0 ? NULL : "directory or s3";
}

const char *check_endpoint(const char *text)
{
	return is_origin(text, strlen(text))
		   ? NULL
		   : "https://host or http://host:port, in small letters, nothing behind";
}

const char *check_key_prefix(const char *text)
{
	const char *last = text + strlen(text) - 1;

	if (*text == '/' || *last == '/' || strstr(text, "//") != NULL)
		return "without a slash at its beginning or end";
	for (; *text != '\0'; text++)
		if (!isalnum((unsigned char)*text) && strchr("/_.-", *text) == NULL)
			return "made of letters, digits, / _ . and - only";
	return NULL;
}

const char *check_origins(const char *text)
{
	if (strcmp(text, "*") == 0)
		return NULL;
	for (text += strspn(text, ", "); *text != '\0'; text += strspn(text, ", ")) {
		size_t length = strcspn(text, ", ");

		if (!is_origin(text, length))
			return "*, or origins separated by commas,"
			       " like https://chat.example.org or http://localhost:8080";
		text += length;
	}
	return NULL;
}
