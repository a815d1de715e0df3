/* Requests without a web server. */
#include "pretend.h"

#include "clock.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define VARIABLES_MAX 32

static long read_memory(void *stream, char *buffer, size_t size)
{
	struct pretend *pretend = stream;
	size_t count = size < pretend->left ? size : pretend->left;

	pretend->asked += size;
	if (count > 0)
		memcpy(buffer, pretend->body, count);
	pretend->body += count;
	pretend->left -= count;
	return (long)count;
}

static bool write_memory(void *stream, const char *bytes, size_t size)
{
	struct pretend *pretend = stream;

	pretend->answer = realloc(pretend->answer, pretend->length + size + 1);
	assert(pretend->answer != NULL);
	memcpy(pretend->answer + pretend->length, bytes, size);
	pretend->length += size;
	pretend->answer[pretend->length] = '\0';
	return true;
}

void pretend_open(struct pretend *pretend, const struct program *program)
{
	const char *why;

	*pretend = (struct pretend){.arena = arena_new()};
	pretend->config.auth.token_keys =
	    "k1:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
	pretend->config.auth.issuer = "hichat";
	pretend->config.auth.secure_cookies = true;
	pretend->config.serve.max_body = 1024;
	pretend->config.redis.prefix = "hichat";
	service_routes(&pretend->service, program);
	pretend->service.config = &pretend->config;
	pretend->service.keys = token_keys_new(&pretend->config, pretend->arena, &why);
	assert(pretend->service.keys != NULL);
	desk_open(&pretend->desk, &pretend->config, NULL);
}

void pretend_close(struct pretend *pretend)
{
	desk_close(&pretend->desk);
	token_keys_free(&pretend->service.keys);
	free(pretend->service.routes);
	free(pretend->answer);
	arena_free(&pretend->arena);
}

const char *pretend_ask(
    struct pretend *pretend, const char *const *variables, const char *body, size_t length)
{
	char *copies[VARIABLES_MAX + 1] = {NULL};
	struct gateway gateway = {copies, pretend, read_memory, write_memory, false};

	for (size_t i = 0; variables[i] != NULL; i++) {
		assert(i < VARIABLES_MAX);
		copies[i] = arena_text(pretend->arena, variables[i]);
	}
	pretend->body = body;
	pretend->left = length;
	pretend->asked = 0;
	pretend->length = 0;
	exchange_run(&pretend->service, &pretend->desk, &gateway);
	return pretend->answer;
}

const char *pretend_token(struct pretend *pretend, int64_t user_id, int64_t session_id)
{
	int64_t now = clock_wall_ms() / 1000;
	const struct token_claims claims = {user_id, session_id, now, now + 600};
	const char *token = NULL;

	if (token_sign(pretend->service.keys, pretend->arena, &claims, &token) != NULL)
		abort();
	return token;
}

const char *pretend_header(struct pretend *pretend, const char *name)
{
	size_t length = strlen(name);
	const char *line = pretend->answer;

	while (*line != '\r' && *line != '\0') {
		size_t size = strcspn(line, "\r");

		if (strncasecmp(line, name, length) == 0 && strncmp(line + length, ": ", 2) == 0)
			return arena_text_n(pretend->arena, line + length + 2, size - length - 2);
		line += size + strlen("\r\n");
	}
	return NULL;
}

int pretend_status(struct pretend *pretend)
{
	const char *status = pretend_header(pretend, "Status");

	return status == NULL ? 0 : atoi(status);
}

const char *pretend_body(struct pretend *pretend)
{
	const char *end = strstr(pretend->answer, "\r\n\r\n");

	return end == NULL ? "" : end + 4;
}
