/* hichatctl fsck: whether the media store and the database agree, and every content is what its
 * name says.  It changes nothing, and looks a second time, under the row's lock, at what seems
 * wrong, for people go on uploading. */
#include "commands.h"
#include "media_content.h"
#include "media_store.h"
#include "media_sweep_store.h"
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#define PAGE 500

struct inspection {
	struct tool *tool;
	struct media_store *store;
	struct arena *page;
	struct arena *look; /* memory, and what is open, of one content */
	bool deep;
	int64_t contents, problems;
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

static const struct error *read_through(
    struct inspection *inspection, const struct media_content *content, const char **problem)
{
	struct byte_source *bytes;
	const char *hash;

	TRY(media_store_open(
	    inspection->store, inspection->look, content->hash, 0, content->size, &bytes));
	hash = media_hash(inspection->look, bytes);
	if (hash == NULL)
		*problem = "unreadable";
	else if (strcmp(hash, content->hash) != 0)
		*problem = "damaged";
	return NULL;
}

/* *problem NULL: it is as it should be. */
static const struct error *look_at(
    struct inspection *inspection, const struct media_content *content, const char **problem)
{
	const struct error *error;
	int64_t size;

	*problem = NULL;
	arena_reset(inspection->look);
	error = media_store_measure(inspection->store, inspection->look, content->hash, &size);
	if (error_is(error, FAIL(NOT_FOUND)))
		*problem = "missing";
	else if (error != NULL)
		return error;
	else if (size != content->size)
		*problem = "damaged";
	else if (inspection->deep)
		return read_through(inspection, content, problem);
	return NULL;
}

static const struct error *inspect_content(
    struct inspection *inspection, const struct media_content *content)
{
	const char *problem;
	bool known = true;

	inspection->contents++;
	TRY(look_at(inspection, content, &problem));
	if (problem == NULL)
		return NULL;
	TRY(media_content_known(inspection->tool->db, content->hash, &known));
	if (known)
		TRY(look_at(inspection, content, &problem));
	if (known && problem != NULL)
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

static const struct error *visit(void *context, const struct media_found *found)
{
	struct inspection *inspection = context;
	bool known = true;

	if (!found->content && !found->staged)
		tell(inspection, "foreign", found->path);
	if (!found->content)
		return NULL;
	TRY(media_content_known(inspection->tool->db, found->name, &known));
	if (!known)
		tell(inspection, "orphaned", found->path);
	return NULL;
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
	return media_store_walk(inspection->store, visit, inspection);
}

static bool read_options(struct inspection *inspection, int argc, char **argv)
{
	static const struct option options[] = {
	    {"quick", no_argument, NULL, 'q'},
	    {NULL, 0, NULL, 0},
	};
	int option;

	while ((option = getopt_long(argc, argv, "q", options, NULL)) != -1) {
		if (option != 'q')
			return false;
		inspection->deep = false;
	}
	return optind == argc;
}

int command_fsck(struct tool *tool, int argc, char **argv)
{
	struct inspection inspection = {.tool = tool,
	    .store = tool_media_store(tool),
	    .page = arena_new(),
	    .look = arena_new(),
	    .deep = true};
	const struct error *error;

	arena_defer(tool->arena, release_page, inspection.page);
	arena_defer(tool->arena, release_page, inspection.look);
	if (!read_options(&inspection, argc, argv))
		return tool_misused();
	tool->config->database.query_timeout = 0; /* it counts everything there is */
	error = inspect_all(&inspection);
	if (error != NULL)
		return tool_fail_media(tool, inspection.store, error);
	fprintf(stderr, "%lld contents, %lld problems\n", (long long)inspection.contents,
	    (long long)inspection.problems);
	return inspection.problems == 0 ? TOOL_DONE : TOOL_FAILED;
}
