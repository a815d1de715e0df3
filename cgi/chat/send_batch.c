/* What becomes of each draft of a batch, decided between the two round trips of its
 * transaction, while the conversations are locked. */
#include "send_batch.h"
#include "clock.h"
#include "event.h"
#include "poll_file.h"
#include "send_entry.h"
#include "send_group.h"
#include "send_media.h"
#include "send_right.h"
#include <string.h>

struct batch {
	const struct send_means *means;
	struct arena *arena;
	struct send_draft *const *drafts;
	struct send_entry *entries;
	size_t count;
	int64_t now;

	/* What is to be written; the heads move with every draft taken. */
	struct message *messages;
	size_t message_count;
	struct send_head *heads;
	size_t head_count;
	struct send_reader *readers;
	size_t reader_count;
};

static void open_batch(struct batch *batch, const struct send_means *means,
    struct send_draft *const *drafts, size_t count)
{
	struct arena *arena = means->arena;
	int64_t now = clock_wall_ms();

	*batch = (struct batch){
	    .means = means,
	    .arena = arena,
	    .drafts = drafts,
	    .entries = send_entries_new(arena, drafts, count, now),
	    .count = count,
	    .now = now,
	    .messages = arena_array(arena, count, sizeof(*batch->messages)),
	    .heads = arena_array(arena, count, sizeof(*batch->heads)),
	    .readers = arena_array(arena, count, sizeof(*batch->readers)),
	};
}

/* An edited or recalled message no longer shows what was sent. */
static bool says_the_same(const struct message *wanted, const struct message *stored)
{
	if (stored->edited_at != ABSENT || stored->recalled_at != ABSENT)
		return true;
	return wanted->reply_to == stored->reply_to && strcmp(wanted->kind, stored->kind) == 0 &&
	       strcmp(wanted->body.text, stored->body.text) == 0 &&
	       strcmp(wanted->mentions.text, stored->mentions.text) == 0;
}

static const struct error *repeat(struct send_draft *draft, const struct message *stored)
{
	if (!says_the_same(&draft->wanted, stored))
		return FAIL(CONFLICT);
	draft->repeated = true;
	draft->stored = *stored;
	draft->stored.client_key = draft->wanted.client_key;
	draft->stored.kind = arena_text(draft->arena, stored->kind);
	draft->stored.body.text = arena_text(draft->arena, stored->body.text);
	draft->stored.mentions.text = arena_text(draft->arena, stored->mentions.text);
	draft->stored.reactions.text = arena_text(draft->arena, stored->reactions.text);
	return NULL;
}

/* Another draft of this batch with the same client key: two attempts at one send. */
static const struct send_draft *find_twin(const struct batch *batch, size_t index)
{
	const struct message *wanted = &batch->entries[index].draft->wanted;

	while (index-- > 0) {
		const struct send_draft *other = batch->entries[index].draft;

		if (other->wanted.conversation_id != wanted->conversation_id)
			return NULL;
		if (other->error == NULL && other->wanted.sender_id == wanted->sender_id &&
		    strcmp(other->wanted.client_key, wanted->client_key) == 0)
			return other;
	}
	return NULL;
}

static struct send_head *head_of(struct batch *batch, const struct send_entry *entry)
{
	struct send_head *head = &batch->heads[batch->head_count];

	if (batch->head_count > 0 && head[-1].id == entry->place->id)
		return &head[-1];
	batch->head_count++;
	*head = (struct send_head){
	    .id = entry->place->id,
	    .kind = entry->standing->peer_id != ABSENT ? "direct" : "group",
	    .last_seq = entry->place->last_seq,
	    .last_ordinal = entry->place->last_ordinal,
	    .updated_at = batch->now,
	};
	return head;
}

/* Senders have read up to what they said themselves. */
static void move_reader(struct batch *batch, const struct message *message)
{
	struct send_reader *reader = NULL;

	for (size_t i = batch->reader_count; i-- > 0 && reader == NULL;) {
		if (batch->readers[i].conversation_id != message->conversation_id)
			break;
		if (batch->readers[i].user_id == message->sender_id)
			reader = &batch->readers[i];
	}
	if (reader == NULL)
		reader = &batch->readers[batch->reader_count++];
	*reader = (struct send_reader){
	    .conversation_id = message->conversation_id,
	    .user_id = message->sender_id,
	    .read_seq = message->seq,
	    .read_ordinal = message->ordinal,
	    .joined_at = batch->now,
	};
}

static void number(struct batch *batch, const struct send_entry *entry)
{
	struct send_draft *draft = entry->draft;
	struct send_head *head = head_of(batch, entry);

	draft->stored = draft->wanted;
	draft->stored.seq = ++head->last_seq;
	draft->stored.ordinal = ++head->last_ordinal;
	draft->stored.created_at = batch->now;
	batch->messages[batch->message_count++] = draft->stored;
	move_reader(batch, &draft->stored);
}

static const struct error *allow(const struct send_entry *entry)
{
	const struct send_draft *draft = entry->draft;

	TRY(send_right(draft->arena, entry->place, entry->standing, entry->now));
	return send_right_to_mention(draft, entry->standing, entry->list);
}

static const struct error *decide(struct batch *batch, size_t index)
{
	const struct send_entry *entry = &batch->entries[index];
	const struct send_standing *standing = entry->standing;
	struct send_draft *draft = entry->draft;
	int64_t reply_to = draft->wanted.reply_to;
	const struct send_draft *twin;

	draft->repeated = false;
	draft->notified = (struct id_list){NULL, 0};
	if (standing == NULL)
		return FAIL(NOT_MEMBER);
	draft->peer_id = standing->peer_id;
	draft->list = entry->list;
	if (entry->stored != NULL)
		return repeat(draft, entry->stored);
	twin = find_twin(batch, index);
	if (twin != NULL)
		return repeat(draft, &twin->stored);
	TRY(allow(entry));
	/* The numbers have no holes, so what lies between is there. */
	if (reply_to != ABSENT &&
	    (reply_to <= standing->floor || reply_to > entry->place->last_seq))
		return error_field(draft->arena, FAIL(INVALID), "reply_to");
	number(batch, entry);
	return NULL;
}

static const struct error *mention_all(struct batch *batch)
{
	struct send_draft **calling = arena_array(batch->arena, batch->count, sizeof(*calling));
	size_t count = 0;

	for (size_t i = 0; i < batch->count; i++) {
		const struct send_entry *entry = &batch->entries[i];
		struct send_draft *draft = entry->draft;

		if (entry->list != NULL && draft->error == NULL && !draft->repeated &&
		    (draft->mentions.count > 0 || draft->mention_all))
			calling[count++] = draft;
	}
	return count > 0 ? send_group_mention(batch->means, calling, count) : NULL;
}

static const struct error *write_batch(struct batch *batch, struct db *db)
{
	struct rows messages = {NULL, batch->messages, batch->message_count};
	struct rows heads = {&send_head_record, batch->heads, batch->head_count};
	struct rows readers = {&send_reader_record, batch->readers, batch->reader_count};

	TRY(mention_all(batch));
	TRY(send_media_note(db, batch->arena, batch->drafts, batch->count));
	return send_batch_write(db, batch->arena, &messages, &heads, &readers);
}

/* Somebody's client key was stored already, which is looked up when it is tried once more. */
static bool is_repetition(const struct db *db, const struct error *error)
{
	const char *key = db_violated_key(db);

	return error_is(error, FAIL(CONFLICT)) && key != NULL && strcmp(key, "client_key") == 0;
}

/* A commit whose outcome is unknown may be repeated too: then the client keys are found. */
static enum send_result result_of(struct db *db, const struct error *error)
{
	if (error == NULL)
		return SEND_STORED;
	if (db_retryable(db) || is_repetition(db, error))
		return SEND_AGAIN;
	if (!error_is(error, FAIL(UNAVAILABLE))) {
		LOG(ERROR, "a batch of sends was not stored", LOG_FIELD("reason", db_reason(db)));
		return SEND_ALONE;
	}
	return db_ping(db) == NULL ? SEND_AGAIN : SEND_AWAY;
}

enum send_result send_batch_commit(void *means, struct send_draft *const *drafts, size_t count)
{
	const struct send_means *own = means;
	const struct error *error;
	struct batch batch;

	open_batch(&batch, own, drafts, count);
	error = send_entries_read(own, batch.entries, count);
	if (error != NULL)
		return result_of(own->db, error);
	for (size_t i = 0; i < count; i++)
		batch.entries[i].draft->error = decide(&batch, i);
	if (batch.message_count > 0)
		return result_of(own->db, write_batch(&batch, own->db));
	db_rollback(own->db);
	return SEND_STORED;
}

static const char *event_of(const struct send_means *means, const struct send_draft *draft)
{
	struct arena *arena = means->arena;
	const char *payload = json_write(json_own(arena, stream_event(&draft->stored)));
	const int64_t pair[] = {draft->wanted.sender_id, draft->peer_id};
	struct id_list members = {pair, 2};

	if (draft->list != NULL)
		members = draft->list->members;
	poll_files_touch(means->config, means->keys, arena, members.ids, members.count);
	return event_write(arena, &(struct event){.kind = EVENT_TO,
				      .ids = members.ids,
				      .count = members.count,
				      .list = draft->list != NULL ? draft->list->recipients : NULL,
				      .conversation = draft->wanted.conversation_id,
				      .payload = payload,
				      .payload_length = strlen(payload)});
}

void send_batch_announce(void *means, struct send_draft *const *drafts, size_t count)
{
	const struct send_means *own = means;
	const char **events = arena_array(own->arena, count, sizeof(*events));
	size_t used = 0;

	/* Who lacks a message that was changed since sees a gap before the change. */
	for (size_t i = 0; i < count; i++) {
		if (drafts[i]->error == NULL && drafts[i]->stored.changed_seq == ABSENT)
			events[used++] = event_of(own, drafts[i]);
	}
	/* A dead Redis was logged by lib/redis; clients find what they missed by syncing. */
	(void)redis_publish(own->redis, EVENT_CHANNEL, events, used);
}
