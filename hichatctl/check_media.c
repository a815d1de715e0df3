/* The media store: a content of this tool's own is stored, read and removed again. */
#include "token.h"
#include "verdict.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

struct trial {
	struct check *check;
	struct media_store *store;
	struct media_staged content;
};

static void close_file(void *object)
{
	close(*(int *)object);
}

/* Random bytes, so that the content is nobody else's. */
static const struct error *stage(struct trial *trial)
{
	struct tool *tool = trial->check->tool;
	const char *text = token_random(tool->arena);
	struct media_staged *content = &trial->content;

	content->name = arena_printf(tool->arena, "check-%s", text);
	content->size = (int64_t)strlen(text);
	content->file = media_stage(tool->config, tool->arena, content->name, true);
	if (content->file < 0)
		return FAIL(INTERNAL);
	arena_defer(tool->arena, close_file, arena_copy(tool->arena, &content->file, sizeof(int)));
	if (pwrite(content->file, text, strlen(text), 0) != content->size)
		return FAIL(INTERNAL);
	content->hash = media_hash(
	    tool->arena, byte_source_of_file(tool->arena, content->file, 0, content->size));
	return content->hash != NULL ? NULL : FAIL(INTERNAL);
}

static const struct error *read_back(struct trial *trial)
{
	struct arena *arena = trial->check->tool->arena;
	struct byte_source *bytes;
	const char *hash;

	TRY(media_store_open(
	    trial->store, arena, trial->content.hash, 0, trial->content.size, &bytes));
	hash = media_hash(arena, bytes);
	return hash != NULL && strcmp(hash, trial->content.hash) == 0 ? NULL : FAIL(INTERNAL);
}

static const struct error *try_all(struct trial *trial)
{
	struct arena *arena = trial->check->tool->arena;

	TRY(media_store_bring(trial->store, arena, &trial->content));
	TRY(media_store_keep(trial->store, arena, &trial->content));
	TRY(read_back(trial));
	return media_store_remove(trial->store, arena, trial->content.hash);
}

void check_media(struct check *check)
{
	const struct config *config = check->tool->config;
	struct trial trial = {.check = check, .store = tool_media_store(check->tool)};
	const struct error *error = stage(&trial);

	if (error != NULL) {
		verdict(check, VERDICT_FAILED, "media",
		    "%s: %s. Create it for the user who runs the programs, or change [media] path",
		    config->media.path, strerror(errno));
		return;
	}
	error = try_all(&trial);
	media_unstage(config, check->tool->arena, trial.content.name);
	if (error != NULL)
		verdict(check, VERDICT_FAILED, "media", "%s: %s", config->media.store,
		    media_store_reason(trial.store));
	else
		verdict(check, VERDICT_OK, "media", "%s: a content was stored, read and removed",
		    config->media.store);
}
