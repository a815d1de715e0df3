/* One description of a C struct serves database rows, JSON out and JSON in:
 * SQL column = struct member = JSON key.  Records are constants and flat. */
#ifndef HICHAT_RECORD_H
#define HICHAT_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An int64_t member without a value: SQL NULL, JSON null, or a key that was not sent. */
#define ABSENT INT64_MIN

/* Text that is JSON already: embedded verbatim in answers, stored as it stands. */
struct json_text {
	const char *text; /* NULL: absent */
};

struct id_list {
	const int64_t *ids; /* NULL: absent, which an empty list is not; both have a count of 0 */
	size_t count;
};

struct text_list {
	const char *const *texts; /* NULL: absent, which an empty list is not */
	size_t count;
};

enum field_kind {
	FIELD_INT,   /* int64_t */
	FIELD_BOOL,  /* bool; absent reads as false */
	FIELD_FLAG,  /* int64_t holding 0, 1 or ABSENT; a JSON boolean */
	FIELD_TEXT,  /* const char *; NULL: absent; JSON null reads as "" (clear it) */
	FIELD_JSON,  /* struct json_text; in: an object only */
	FIELD_IDS,   /* struct id_list; positive integers, JSON in only */
	FIELD_TEXTS, /* struct text_list; JSON only */
	FIELD_ROWS   /* struct rows; a list of objects of the record `of`, JSON in only */
};

enum field_need {
	FIELD_OUTPUT,	 /* never read from a request */
	FIELD_HIDDEN,	 /* a column, never shown in JSON, never read from a request */
	FIELD_OPTIONAL,	 /* may be missing */
	FIELD_CLEARABLE, /* INT: may be missing; JSON null reads as 0 */
	FIELD_REQUIRED	 /* 422 invalid_field when missing */
};

struct field {
	const char *name;
	size_t offset;
	enum field_kind kind;
	enum field_need need;
	int64_t min,
	    max; /* INT: value; TEXT: code points; IDS, TEXTS, ROWS: how many; JSON: unused */
	const char *choices;	 /* TEXT: the words allowed, separated by spaces, or NULL */
	const struct record *of; /* ROWS: what each of them is */
};

struct record {
	size_t size;
	const struct field *fields;
	size_t count;
};

/* A list of records as the database answered it. */
struct rows {
	const struct record *record;
	void *items;
	size_t count;
};

#define ROW(type, rows, index) (&((type *)(rows)->items)[index])

#define KIND_OF(type, member) \
	_Generic(((type *)0)->member, int64_t                                                      \
		 : FIELD_INT, bool                                                                 \
		 : FIELD_BOOL, const char *                                                        \
		 : FIELD_TEXT, struct json_text                                                    \
		 : FIELD_JSON, struct id_list                                                      \
		 : FIELD_IDS, struct text_list                                                     \
		 : FIELD_TEXTS, struct rows                                                          \
		 : FIELD_ROWS)

#define FIELD(type, member, need, min, max, choices)                                             \
	{                                                                                        \
#member, offsetof(type, member), KIND_OF(type, member), need, min, max, choices, \
		    NULL                                                                         \
	}
#define OUTPUT(type, member) FIELD(type, member, FIELD_OUTPUT, 0, 0, NULL)
#define HIDDEN(type, member) FIELD(type, member, FIELD_HIDDEN, 0, 0, NULL)
#define OPTIONAL(type, member, min, max) FIELD(type, member, FIELD_OPTIONAL, min, max, NULL)
#define CLEARABLE(type, member, min, max) FIELD(type, member, FIELD_CLEARABLE, min, max, NULL)
#define REQUIRED(type, member, min, max) FIELD(type, member, FIELD_REQUIRED, min, max, NULL)
#define CHOICE(type, member, need, words) FIELD(type, member, need, 0, 64, words)
#define FLAG(type, member, need)                                                    \
	{                                                                           \
#member, offsetof(type, member), FIELD_FLAG, need, 0, 1, NULL, NULL \
	}
#define LIST(type, member, need, min, max, record)                                            \
	{                                                                                     \
#member, offsetof(type, member), KIND_OF(type, member), need, min, max, NULL, \
		    record                                                                    \
	}

#define RECORD(type, list)                                           \
	{                                                            \
		sizeof(type), list, sizeof(list) / sizeof((list)[0]) \
	}

/* A record with every member absent: what a request that sends nothing reads as. */
void record_clear(const struct record *record, void *object);

/* The field of that name, or NULL. */
const struct field *record_field(const struct record *record, const char *name);

#endif
