/* Fuzzes the strict JSON reader, and the filling of records from what it accepted. */
#include "arena.h"
#include "json.h"

#include <stdlib.h>
#include <string.h>

struct item {
	int64_t seq;
	const char *note;
};

static const struct field item_fields[] = {
    REQUIRED(struct item, seq, 1, INT64_MAX),
    OPTIONAL(struct item, note, 0, 8),
};
static const struct record item_record = RECORD(struct item, item_fields);

struct body {
	int64_t i, f;
	bool b;
	const char *t, *k;
	struct json_text j;
	struct id_list d;
	struct rows r;
};

/* Short names, so that a fuzzer finds them. */
static const struct field body_fields[] = {
    OPTIONAL(struct body, i, INT64_MIN, INT64_MAX),
    OPTIONAL(struct body, b, 0, 0),
    FLAG(struct body, f, FIELD_OPTIONAL),
    OPTIONAL(struct body, t, 0, 100),
    CHOICE(struct body, k, FIELD_OPTIONAL, "a bb"),
    OPTIONAL(struct body, j, 0, 0),
    OPTIONAL(struct body, d, 0, 10),
    LIST(struct body, r, FIELD_OPTIONAL, 0, 10, &item_record),
};
static const struct record body_record = RECORD(struct body, body_fields);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static bool reads(struct arena *arena, const char *text, struct json_object **root)
{
	return json_read(arena, text, strlen(text), root) == NULL;
}

static void fill(struct arena *arena, struct json_object *root)
{
	struct json_object *again, *owner;
	struct body body;

	if (json_fill(arena, &body_record, root, &body) != NULL)
		return;
	must(body.t == NULL || json_utf8_valid(body.t, strlen(body.t)));
	must(body.j.text == NULL || reads(arena, body.j.text, &again));
	owner = json_new(arena);
	json_set(owner, "body", json_record(&body_record, &body));
	must(reads(arena, json_write(json_get(owner, "body")), &again));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new();
	struct json_object *root, *again;
	const char *text;

	if (json_read(arena, (const char *)bytes, length, &root) == NULL) {
		must(memchr(bytes, '\0', length) == NULL);
		/* What we write we read, and it is written the same again. */
		text = json_write(root);
		must(reads(arena, text, &again));
		must(strcmp(json_write(again), text) == 0);
		fill(arena, root);
	}
	arena_free(&arena);
	return 0;
}
