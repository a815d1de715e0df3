/* hichatctl gc: removes what nothing needs any more from the media store, while everything runs.
 *
 * Each step is a transaction that holds the row of what it removes, and takes the file before the
 * row: killed anywhere, it leaves what the next run goes on with. */
#include "clock.h"
#include "commands.h"
#include "media_content.h"
#include "media_removal.h"
#include "media_store.h"
#include "media_sweep_store.h"
#include <stdio.h>

#define PAGE 500

struct sweep {
	struct tool *tool;
	struct media_store *store;
	struct arena *page; /* memory of one step */
	int64_t before;	    /* ms: what is older and unused goes */
	int64_t media, uploads, contents, bytes, leftovers;
};

struct removal {
	struct sweep *sweep;
	int64_t id;
	const struct media_content *content;
	bool removed;
};

static void release_page(void *page)
{
	struct arena *arena = page;

	arena_free(&arena);
}

static const struct error *remove_media(struct db *db, void *context)
{
	struct removal *removal = context;
	struct media_removal media;

	return media_remove(db, removal->sweep->page, removal->id, removal->sweep->before, &media,
	    &removal->removed);
}

static const struct error *sweep_media(struct sweep *sweep)
{
	struct db *db = sweep->tool->db;
	struct id_list ids;
	int64_t after = 0;

	do {
		arena_reset(sweep->page);
		TRY(stale_media_ids(db, sweep->page, after, sweep->before, &ids));
		for (size_t i = 0; i < ids.count; i++) {
			struct removal removal = {.sweep = sweep, .id = ids.ids[i]};

			TRY(db_transaction(db, false, remove_media, &removal));
			sweep->media += removal.removed ? 1 : 0;
			after = ids.ids[i];
		}
	} while (ids.count == PAGE);
	return NULL;
}

static const struct error *sweep_uploads(struct sweep *sweep)
{
	struct db *db = sweep->tool->db;
	struct id_list ids;

	do {
		arena_reset(sweep->page);
		TRY(stale_upload_ids(db, sweep->page, sweep->before, &ids));
		for (size_t i = 0; i < ids.count; i++) {
			TRY(stale_upload_remove(db, ids.ids[i]));
			media_unstage(sweep->tool->config, sweep->page,
			    arena_printf(sweep->page, "upload-%lld", (long long)ids.ids[i]));
			sweep->uploads++;
		}
	} while (ids.count == PAGE);
	return NULL;
}

static const struct error *visit(void *context, const struct media_found *found)
{
	struct sweep *sweep = context;
	bool known = true;

	if (found->staged && found->changed_at * 1000 < sweep->before) {
		media_unstage(sweep->tool->config, sweep->page, found->name);
		sweep->leftovers++;
	}
	if (found->content) {
		TRY(media_content_known(sweep->tool->db, found->name, &known));
		if (!known)
			return media_content_adopt(sweep->tool->db, found->name, found->size);
	}
	return NULL;
}

/* What a kill left: staged files, and contents that nobody's row names. */
static const struct error *sweep_leftovers(struct sweep *sweep)
{
	arena_reset(sweep->page);
	return media_store_walk(sweep->store, visit, sweep);
}

static const struct error *remove_content(struct db *db, void *context)
{
	struct removal *removal = context;

	return media_remove_content(db, removal->sweep->store, removal->sweep->page,
	    removal->content->hash, &removal->removed);
}

static const struct error *sweep_contents(struct sweep *sweep)
{
	struct db *db = sweep->tool->db;
	int64_t now = clock_wall_ms() + 1;
	struct rows contents;
	int64_t gone;

	do {
		arena_reset(sweep->page);
		TRY(media_content_unused(db, sweep->page, now, PAGE, &contents));
		gone = 0;
		for (size_t i = 0; i < contents.count; i++) {
			struct removal removal = {
			    .sweep = sweep, .content = ROW(struct media_content, &contents, i)};

			TRY(db_transaction(db, false, remove_content, &removal));
			if (!removal.removed)
				continue;
			gone++;
			sweep->bytes += removal.content->size;
		}
		sweep->contents += gone;
	} while (contents.count == PAGE && gone > 0);
	return NULL;
}

static const struct error *sweep_all(struct sweep *sweep)
{
	TRY(sweep_media(sweep));
	TRY(sweep_uploads(sweep));
	TRY(sweep_leftovers(sweep));
	return sweep_contents(sweep);
}

int command_gc(struct tool *tool, int argc, char **argv)
{
	struct sweep sweep = {.tool = tool, .page = arena_new()};
	const struct error *error;

	(void)argv;
	arena_defer(tool->arena, release_page, sweep.page);
	if (argc != 1)
		return tool_misused();
	sweep.store = tool_media_store(tool);
	sweep.before = clock_wall_ms() - tool->config->media.keep_unused * 1000;
	error = sweep_all(&sweep);
	if (error != NULL)
		return tool_fail_media(tool, sweep.store, error);
	printf("removed %lld media, %lld uploads, %lld leftovers; %lld contents, %lld bytes\n",
	    (long long)sweep.media, (long long)sweep.uploads, (long long)sweep.leftovers,
	    (long long)sweep.contents, (long long)sweep.bytes);
	return TOOL_DONE;
}
