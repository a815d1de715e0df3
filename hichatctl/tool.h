/* What every command works with. */
#ifndef HICHAT_TOOL_H
#define HICHAT_TOOL_H

#include "arena.h"
#include "config.h"
#include "db.h"
#include "error.h"
#include "media_store.h"
#include "redis.h"

struct tool {
	const char *config_path; /* NULL: the usual places */
	struct config *config;	 /* NULL in commands that load it themselves */
	struct arena *arena;
	struct db *db; /* these two connect at first use */
	struct redis *redis;
};

enum tool_exit { TOOL_DONE, TOOL_FAILED, TOOL_USAGE };

/* The configuration and what hangs on it; false with the reasons told. */
bool tool_configure(struct tool *tool);

/* "hichatctl: …" to standard error; returns TOOL_FAILED. */
int tool_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Says what this error of a database call means; returns TOOL_FAILED. */
int tool_fail_db(const struct tool *tool, const struct error *error);
/* The same of a call that uses the media store, too. */
int tool_fail_media(
    const struct tool *tool, const struct media_store *store, const struct error *error);
/* Until the tool ends. */
struct media_store *tool_media_store(struct tool *tool);
/* Points to the usage of the command at hand; returns TOOL_USAGE. */
int tool_misused(void);

#endif
