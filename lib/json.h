/* JSON (RFC 8259) in and out, by json-c.  A root belongs to its arena, a child
 * to its parent from the moment it is set; nobody calls json_object_put().
 * Reading is strict: UTF-8 checked, no duplicate keys, no NUL, bounded. */
#ifndef HICHAT_JSON_H
#define HICHAT_JSON_H

#include "error.h"
#include "record.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JSON_DEPTH_MAX 16

struct arena;
struct json_object;

struct json_object *json_new(struct arena *arena);   /* an object root */
struct json_object *json_array(struct arena *arena); /* an array root */

/* Setting hands the child over to the parent; a NULL child or text is JSON null. */
void json_set(struct json_object *parent, const char *key, struct json_object *child);
void json_set_text(struct json_object *parent, const char *key, const char *text);
void json_set_int(struct json_object *parent, const char *key, int64_t value); /* ABSENT: null */
void json_set_bool(struct json_object *parent, const char *key, bool value);
void json_set_raw(struct json_object *parent, const char *key, struct json_text raw);
void json_append(struct json_object *array, struct json_object *child);
void json_append_text(struct json_object *array, const char *text);
void json_append_int(struct json_object *array, int64_t value);

/* Not yet owned by anyone: give these to json_set() or json_append() at once. */
struct json_object *json_child(void);			/* an empty object */
struct json_object *json_child_list(void);		/* an empty array */
struct json_object *json_list(const struct rows *rows); /* an array, one object a row */
struct json_object *json_record(const struct record *record, const void *object);
/* Makes a value without a parent a root of the arena; returns it. */
struct json_object *json_own(struct arena *arena, struct json_object *value);
/* The same value once more, for a second parent. */
struct json_object *json_share(struct json_object *value);

/* Parses text of `length` bytes: 400 invalid_json with what is wrong in the log at debug level. */
const struct error *json_read(
    struct arena *arena, const char *text, size_t length, struct json_object **root);

/* Fills `object` (of record->size bytes) from a JSON object, checking kinds, needs and bounds:
 * 422 invalid_field naming the first offending key.  Unknown keys are ignored.  Texts must be
 * free of control characters but \n and \t.  Memory lives in the arena. */
const struct error *json_fill(
    struct arena *arena, const struct record *record, struct json_object *root, void *object);

/* Compact text, owned by the value (valid until it changes). */
const char *json_write(struct json_object *value);

/* Read one member without a record: NULL, ABSENT or false when it is missing or of another kind. */
const char *json_get_text(struct json_object *object, const char *key);
int64_t json_get_int(struct json_object *object, const char *key);
struct json_object *json_get(struct json_object *object, const char *key);
/* An array's elements: 0, NULL and ABSENT for whatever is none, or of another kind. */
size_t json_count(struct json_object *array);
struct json_object *json_at(struct json_object *array, size_t index);
int64_t json_int_at(struct json_object *array, size_t index);

/* "[1,2,3]": how a list of ids travels to SQL (JSON_TABLE) as one parameter. */
const char *json_ids(struct arena *arena, const int64_t *ids, size_t count);
/* ["a","b"]: how a list of texts is stored. */
const char *json_texts(struct arena *arena, const struct text_list *list);

/* RFC 3629: no overlong forms, no surrogates, at most U+10FFFF. */
bool json_utf8_valid(const char *bytes, size_t length);
/* Unicode code points of valid UTF-8. */
size_t json_utf8_length(const char *text);

#endif
