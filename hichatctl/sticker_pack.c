/* hichatctl sticker-pack …: the packs of stickers that everybody has. */
#include "commands.h"
#include "json.h"
#include "log.h"
#include "media_content.h"
#include "media_store.h"
#include "pack_source.h"
#include "sticker_pack_store.h"
#include <stdio.h>
#include <string.h>

struct adding {
	struct tool *tool;
	struct media_store *store;
	struct arena *arena; /* staged files go with it, so it goes before the configuration */
	struct sticker_manifest manifest;
	struct sticker_picture *pictures; /* one for each of the manifest's stickers */
	bool made;
};

static bool read_manifest(struct adding *adding, struct pack_source *source)
{
	struct arena *arena = adding->arena;
	struct pack_file file;
	const char *wrong = pack_source_read(source, arena, MANIFEST_NAME, MANIFEST_BYTES, &file);

	if (wrong == NULL)
		wrong = sticker_manifest_read(arena, file.bytes, file.length, &adding->manifest);
	if (wrong != NULL)
		tool_fail(MANIFEST_NAME ": %s", wrong);
	return wrong == NULL;
}

/* Tells of every file that is not as it should be. */
static bool stage_pictures(struct adding *adding, struct pack_source *source)
{
	struct arena *arena = adding->arena;
	const struct config *config = adding->tool->config;
	size_t count = adding->manifest.count, bad = 0;

	adding->pictures = arena_array(arena, count, sizeof(*adding->pictures));
	for (size_t i = 0; i < count; i++) {
		const char *name = adding->manifest.stickers[i].file;
		struct pack_file file;
		const char *wrong = pack_source_read(
		    source, arena, name, (size_t)config->media.sticker_size, &file);

		if (wrong == NULL)
			wrong = sticker_picture_stage(config, arena, &file, &adding->pictures[i]);
		if (wrong != NULL) {
			tool_fail("%s: %s", name, wrong);
			bad++;
		}
	}
	return bad == 0;
}

/* A file is on the disk before its row can be seen, see media_content.h. */
static const struct error *keep_picture(
    struct adding *adding, struct db *db, const struct sticker_picture *picture, int64_t *media)
{
	TRY(media_content_take(db, picture->content.hash, picture->content.size));
	TRY(media_store_keep(adding->store, adding->arena, &picture->content));
	return pack_media_insert(db, picture, media);
}

static struct packed_sticker *find(const struct rows *stickers, const char *file)
{
	for (size_t i = 0; i < stickers->count; i++)
		if (strcmp(ROW(struct packed_sticker, stickers, i)->file, file) == 0)
			return ROW(struct packed_sticker, stickers, i);
	return NULL;
}

static const struct error *put_sticker(
    struct adding *adding, struct db *db, int64_t pack, const struct rows *before, size_t index)
{
	const struct manifest_sticker *sticker = &adding->manifest.stickers[index];
	const struct sticker_picture *picture = &adding->pictures[index];
	struct packed_sticker *known = find(before, sticker->file);
	int64_t media = ABSENT, position = (int64_t)index;

	if (known == NULL || strcmp(known->content, picture->content.hash) != 0)
		TRY(keep_picture(adding, db, picture, &media));
	if (known == NULL)
		return packed_insert(db, adding->arena, pack, sticker, position, media);
	known->kept = true;
	return packed_update(db, adding->arena, known->id, sticker, position, media);
}

static const struct error *put_pack(struct db *db, void *context)
{
	struct adding *adding = context;
	struct rows before;
	int64_t pack;

	TRY(pack_put(db, &adding->manifest, &pack, &adding->made));
	TRY(packed_stickers(db, adding->arena, pack, &before));
	for (size_t i = 0; i < adding->manifest.count; i++)
		TRY(put_sticker(adding, db, pack, &before, i));
	for (size_t i = 0; i < before.count; i++) {
		const struct packed_sticker *sticker = ROW(struct packed_sticker, &before, i);

		if (!sticker->kept)
			TRY(packed_delete(db, sticker->id));
	}
	return NULL;
}

static int tell_failure(const struct tool *tool, const struct error *error)
{
	if (error_is(error, FAIL(INTERNAL)) || error_is(error, FAIL(QUOTA)) ||
	    error_is(error, FAIL(STORAGE_UNAVAILABLE)))
		return tool_fail("the media store cannot be written, the log says why");
	return tool_fail_db(tool, error);
}

static const struct error *bring_pictures(struct adding *adding)
{
	for (size_t i = 0; i < adding->manifest.count; i++)
		TRY(media_store_bring(adding->store, adding->arena, &adding->pictures[i].content));
	return NULL;
}

static int add_pack(struct adding *adding, const char *path)
{
	const struct error *error;
	struct pack_source *source;
	const char *why = "";

	source = pack_source_open(adding->arena, path, &why);
	if (source == NULL)
		return tool_fail("%s cannot be opened: %s", path, why);
	if (!read_manifest(adding, source) || !stage_pictures(adding, source))
		return tool_fail("nothing was changed");
	error = bring_pictures(adding);
	if (error == NULL)
		error = db_transaction(adding->tool->db, true, put_pack, adding);
	if (error != NULL)
		return tell_failure(adding->tool, error);
	printf("%s %s: %s, %zu stickers\n", adding->made ? "added" : "updated",
	    adding->manifest.name, adding->manifest.english, adding->manifest.count);
	LOG(INFO, "sticker pack added", LOG_FIELD("pack", adding->manifest.name));
	return TOOL_DONE;
}

int command_sticker_pack_add(struct tool *tool, int argc, char **argv)
{
	struct adding adding = {.tool = tool};
	int status;

	if (argc != 2)
		return tool_misused();
	adding.store = tool_media_store(tool);
	adding.arena = arena_new();
	status = add_pack(&adding, argv[1]);
	arena_free(&adding.arena);
	return status;
}

int command_sticker_pack_list(struct tool *tool, int argc, char **argv)
{
	const struct error *error;
	struct rows lines;

	(void)argv;
	if (argc != 1)
		return tool_misused();
	error = pack_lines(tool->db, tool->arena, &lines);
	if (error != NULL)
		return tool_fail_db(tool, error);
	printf("name\ttitle\tstickers\tauthor\tlicence\n");
	for (size_t i = 0; i < lines.count; i++) {
		const struct pack_line *line = ROW(struct pack_line, &lines, i);
		struct json_object *title;

		error = json_read(tool->arena, line->title, strlen(line->title), &title);
		printf("%s\t%s\t%lld\t%s\t%s\n", line->name,
		    error == NULL ? json_get_text(title, "en") : "", (long long)line->stickers,
		    line->author, line->licence);
	}
	return TOOL_DONE;
}

struct removing {
	struct tool *tool;
	const char *name;
	bool existed;
};

static const struct error *remove_pack(struct db *db, void *context)
{
	struct removing *removing = context;
	struct rows stickers;
	int64_t pack;

	TRY(pack_lock(db, removing->name, &pack));
	removing->existed = pack != ABSENT;
	if (!removing->existed)
		return NULL;
	TRY(packed_stickers(db, removing->tool->arena, pack, &stickers));
	for (size_t i = 0; i < stickers.count; i++)
		TRY(packed_delete(db, ROW(struct packed_sticker, &stickers, i)->id));
	return pack_delete(db, pack);
}

int command_sticker_pack_remove(struct tool *tool, int argc, char **argv)
{
	struct removing removing = {.tool = tool, .name = argv[argc - 1]};
	const struct error *error;

	if (argc != 2)
		return tool_misused();
	error = db_transaction(tool->db, false, remove_pack, &removing);
	if (error != NULL)
		return tool_fail_db(tool, error);
	if (!removing.existed)
		return tool_fail("there is no sticker pack \"%s\"", removing.name);
	printf("removed %s; messages keep its stickers\n", removing.name);
	LOG(INFO, "sticker pack removed", LOG_FIELD("pack", removing.name));
	return TOOL_DONE;
}
