/* hichatctl index: everything that is not indexed yet, for searching. */
#include "commands.h"
#include "search_index.h"
#include <stdint.h>
#include <stdio.h>

#define PAGE 100 /* conversations; memory is that of one page */

static const char SQL_CONVERSATIONS[] =
    "SELECT id FROM conversation WHERE id > ? ORDER BY id LIMIT ?";

static void release_page(void *page)
{
	struct arena *arena = page;

	arena_free(&arena);
}

/* One turn: a long backlog takes more, each with a memory of its own. */
static const struct error *fill_page(
    struct db *db, struct arena *page, struct id_list conversations, size_t *left)
{
	struct rows gaps;

	TRY(search_index_gaps(db, page, conversations, &gaps));
	TRY(search_index_fill(db, page, &gaps, 1));
	*left = gaps.count;
	return NULL;
}

int command_index(struct tool *tool, int argc, char **argv)
{
	struct arena *list = arena_new(), *page = arena_new();
	struct id_list conversations;
	int64_t after = 0, seen = 0;
	size_t left;

	(void)argv;
	arena_defer(tool->arena, release_page, list);
	arena_defer(tool->arena, release_page, page);
	if (argc > 1)
		return tool_misused();
	do {
		const struct error *error;

		arena_reset(list);
		error = db_ids(tool->db, list, &conversations, SQL_CONVERSATIONS,
		    PARAMS(P(after), P((int64_t)PAGE)));
		for (left = conversations.count; error == NULL && left > 0;) {
			arena_reset(page);
			error = fill_page(tool->db, page, conversations, &left);
		}
		if (error != NULL)
			return tool_fail_db(tool, error);
		seen += (int64_t)conversations.count;
		if (conversations.count > 0)
			after = conversations.ids[conversations.count - 1];
	} while (conversations.count == PAGE);
	printf("%lld conversations are indexed\n", (long long)seen);
	return TOOL_DONE;
}
