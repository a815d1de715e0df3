/* What a live ticket holds, see lib/event.h. */
#ifndef WSD_TICKET_H
#define WSD_TICKET_H

#include "roster.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct partings;

/* A small group and its members. */
struct circle {
	int64_t conversation;
	const int64_t *members;
	size_t count;
};

struct ticket {
	int64_t user;
	int64_t login; /* its "session": the one that logged in */
	bool typing;
	int64_t *watch;
	size_t watch_count;
	struct direct *directs;
	size_t direct_count;
	struct circle *circles;
	size_t circle_count;
};

/* False when the text is not one.  The lists live in the arena. */
bool ticket_read(struct arena *arena, const char *text, size_t length, struct ticket *ticket);
/* Takes out whoever is a friend no longer, and what is hidden by now. */
void ticket_part(struct ticket *ticket, const struct partings *partings, int64_t now);

#endif
