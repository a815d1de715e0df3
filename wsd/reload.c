/* SIGHUP, see reload.h.  Most settings are read where they are used, so that the new ones simply
 * hold from now on; sockets and the Redis channel are what they were at the start. */
#include "reload.h"
#include "config.h"
#include "log.h"
#include "node.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum log_level level_named(const char *name)
{
	static const char *const names[] = {"error", "warning", "info", "debug"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(name, names[i]) == 0)
			return (enum log_level)i;
	return LOG_LEVEL_INFO;
}

bool reload_log(const struct config *config)
{
	return log_open("wsd", config->log.destination, level_named(config->log.level));
}

static void log_lines(char *text)
{
	char *rest;

	for (char *line = strtok_r(text, "\n", &rest); line != NULL;
	     line = strtok_r(NULL, "\n", &rest))
		LOG(ERROR, "configuration", LOG_FIELD("mistake", line));
}

static void need_restart(const char *key, bool changed)
{
	if (changed)
		LOG(WARNING, "this setting changes with a restart only", LOG_FIELD("key", key));
}

static void compare(const struct config *old, const struct config *new)
{
	need_restart("live.listen", strcmp(old->live.listen, new->live.listen) != 0);
	need_restart(
	    "live.metrics_listen", strcmp(old->live.metrics_listen, new->live.metrics_listen) != 0);
	need_restart("live.max_connections beyond the limit of open files",
	    new->live.max_connections > old->live.max_connections);
	need_restart("redis.prefix", strcmp(old->redis.prefix, new->redis.prefix) != 0);
	need_restart("redis.enabled", old->redis.enabled != new->redis.enabled);
}

void reload(struct node *node, struct config **config, const char *path)
{
	size_t length;
	char *mistakes = NULL;
	FILE *out = open_memstream(&mistakes, &length);
	struct config *fresh;

	if (out == NULL)
		return;
	fresh = config_load(path, out);
	fclose(out);
	if (fresh == NULL) {
		log_lines(mistakes);
		LOG(ERROR, "the new configuration is not usable, going on with the old one");
	} else {
		compare(*config, fresh);
		node->config = fresh;
		config_free(config);
		*config = fresh;
		if (!reload_log(fresh))
			LOG(ERROR, "log file cannot be opened, logging to stderr",
			    LOG_FIELD("path", fresh->log.destination));
		LOG(INFO, "configuration read again");
	}
	free(mistakes);
}
