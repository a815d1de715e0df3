/* Envelopes to large groups: whom one is for is written out in each of them, tens of thousands of
 * bytes that mostly are the same as in the one before.  The latest such lists are kept with what
 * was read in them. */
#ifndef WSD_RECIPIENTS_H
#define WSD_RECIPIENTS_H

#include <stdbool.h>
#include <stddef.h>

#define RECIPIENTS_LARGE 1024 /* bytes of a first line that is worth it */
#define RECIPIENTS_KEPT 16    /* lists */

struct arena;
struct event;
struct recipients;

struct recipients *recipients_new(void);
void recipients_free(struct recipients **recipients);

/* As event_read(); the ids live in the arena, or until the next call. */
bool recipients_read(struct recipients *recipients, struct arena *arena, const char *text,
    size_t length, struct event *event);

#endif
