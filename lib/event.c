/* Writes and reads envelopes, see event.h. */
#include "event.h"
#include "arena.h"
#include "record.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define ID_MAX (((int64_t)1 << 53) - 1)
#define ID_DIGITS 20

static const struct {
	const char *word;
	const char *separator; /* between the ids */
	size_t least, most;
} commands[] = {
    [EVENT_TO] = {"to ", ",", 1, SIZE_MAX},
    [EVENT_CLOSE] = {"close ", ",", 1, SIZE_MAX},
    [EVENT_WATCH] = {"watch ", " ", 2, 2},
    [EVENT_UNWATCH] = {"unwatch ", " ", 2, 2},
    [EVENT_SHOWS_PRESENCE] = {"shows-presence ", " ", 1, 1},
    [EVENT_SHOWS_TYPING] = {"shows-typing ", " ", 1, 1},
    [EVENT_ONLINE] = {"presence ", " ", 1, 1},
};

/* Of ten thousand ids snprintf() makes a millisecond. */
static char *write_id(char *to, int64_t id)
{
	char digits[ID_DIGITS];
	uint64_t rest = (uint64_t)id;
	size_t first = sizeof digits;

	do {
		digits[--first] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	return mempcpy(to, digits + first, sizeof digits - first);
}

static char *write_ids(char *to, char separator, const int64_t *ids, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			*to++ = separator;
		to = write_id(to, ids[i]);
	}
	return to;
}

const char *event_list(struct arena *arena, const int64_t *ids, size_t count)
{
	char *text = arena_alloc(arena, count * (ID_DIGITS + 1) + 1);

	write_ids(text, *commands[EVENT_TO].separator, ids, count);
	return text;
}

const char *event_write(struct arena *arena, const struct event *event)
{
	size_t payload = event->kind == EVENT_TO ? event->payload_length : 0;
	size_t ids = event->list != NULL ? strlen(event->list) : event->count * (ID_DIGITS + 1);
	size_t room = 64 + ids + payload + 1;
	char *text, *to;

	if (event->count == 0)
		return NULL;
	text = arena_alloc(arena, room);
	to = stpcpy(text, commands[event->kind].word);
	if (event->list != NULL)
		to = mempcpy(to, event->list, ids);
	else
		to = write_ids(to, *commands[event->kind].separator, event->ids, event->count);
	if (event->kind == EVENT_ONLINE)
		snprintf(to, ID_DIGITS + 4, " %d %" PRId64, event->on, event->last_seen);
	if (event->kind == EVENT_SHOWS_PRESENCE || event->kind == EVENT_SHOWS_TYPING)
		snprintf(to, ID_DIGITS, " %d", event->on);
	if (event->kind != EVENT_TO)
		return text;
	if (event->conversation != ABSENT)
		to += snprintf(to, ID_DIGITS + 5, " in %" PRId64, event->conversation);
	*to++ = '\n';
	memcpy(to, event->payload, payload);
	return text;
}

/* What is left to read: never past `end`, whatever the bytes are. */
struct reader {
	const char *at, *end;
};

static bool read_word(struct reader *reader, const char *word)
{
	size_t length = strlen(word);

	if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0)
		return false;
	reader->at += length;
	return true;
}

/* 0 … 2^53 - 1 in its one spelling: no sign, no leading zero. */
static bool read_number(struct reader *reader, int64_t *number)
{
	const char *start = reader->at;

	*number = 0;
	for (; reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9'; reader->at++) {
		*number = *number * 10 + (*reader->at - '0');
		if (*number > ID_MAX)
			return false;
	}
	return reader->at > start && (*start != '0' || reader->at == start + 1);
}

static bool read_id(struct reader *reader, int64_t *id)
{
	return read_number(reader, id) && *id > 0;
}

/* As many ids as the first line can hold, so that they are allocated once. */
static size_t ids_possible(const struct reader *reader, enum event_kind kind)
{
	size_t most = 1;

	for (const char *c = reader->at; c < reader->end && *c != '\n'; c++)
		most += *c == *commands[kind].separator;
	return most < commands[kind].most ? most : commands[kind].most;
}

static bool read_ids(struct arena *arena, struct reader *reader, struct event *event)
{
	const char *separator = commands[event->kind].separator;
	size_t most = ids_possible(reader, event->kind);
	int64_t *ids = arena_array(arena, most, sizeof *ids);

	event->ids = ids;
	do {
		if (!read_id(reader, &ids[event->count++]))
			return false;
	} while (event->count < most && read_word(reader, separator));
	return event->count >= commands[event->kind].least;
}

static bool read_flag(struct reader *reader, bool *flag)
{
	int64_t number;

	if (!read_word(reader, " ") || !read_number(reader, &number) || number > 1)
		return false;
	*flag = number == 1;
	return true;
}

static bool read_rest(struct reader *reader, struct event *event)
{
	switch (event->kind) {
	case EVENT_TO:
		if (read_word(reader, " in ") && !read_id(reader, &event->conversation))
			return false;
		if (!read_word(reader, "\n") || reader->at == reader->end)
			return false;
		event->payload = reader->at;
		event->payload_length = (size_t)(reader->end - reader->at);
		return true;
	case EVENT_ONLINE:
		if (!read_flag(reader, &event->on) || !read_word(reader, " ") ||
		    !read_number(reader, &event->last_seen))
			return false;
		break;
	case EVENT_SHOWS_PRESENCE:
	case EVENT_SHOWS_TYPING:
		if (!read_flag(reader, &event->on))
			return false;
		break;
	default:
		break;
	}
	return reader->at == reader->end;
}

bool event_read(struct arena *arena, const char *text, size_t length, struct event *event)
{
	struct reader reader = {text, text + length};

	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
		if (!read_word(&reader, commands[i].word))
			continue;
		*event = (struct event){.kind = (enum event_kind)i, .conversation = ABSENT};
		return read_ids(arena, &reader, event) && read_rest(&reader, event);
	}
	return false;
}
