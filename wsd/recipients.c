/* Lists of recipients that were read before, see recipients.h. */
#include "recipients.h"
#include "event.h"
#include "heap.h"
#include <stdlib.h>
#include <string.h>

struct list {
	char *line; /* the first one of an envelope, with its end; NULL: nothing yet */
	size_t length;
	int64_t *ids;
	size_t count;
	int64_t conversation;
};

struct recipients {
	struct list lists[RECIPIENTS_KEPT];
	size_t next; /* to be replaced */
};

struct recipients *recipients_new(void)
{
	return heap_new(sizeof(struct recipients));
}

static void list_clear(struct list *list)
{
	free(list->line);
	free(list->ids);
	*list = (struct list){.line = NULL};
}

void recipients_free(struct recipients **recipients)
{
	if (*recipients == NULL)
		return;
	for (size_t i = 0; i < RECIPIENTS_KEPT; i++)
		list_clear(&(*recipients)->lists[i]);
	free(*recipients);
	*recipients = NULL;
}

static void *copy(const void *bytes, size_t size)
{
	return memcpy(heap_resize(NULL, size, 1), bytes, size);
}

static void keep(
    struct recipients *recipients, const char *line, size_t length, const struct event *event)
{
	struct list *list = &recipients->lists[recipients->next];

	recipients->next = (recipients->next + 1) % RECIPIENTS_KEPT;
	list_clear(list);
	list->line = copy(line, length);
	list->length = length;
	list->ids = copy(event->ids, event->count * sizeof *event->ids);
	list->count = event->count;
	list->conversation = event->conversation;
}

static const struct list *find(const struct recipients *recipients, const char *line, size_t length)
{
	for (size_t i = 0; i < RECIPIENTS_KEPT; i++) {
		const struct list *list = &recipients->lists[i];

		/* Nearly all others differ in their first bytes. */
		if (list->length == length && memcmp(list->line, line, length) == 0)
			return list;
	}
	return NULL;
}

bool recipients_read(struct recipients *recipients, struct arena *arena, const char *text,
    size_t length, struct event *event)
{
	const char *end = memchr(text, '\n', length);
	size_t line = end == NULL ? 0 : (size_t)(end + 1 - text);
	const struct list *known;

	if (line < RECIPIENTS_LARGE)
		return event_read(arena, text, length, event);
	known = find(recipients, text, line);
	if (known == NULL || line == length) {
		if (!event_read(arena, text, length, event))
			return false;
		keep(recipients, text, line, event);
		return true;
	}
	*event = (struct event){.kind = EVENT_TO,
	    .ids = known->ids,
	    .count = known->count,
	    .conversation = known->conversation,
	    .payload = text + line,
	    .payload_length = length - line};
	return true;
}
