/* SQL of what messages carry. */
#include "send_media.h"
#include "db.h"
#include "json.h"
#include "media_body.h"

struct media_use {
	int64_t conversation_id;
	int64_t seq;
	int64_t media_id;
	const char *kind;
};

static const struct field media_use_fields[] = {
    OUTPUT(struct media_use, conversation_id),
    OUTPUT(struct media_use, seq),
    OUTPUT(struct media_use, media_id),
    OUTPUT(struct media_use, kind),
};
static const struct record media_use_record = RECORD(struct media_use, media_use_fields);

/* One that was deleted since its message was read leaves a message that carries nothing. */
static const char SQL_NOTE[] =
    "INSERT INTO media_use (conversation_id, seq, media_id, kind)"
    " SELECT wanted.conversation_id, wanted.seq, media.id, wanted.kind FROM JSON_TABLE(?, '$[*]'"
    " COLUMNS (conversation_id BIGINT PATH '$.conversation_id', seq BIGINT PATH '$.seq',"
    " media_id BIGINT PATH '$.media_id', kind VARCHAR(10) PATH '$.kind')) wanted"
    " STRAIGHT_JOIN media FORCE INDEX (PRIMARY) ON media.id = wanted.media_id"
    " LOCK IN SHARE MODE";

static const char SQL_FORGET[] = "DELETE FROM media_use WHERE conversation_id = ? AND seq = ?";

static size_t carried(const struct send_draft *draft)
{
	return draft->error == NULL && !draft->repeated ? draft->media.count : 0;
}

const struct error *send_media_note(
    struct db *db, struct arena *arena, struct send_draft *const *drafts, size_t count)
{
	struct rows rows = {&media_use_record, NULL, 0};
	struct media_use *uses;
	struct db_step step = {SQL_NOTE, NO_PARAMS, NULL, NULL};
	size_t total = 0;

	for (size_t i = 0; i < count; i++)
		total += carried(drafts[i]);
	if (total == 0)
		return NULL;
	uses = arena_array(arena, total, sizeof(*uses));
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < carried(drafts[i]); j++)
			uses[rows.count++] = (struct media_use){drafts[i]->stored.conversation_id,
			    drafts[i]->stored.seq, drafts[i]->media.ids[j], drafts[i]->stored.kind};
	rows.items = uses;
	step.params = PARAMS(P(json_write(json_own(arena, json_list(&rows)))));
	return db_run(db, arena, &step, 1);
}

const struct error *send_media_forget(struct db *db, const struct message *message)
{
	if (!media_body_carries(message->kind))
		return NULL;
	return db_exec(db, SQL_FORGET, PARAMS(P(message->conversation_id), P(message->seq)));
}
