/* The SQL of listing people; everything else about them is in lib/account.h. */
#ifndef HICHAT_USER_STORE_H
#define HICHAT_USER_STORE_H

#include "db.h"

struct user_line {
	int64_t id;
	const char *username;
	const char *nickname;
	int64_t created_at;
	int64_t last_seen_at; /* ABSENT: never */
	int64_t suspended_at; /* ABSENT: not suspended */
};

/* Those that are not deleted, with ids above `after`, ascending. */
const struct error *user_lines(
    struct db *db, struct arena *arena, int64_t after, int64_t limit, struct rows *lines);
/* The same of those who are suspended. */
const struct error *user_suspended_lines(
    struct db *db, struct arena *arena, int64_t after, int64_t limit, struct rows *lines);

#endif
