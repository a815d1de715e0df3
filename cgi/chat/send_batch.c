/* What becomes of each draft of a batch, decided between the two round trips of its
 * transaction, while the conversations are locked. */
#include "send_batch.h"
#include "clock.h"
#include "event.h"
#include "send_batch_store.h"
#include "send_group.h"
#include <stdlib.h>
#include <string.h>

struct entry {
	struct send_draft *draft;
	size_t arrival;
	const struct send_standing *standing; /* NULL: no member */
	const struct message *stored;	      /* under the same client key, or NULL */
	const struct member_list *list;	      /* of a group; NULL: a direct conversation */
};

struct batch {
	const struct send_means *means;
	struct arena *arena;
	struct entry *entries; /* by conversation, ascending, then in order of arrival */
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

static int by_conversation(const void *left, const void *right)
{
	const struct entry *one = left, *other = right;
	int64_t here = one->draft->wanted.conversation_id;
	int64_t there = other->draft->wanted.conversation_id;

	if (here != there)
		return here < there ? -1 : 1;
	return one->arrival < other->arrival ? -1 : 1;
}

static void open_batch(struct batch *batch, const struct send_means *means,
    struct send_draft *const *drafts, size_t count)
{
	struct arena *arena = means->arena;

	*batch = (struct batch){
	    .means = means,
	    .arena = arena,
	    .entries = arena_array(arena, count, sizeof(*batch->entries)),
	    .count = count,
	    .now = clock_wall_ms(),
	    .messages = arena_array(arena, count, sizeof(*batch->messages)),
	    .heads = arena_array(arena, count, sizeof(*batch->heads)),
	    .readers = arena_array(arena, count, sizeof(*batch->readers)),
	};
	for (size_t i = 0; i < count; i++)
		batch->entries[i] = (struct entry){.draft = drafts[i], .arrival = i};
	qsort(batch->entries, count, sizeof(*batch->entries), by_conversation);
}

/* The messages that were stored before, which is rare: a round trip more. */
static const struct error *read_stored(struct batch *batch, struct db *db, size_t count)
{
	struct message *numbers = arena_array(batch->arena, count, sizeof(*numbers));
	struct rows wanted = {NULL, numbers, 0}, stored;

	for (size_t i = 0; i < batch->count; i++) {
		const struct send_standing *standing = batch->entries[i].standing;

		if (standing == NULL || standing->stored_seq == ABSENT)
			continue;
		numbers[wanted.count] = batch->entries[i].draft->wanted;
		numbers[wanted.count++].seq = standing->stored_seq;
	}
	TRY(send_batch_stored(db, batch->arena, &wanted, &stored));
	for (size_t i = 0; i < batch->count; i++) {
		struct entry *entry = &batch->entries[i];

		for (size_t j = 0; entry->standing != NULL && j < stored.count; j++) {
			const struct message *message = ROW(struct message, &stored, j);

			if (message->seq == entry->standing->stored_seq &&
			    message->conversation_id == entry->draft->wanted.conversation_id)
				entry->stored = message;
		}
	}
	return NULL;
}

/* Whom the messages of groups reach; the entries of one group stand side by side. */
static const struct error *read_lists(struct batch *batch)
{
	const struct entry *known = NULL;

	for (size_t i = 0; i < batch->count; i++) {
		struct entry *entry = &batch->entries[i];
		int64_t conversation = entry->draft->wanted.conversation_id;

		if (entry->standing == NULL || entry->standing->peer_id != ABSENT)
			continue;
		if (known == NULL || known->draft->wanted.conversation_id != conversation)
			TRY(send_group_members(batch->means, conversation,
			    entry->standing->member_version, &entry->list));
		else
			entry->list = known->list;
		known = entry;
	}
	return NULL;
}

static const struct error *read_batch(struct batch *batch, struct db *db)
{
	struct message *wanted = arena_array(batch->arena, batch->count, sizeof(*wanted));
	struct rows messages = {NULL, wanted, batch->count};
	struct rows standings;
	size_t stored = 0;

	for (size_t i = 0; i < batch->count; i++)
		wanted[i] = batch->entries[i].draft->wanted;
	TRY(send_batch_read(db, batch->arena, &messages, &standings));
	for (size_t i = 0; i < standings.count; i++) {
		const struct send_standing *standing = ROW(struct send_standing, &standings, i);

		batch->entries[standing->draft - 1].standing = standing;
		stored += standing->stored_seq != ABSENT;
	}
	TRY(read_lists(batch));
	return stored == 0 ? NULL : read_stored(batch, db, stored);
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

static const struct error *check_mentions(
    const struct send_draft *draft, const struct send_standing *standing)
{
	if (draft->mention_all)
		return error_field(draft->arena, FAIL(INVALID), "mention_all");
	for (size_t i = 0; i < draft->mentions.count; i++) {
		int64_t user_id = draft->mentions.ids[i];

		if (user_id != draft->wanted.sender_id && user_id != standing->peer_id)
			return error_field(draft->arena, FAIL(INVALID), "mentions");
	}
	return NULL;
}

static struct send_head *head_of(struct batch *batch, const struct entry *entry)
{
	int64_t conversation = entry->draft->wanted.conversation_id;
	struct send_head *head = &batch->heads[batch->head_count];

	if (batch->head_count > 0 && head[-1].id == conversation)
		return &head[-1];
	batch->head_count++;
	*head = (struct send_head){
	    .id = conversation,
	    .kind = entry->standing->peer_id != ABSENT ? "direct" : "group",
	    .last_seq = entry->standing->last_seq,
	    .last_ordinal = entry->standing->last_ordinal,
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

static void number(struct batch *batch, const struct entry *entry)
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

static const struct error *allow(const struct batch *batch, const struct send_draft *draft,
    const struct send_standing *standing, const struct member_list *list)
{
	if (list != NULL) {
		TRY(send_group_allow(draft, standing, batch->now));
		return send_group_check_mentions(draft, standing, list);
	}
	if (!standing->friends)
		return FAIL(NOT_FRIENDS);
	if (standing->blocked)
		return FAIL(BLOCKED);
	return check_mentions(draft, standing);
}

static const struct error *decide(struct batch *batch, size_t index)
{
	const struct entry *entry = &batch->entries[index];
	const struct send_standing *standing = entry->standing;
	struct send_draft *draft = entry->draft;
	int64_t reply_to = draft->wanted.reply_to;
	const struct member_list *list = batch->entries[index].list;
	const struct send_draft *twin;

	draft->repeated = false;
	draft->notified = (struct id_list){NULL, 0};
	if (standing == NULL)
		return FAIL(NOT_MEMBER);
	draft->peer_id = standing->peer_id;
	draft->recipients = list != NULL ? list->recipients : NULL;
	if (entry->stored != NULL)
		return repeat(draft, entry->stored);
	twin = find_twin(batch, index);
	if (twin != NULL)
		return repeat(draft, &twin->stored);
	TRY(allow(batch, draft, standing, list));
	/* The numbers have no holes, so what lies between is there. */
	if (reply_to != ABSENT && (reply_to <= standing->floor || reply_to > standing->last_seq))
		return error_field(draft->arena, FAIL(INVALID), "reply_to");
	number(batch, entry);
	return NULL;
}

static const struct error *write_batch(struct batch *batch, struct db *db)
{
	struct rows messages = {NULL, batch->messages, batch->message_count};
	struct rows heads = {&send_head_record, batch->heads, batch->head_count};
	struct rows readers = {&send_reader_record, batch->readers, batch->reader_count};

	for (size_t i = 0; i < batch->count; i++) {
		const struct entry *entry = &batch->entries[i];

		if (entry->list != NULL && entry->draft->error == NULL && !entry->draft->repeated)
			TRY(send_group_mention(batch->means, entry->draft));
	}
	return send_batch_write(db, batch->arena, &messages, &heads, &readers);
}

/* A commit whose outcome is unknown may be repeated too: then the client keys are found. */
static enum send_result result_of(struct db *db, const struct error *error)
{
	if (error == NULL)
		return SEND_STORED;
	if (db_retryable(db))
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
	error = read_batch(&batch, own->db);
	if (error != NULL)
		return result_of(own->db, error);
	for (size_t i = 0; i < count; i++)
		batch.entries[i].draft->error = decide(&batch, i);
	if (batch.message_count > 0)
		return result_of(own->db, write_batch(&batch, own->db));
	db_rollback(own->db);
	return SEND_STORED;
}

static const char *event_of(struct arena *arena, const struct send_draft *draft)
{
	const char *payload = json_write(json_own(arena, stream_event(&draft->stored)));

	return event_write(arena, &(struct event){.kind = EVENT_TO,
				      .ids = (int64_t[]){draft->wanted.sender_id, draft->peer_id},
				      .count = 2,
				      .list = draft->recipients,
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
