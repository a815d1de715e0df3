/* What becomes of each draft of a batch, decided between the two round trips of its
 * transaction, while the conversations are locked. */
#include "send_batch.h"
#include "clock.h"
#include "event.h"
#include "send_batch_store.h"
#include <stdlib.h>
#include <string.h>

struct batch {
	struct arena *arena;
	struct send_draft *const *drafts;
	size_t count;
	struct rows locked;
	const struct send_standing **standings; /* of each draft; NULL: no member */
	struct message *fresh;			/* what is to be inserted */
	size_t fresh_count;
	int64_t now;
};

static int by_id(const void *left, const void *right)
{
	int64_t one = *(const int64_t *)left, other = *(const int64_t *)right;

	return (one > other) - (one < other);
}

static struct id_list conversations_of(const struct batch *batch)
{
	int64_t *ids = arena_array(batch->arena, batch->count, sizeof(*ids));
	size_t count = 0;

	for (size_t i = 0; i < batch->count; i++)
		ids[i] = batch->drafts[i]->wanted.conversation_id;
	qsort(ids, batch->count, sizeof(*ids), by_id);
	for (size_t i = 0; i < batch->count; i++) {
		if (count == 0 || ids[i] != ids[count - 1])
			ids[count++] = ids[i];
	}
	return (struct id_list){ids, count};
}

static const struct error *read_batch(struct batch *batch, struct db *db)
{
	struct message *wanted = arena_array(batch->arena, batch->count, sizeof(*wanted));
	struct rows messages = {NULL, wanted, batch->count};
	struct id_list conversations = conversations_of(batch);
	struct rows standings;

	for (size_t i = 0; i < batch->count; i++)
		wanted[i] = batch->drafts[i]->wanted;
	TRY(send_batch_read(
	    db, batch->arena, &conversations, &messages, &batch->locked, &standings));
	batch->standings = arena_array(batch->arena, batch->count, sizeof(*batch->standings));
	for (size_t i = 0; i < standings.count; i++) {
		const struct send_standing *standing = ROW(struct send_standing, &standings, i);

		batch->standings[standing->draft - 1] = standing;
	}
	return NULL;
}

/* The first member of what was locked is its id. */
static struct send_locked *locked_find(const struct rows *locked, int64_t conversation)
{
	return bsearch(
	    &conversation, locked->items, locked->count, sizeof(struct send_locked), by_id);
}

/* An edited or recalled message no longer shows what was sent. */
static bool says_the_same(const struct message *wanted, const struct message *stored)
{
	if (stored->edited_at != ABSENT || stored->recalled_at != ABSENT)
		return true;
	return wanted->reply_to == stored->reply_to && strcmp(wanted->kind, stored->kind) == 0 &&
	       strcmp(wanted->body.text, stored->body.text) == 0;
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
	return NULL;
}

/* Another draft of this batch with the same client key: two attempts at one send. */
static const struct send_draft *find_twin(const struct batch *batch, size_t index)
{
	const struct message *wanted = &batch->drafts[index]->wanted;

	for (size_t i = 0; i < index; i++) {
		const struct send_draft *other = batch->drafts[i];

		if (other->error == NULL && other->wanted.sender_id == wanted->sender_id &&
		    other->wanted.conversation_id == wanted->conversation_id &&
		    strcmp(other->wanted.client_key, wanted->client_key) == 0)
			return other;
	}
	return NULL;
}

static const struct error *check_mentions(
    const struct send_draft *draft, const struct send_standing *standing)
{
	for (size_t i = 0; i < draft->mentions.count; i++) {
		int64_t user_id = draft->mentions.ids[i];

		if (user_id != draft->wanted.sender_id && user_id != standing->peer_id)
			return error_field(draft->arena, FAIL(INVALID), "mentions");
	}
	return NULL;
}

static void number(struct batch *batch, struct send_draft *draft, struct send_locked *locked)
{
	draft->stored = draft->wanted;
	draft->stored.seq = ++locked->last_seq;
	draft->stored.ordinal = ++locked->last_ordinal;
	draft->stored.created_at = batch->now;
	batch->fresh[batch->fresh_count++] = draft->stored;
}

static const struct error *decide(struct batch *batch, size_t index)
{
	struct send_draft *draft = batch->drafts[index];
	const struct send_standing *standing = batch->standings[index];
	struct send_locked *locked = locked_find(&batch->locked, draft->wanted.conversation_id);
	int64_t reply_to = draft->wanted.reply_to;
	const struct send_draft *twin;

	draft->repeated = false;
	if (standing == NULL || locked == NULL)
		return FAIL(NOT_MEMBER);
	draft->peer_id = standing->peer_id;
	if (standing->stored.seq != ABSENT)
		return repeat(draft, &standing->stored);
	twin = find_twin(batch, index);
	if (twin != NULL)
		return repeat(draft, &twin->stored);
	if (!standing->friends)
		return FAIL(NOT_FRIENDS);
	/* The numbers have no holes, so what lies between is there. */
	if (reply_to != ABSENT && (reply_to <= standing->floor || reply_to > locked->last_seq))
		return error_field(draft->arena, FAIL(INVALID), "reply_to");
	TRY(check_mentions(draft, standing));
	number(batch, draft, locked);
	return NULL;
}

static int by_sender(const void *left, const void *right)
{
	const struct message *one = left, *other = right;
	int order = by_id(&one->conversation_id, &other->conversation_id);

	if (order == 0)
		order = by_id(&one->sender_id, &other->sender_id);
	return order != 0 ? order : by_id(&one->seq, &other->seq);
}

/* One for each conversation and sender, ascending as whoever else changes members does. */
static struct rows advances_of(const struct batch *batch)
{
	struct send_advance *advances =
	    arena_array(batch->arena, batch->fresh_count, sizeof(*advances));
	size_t count = 0;

	qsort(batch->fresh, batch->fresh_count, sizeof(*batch->fresh), by_sender);
	for (size_t i = 0; i < batch->fresh_count; i++) {
		const struct message *message = &batch->fresh[i];
		const struct send_locked *locked =
		    locked_find(&batch->locked, message->conversation_id);
		struct send_advance *last = count > 0 ? &advances[count - 1] : NULL;

		if (last == NULL || last->conversation_id != message->conversation_id ||
		    last->sender_id != message->sender_id)
			last = &advances[count++];
		*last = (struct send_advance){
		    .conversation_id = message->conversation_id,
		    .last_seq = locked->last_seq,
		    .last_ordinal = locked->last_ordinal,
		    .sender_id = message->sender_id,
		    .read_seq = message->seq,
		    .read_ordinal = message->ordinal,
		    .updated_at = batch->now,
		};
	}
	return (struct rows){&send_advance_record, advances, count};
}

static const struct error *write_batch(struct batch *batch, struct db *db)
{
	struct rows advances = advances_of(batch);
	struct rows messages = {NULL, batch->fresh, batch->fresh_count};

	return send_batch_write(db, batch->arena, &messages, &advances);
}

/* A commit whose outcome is unknown may be repeated too: then the client keys are found. */
static enum send_result result_of(struct db *db, const struct error *error)
{
	if (error == NULL)
		return SEND_STORED;
	if (db_retryable(db))
		return SEND_AGAIN;
	if (!error_is(error, FAIL(UNAVAILABLE)))
		return SEND_ALONE;
	return db_ping(db) == NULL ? SEND_AGAIN : SEND_AWAY;
}

enum send_result send_batch_commit(void *means, struct send_draft *const *drafts, size_t count)
{
	const struct send_means *own = means;
	const struct error *error;
	struct batch batch = {
	    .arena = own->arena, .drafts = drafts, .count = count, .now = clock_wall_ms()};

	error = read_batch(&batch, own->db);
	if (error != NULL)
		return result_of(own->db, error);
	batch.fresh = arena_array(own->arena, count, sizeof(*batch.fresh));
	for (size_t i = 0; i < count; i++)
		drafts[i]->error = decide(&batch, i);
	if (batch.fresh_count > 0)
		return result_of(own->db, write_batch(&batch, own->db));
	db_rollback(own->db);
	return SEND_STORED;
}

static const char *event_of(struct arena *arena, const struct send_draft *draft)
{
	const char *payload = json_write(json_own(arena, stream_event(&draft->stored)));

	return event_write(arena, &(struct event){.kind = EVENT_TO,
				      .ids = (int64_t[]){draft->wanted.sender_id, draft->peer_id},
				      .count = draft->peer_id != ABSENT ? 2 : 1,
				      .conversation = draft->wanted.conversation_id,
				      .payload = payload,
				      .payload_length = strlen(payload)});
}

void send_batch_announce(void *means, struct send_draft *const *drafts, size_t count)
{
	const struct send_means *own = means;
	const char **events = arena_array(own->arena, count, sizeof(*events));
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		if (drafts[i]->error == NULL)
			events[used++] = event_of(own->arena, drafts[i]);
	}
	/* A dead Redis was logged by lib/redis; clients find what they missed by syncing. */
	(void)redis_publish(own->redis, EVENT_CHANNEL, events, used);
}
