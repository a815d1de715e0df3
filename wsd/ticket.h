/* What a live ticket holds, see lib/event.h. */
#ifndef WSD_TICKET_H
#define WSD_TICKET_H

#include "roster.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct ticket {
	int64_t user;
	int64_t login; /* its "session": the one that logged in */
	const int64_t *watch;
	size_t watch_count;
	const struct direct *directs;
	size_t direct_count;
};

/* False when the text is not one.  The lists live in the arena. */
bool ticket_read(struct arena *arena, const char *text, size_t length, struct ticket *ticket);

#endif
