/* The SQL of the administrator's look at what was reported. */
#ifndef HICHAT_REPORTS_STORE_H
#define HICHAT_REPORTS_STORE_H

#include "db.h"

struct report_line {
	int64_t id;
	int64_t moment_id;
	int64_t author_id;
	const char *author; /* usernames */
	const char *reporter;
	const char *audience;
	const char *reason;
	const char *note;
	const char *text; /* what the post said when it was reported */
	int64_t posted_at;
	int64_t created_at;
	bool deleted; /* the post, meanwhile */
};

/* Those that are open, with ids above `after`, ascending. */
const struct error *report_lines(
    struct db *db, struct arena *arena, int64_t after, int64_t limit, struct rows *lines);
/* One of them; 404 not_found. */
const struct error *report_get(
    struct db *db, struct arena *arena, int64_t id, struct report_line *report);

/* What the post shows; nothing of one that is deleted. */
struct report_media {
	int64_t id;
	const char *purpose;
	const char *type;
	int64_t size;
	const char *original; /* a content, see media_content.h */
};
const struct error *report_media(
    struct db *db, struct arena *arena, int64_t moment_id, struct rows *media);

/* Within a transaction, in this order: */
const struct error *report_lock_post(struct db *db, int64_t moment_id, bool *there);
/* Who has reported the post and waits, by one report (0: by any), ascending; closes these. */
const struct error *report_close(struct db *db, struct arena *arena, int64_t moment_id,
    int64_t report, struct id_list *reporters);

#endif
