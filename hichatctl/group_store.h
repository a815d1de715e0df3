/* The SQL of the administrator's look at groups. */
#ifndef HICHAT_GROUP_STORE_H
#define HICHAT_GROUP_STORE_H

#include "db.h"

struct group_line {
	int64_t id;
	const char *name;
	const char *owner; /* a username */
	int64_t member_count;
	int64_t member_limit;
};

/* Those that are not dissolved, with ids above `after`, ascending. */
const struct error *group_lines(
    struct db *db, struct arena *arena, int64_t after, int64_t limit, struct rows *lines);
/* One of them; 404 not_found. */
const struct error *group_line(
    struct db *db, struct arena *arena, int64_t id, struct group_line *line);
const struct error *group_set_limit(struct db *db, int64_t id, int64_t limit);

#endif
