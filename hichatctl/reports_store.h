/* The SQL of the administrator's look at what was reported. */
#ifndef HICHAT_REPORTS_STORE_H
#define HICHAT_REPORTS_STORE_H

#include "db.h"

struct report_line {
	int64_t id;
	int64_t moment_id;
	const char *author; /* usernames */
	const char *reporter;
	const char *reason;
	const char *note;
	const char *text; /* what the post said when it was reported */
	int64_t created_at;
	bool deleted; /* the post, meanwhile */
};

/* Those that are open, with ids above `after`, ascending. */
const struct error *report_lines(
    struct db *db, struct arena *arena, int64_t after, int64_t limit, struct rows *lines);
/* *existed: it was open until now. */
const struct error *report_close(struct db *db, int64_t id, bool *existed);

#endif
