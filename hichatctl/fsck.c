/* hichatctl fsck: whether the media store and the database agree, and every file is what its name
 * says.  It changes nothing, and looks a second time, under the row's lock, at what seems wrong,
 * for people go on uploading. */
#include "commands.h"
#include "media_content.h"
#include "media_store.h"
#include "media_sweep_store.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PAGE 500

struct inspection {
	struct tool *tool;
	struct arena *page;
	int64_t contents, problems;
	const struct error *error;
};

static void release_page(void *page)
{
	struct arena *arena = page;

	arena_free(&arena);
}

/* One line for each, for people and programs. */
static void tell(struct inspection *inspection, const char *what, const char *which)
{
	printf("%s\t%s\n", what, which);
	inspection->problems++;
}

/* NULL: it is as it should be. */
static const char *look_at(struct inspection *inspection, const struct media_content *content)
{
	const char *path =
	    media_store_path(inspection->tool->config, inspection->page, content->hash);
	struct stat state;
	const char *hash;
	int file;

	if (stat(path, &state) != 0)
		return "missing";
	if (state.st_size != content->size)
		return "damaged";
	file = media_store_open(inspection->tool->config, inspection->page, content->hash);
	if (file < 0)
		return "unreadable";
	hash = media_hash(inspection->page, file);
	close(file);
	return hash != NULL && strcmp(hash, content->hash) == 0 ? NULL : "damaged";
}

static const struct error *inspect_content(
    struct inspection *inspection, const struct media_content *content)
{
	const char *problem = look_at(inspection, content);
	bool known = true;

	inspection->contents++;
	if (problem == NULL)
		return NULL;
	TRY(media_content_known(inspection->tool->db, content->hash, &known));
	problem = known ? look_at(inspection, content) : NULL;
	if (problem != NULL)
		tell(inspection, problem, content->hash);
	return NULL;
}

static const struct error *inspect_contents(struct inspection *inspection)
{
	char after[MEDIA_HASH_LENGTH + 1] = "";
	struct rows contents;

	do {
		arena_reset(inspection->page);
		TRY(media_content_page(
		    inspection->tool->db, inspection->page, after, PAGE, &contents));
		for (size_t i = 0; i < contents.count; i++)
			TRY(inspect_content(inspection, ROW(struct media_content, &contents, i)));
		if (contents.count > 0)
			snprintf(after, sizeof(after), "%s",
			    ROW(struct media_content, &contents, contents.count - 1)->hash);
	} while (contents.count == PAGE);
	return NULL;
}

static bool visit(void *context, const struct media_found *found)
{
	struct inspection *inspection = context;
	bool known = true;

	if (!found->content && !found->staged)
		tell(inspection, "foreign", found->path);
	if (!found->content)
		return true;
	inspection->error = media_content_known(inspection->tool->db, found->name, &known);
	if (inspection->error == NULL && !known)
		tell(inspection, "orphaned", found->path);
	return inspection->error == NULL;
}

static const struct error *inspect_files(struct inspection *inspection)
{
	if (media_store_walk(inspection->tool->config, visit, inspection))
		return NULL;
	return inspection->error != NULL ? inspection->error : FAIL(INTERNAL);
}

static const struct error *inspect_rows(struct inspection *inspection)
{
	struct id_list dangling;
	struct rows contents;

	arena_reset(inspection->page);
	TRY(dangling_media_ids(inspection->tool->db, inspection->page, &dangling));
	for (size_t i = 0; i < dangling.count; i++)
		tell(inspection, "dangling",
		    arena_printf(inspection->page, "%lld", (long long)dangling.ids[i]));
	TRY(miscounted_contents(inspection->tool->db, inspection->page, &contents));
	for (size_t i = 0; i < contents.count; i++)
		tell(inspection, "miscounted", ROW(struct media_content, &contents, i)->hash);
	return NULL;
}

static const struct error *inspect_all(struct inspection *inspection)
{
	TRY(inspect_rows(inspection));
	TRY(inspect_contents(inspection));
	return inspect_files(inspection);
}

int command_fsck(struct tool *tool, int argc, char **argv)
{
	struct inspection inspection = {.tool = tool, .page = arena_new()};
	const struct error *error;

	(void)argv;
	arena_defer(tool->arena, release_page, inspection.page);
	if (argc != 1)
		return tool_misused();
	tool->config->database.query_timeout = 0; /* it counts everything there is */
	error = inspect_all(&inspection);
	if (error_is(error, FAIL(INTERNAL)))
		return tool_fail("%s cannot be read, the log says why", tool->config->media.path);
	if (error != NULL)
		return tool_fail_db(tool, error);
	fprintf(stderr, "%lld contents, %lld problems\n", (long long)inspection.contents,
	    (long long)inspection.problems);
	return inspection.problems == 0 ? TOOL_DONE : TOOL_FAILED;
}
