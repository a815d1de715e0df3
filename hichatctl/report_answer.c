/* Deciding about reports.  What is committed is told live as far as Redis can be reached; whoever
 * is not told finds it in their notifications. */
#include "report_answer.h"
#include "clock.h"
#include "event.h"
#include "json.h"
#include "moment_end.h"
#include "moment_rule.h"
#include "notification_row.h"
#include "reports_store.h"
#include <string.h>

#define REMOVED "post_removed"
#define ANSWERED "report_answered"

struct answer {
	struct tool *tool;
	struct report_line report;
	bool upheld;
	bool erased;
	struct id_list viewers;
	struct id_list reporters;
	int64_t *notifications; /* of the reporters, then of the author */
};

static struct json_object *subject_of(const struct answer *answer, const char *kind)
{
	struct json_object *subject = json_new(answer->tool->arena);

	json_set_int(subject, "post_id", answer->report.moment_id);
	json_set_text(subject, "text", answer->report.text);
	if (strcmp(kind, REMOVED) == 0)
		json_set_text(subject, "reason", answer->report.reason);
	else
		json_set_bool(subject, "removed", answer->upheld);
	return subject;
}

static const struct error *notify(
    struct db *db, const struct answer *answer, int64_t user_id, const char *kind, int64_t *id)
{
	struct json_text subject = {json_write(subject_of(answer, kind))};

	return notification_add(db, user_id, kind, ABSENT, subject, id);
}

/* Turns are taken in the order of people. */
static const struct error *notify_all(struct db *db, struct answer *answer)
{
	const struct id_list *reporters = &answer->reporters;
	int64_t author = answer->report.author_id;
	int64_t *of_author = &answer->notifications[reporters->count];
	bool told = !answer->erased;

	for (size_t i = 0; i < reporters->count; i++) {
		if (!told && reporters->ids[i] > author) {
			TRY(notify(db, answer, author, REMOVED, of_author));
			told = true;
		}
		TRY(notify(db, answer, reporters->ids[i], ANSWERED, &answer->notifications[i]));
	}
	return told ? NULL : notify(db, answer, author, REMOVED, of_author);
}

static const struct error *decide(struct db *db, void *context)
{
	struct answer *answer = context;
	struct arena *arena = answer->tool->arena;
	int64_t post = answer->report.moment_id;
	bool there;

	TRY(report_lock_post(db, post, &there));
	answer->erased = there && answer->upheld;
	TRY(report_close(
	    db, arena, post, answer->upheld ? 0 : answer->report.id, &answer->reporters));
	if (answer->reporters.count == 0)
		return FAIL(NOT_FOUND); /* somebody else was faster */
	if (answer->erased) {
		TRY(moment_viewers(db, arena, post, &answer->viewers));
		TRY(moment_erase(db, post));
	}
	answer->notifications =
	    arena_array(arena, answer->reporters.count + 1, sizeof(*answer->notifications));
	return notify_all(db, answer);
}

static void publish(
    const struct answer *answer, const int64_t *users, size_t count, struct json_object *payload)
{
	struct arena *arena = answer->tool->arena;
	const char *text = json_write(payload);
	struct event event = {.kind = EVENT_TO,
	    .ids = users,
	    .count = count,
	    .conversation = ABSENT,
	    .payload = text,
	    .payload_length = strlen(text)};
	const char *envelope = event_write(arena, &event);

	if (envelope != NULL)
		(void)redis_publish(answer->tool->redis, EVENT_CHANNEL, &envelope, 1);
}

static void publish_notification(
    const struct answer *answer, int64_t user_id, const char *kind, int64_t id)
{
	struct json_object *event = json_new(answer->tool->arena);

	json_set_text(event, "event", EVENT_NOTIFICATION);
	json_set_int(event, "id", id);
	json_set_text(event, "kind", kind);
	json_set(event, "actor", NULL);
	json_set_raw(event, "subject", (struct json_text){json_write(subject_of(answer, kind))});
	json_set_int(event, "created_at", clock_wall_ms());
	json_set_bool(event, "read", false);
	publish(answer, &user_id, 1, event);
}

static void publish_all(const struct answer *answer)
{
	const struct report_line *report = &answer->report;
	struct json_object *gone = json_new(answer->tool->arena);

	for (size_t i = 0; i < answer->reporters.count; i++)
		publish_notification(
		    answer, answer->reporters.ids[i], ANSWERED, answer->notifications[i]);
	if (!answer->erased)
		return;
	publish_notification(
	    answer, report->author_id, REMOVED, answer->notifications[answer->reporters.count]);
	json_set_text(gone, "event", EVENT_MOMENT);
	json_set_int(gone, "post_id", report->moment_id);
	json_set_int(gone, "author_id", report->author_id);
	json_set_bool(gone, "deleted", true);
	publish(answer, answer->viewers.ids, answer->viewers.count, gone);
	publish(answer, &report->author_id, 1, gone);
}

static const struct error *answer_report(
    struct tool *tool, int64_t id, bool upheld, struct report_outcome *outcome)
{
	struct answer answer = {.tool = tool, .upheld = upheld};

	TRY(report_get(tool->db, tool->arena, id, &answer.report));
	TRY(db_transaction(tool->db, false, decide, &answer));
	if (tool->config->redis.enabled)
		publish_all(&answer);
	*outcome =
	    (struct report_outcome){answer.report.moment_id, answer.erased, answer.reporters.count};
	return NULL;
}

const struct error *report_dismiss(
    struct tool *tool, int64_t report, struct report_outcome *outcome)
{
	return answer_report(tool, report, false, outcome);
}

const struct error *report_uphold(struct tool *tool, int64_t report, struct report_outcome *outcome)
{
	return answer_report(tool, report, true, outcome);
}
