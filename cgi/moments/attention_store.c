/* SQL of muting and reporting posts. */
#include "attention_store.h"
#include "clock.h"

static const char SQL_MUTE[] = "INSERT INTO moment_mute (moment_id, user_id) VALUES (?, ?)"
			       " ON DUPLICATE KEY UPDATE user_id = user_id";
static const char SQL_UNMUTE[] = "DELETE FROM moment_mute WHERE moment_id = ? AND user_id = ?";

static const char SQL_REPORT[] =
    "INSERT INTO moment_report (moment_id, reporter_id, reason, note, text, created_at)"
    " VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE reason = reason";

const struct error *attention_set_muted(struct db *db, int64_t user_id, int64_t post_id, bool muted)
{
	return db_exec(db, muted ? SQL_MUTE : SQL_UNMUTE, PARAMS(P(post_id), P(user_id)));
}

const struct error *attention_add_report(struct db *db, int64_t user_id, const struct post *post,
    const struct report_draft *draft, bool *added)
{
	const char *note = draft->note != NULL ? draft->note : "";

	TRY(db_exec(db, SQL_REPORT,
	    PARAMS(P(post->id), P(user_id), P(draft->reason), P(note), P(post->text),
		P(clock_wall_ms()))));
	*added = db_affected(db) > 0;
	return NULL;
}
