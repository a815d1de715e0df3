/* Opening and closing what the workers share. */
#include "service.h"

#include "health.h"
#include "redis_breaker.h"
#include <stdlib.h>
#include <string.h>

void service_routes(struct service *service, const struct program *program)
{
	const struct route health = {GET, "/health", PUBLIC, NULL, health_show, NULL};

	service->program = program;
	service->count = program->count + 1;
	service->routes = calloc(service->count, sizeof(*service->routes));
	if (service->routes == NULL)
		abort();
	for (size_t i = 0; i < program->count; i++)
		service->routes[i] = program->routes[i];
	service->routes[program->count] = health;
}

static enum log_level level_named(const char *name)
{
	static const char *const names[] = {"error", "warning", "info", "debug"};

	for (int level = LOG_LEVEL_ERROR; level <= LOG_LEVEL_DEBUG; level++)
		if (strcmp(names[level], name) == 0)
			return (enum log_level)level;
	return LOG_LEVEL_INFO;
}

static bool open_keys(struct service *service, FILE *mistakes)
{
	struct arena *arena = arena_new();
	const char *why = NULL;

	service->keys = token_keys_new(service->config, arena, &why);
	if (service->keys == NULL)
		fprintf(mistakes, "%s\n", why);
	arena_free(&arena);
	return service->keys != NULL;
}

static bool open_log(const struct service *service, FILE *mistakes)
{
	const struct config *config = service->config;

	if (log_open(
		service->program->name, config->log.destination, level_named(config->log.level)))
		return true;
	fprintf(mistakes, "[log] destination: %s cannot be written\n", config->log.destination);
	return false;
}

bool service_open(struct service *service, const char *config_path, FILE *mistakes)
{
	const struct program *program = service->program;

	service->config = config_load(config_path, mistakes);
	if (service->config == NULL)
		return false;
	if (!open_log(service, mistakes) || !open_keys(service, mistakes))
		return false;
	service->breaker = redis_breaker_new();
	service->max_body = (size_t)service->config->serve.max_body;
	if (program->max_body != NULL &&
	    (size_t)program->max_body(service->config) > service->max_body)
		service->max_body = (size_t)program->max_body(service->config);
	if (program->open != NULL)
		service->state = program->open(service->config);
	return true;
}

void service_close(struct service *service)
{
	if (service->program->close != NULL && service->state != NULL)
		service->program->close(service->state);
	if (service->keys != NULL)
		token_keys_free(&service->keys);
	redis_breaker_free(&service->breaker);
	if (service->config != NULL)
		config_free(&service->config);
	free(service->routes);
	service->routes = NULL;
	log_close();
}
