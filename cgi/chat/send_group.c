/* Sends in groups: recipients, mentions. */
#include "send_group.h"
#include "group.h"
#include "notification.h"
#include <stdlib.h>

#define EVERYBODY 0

static void release(void *list)
{
	member_cache_release(list);
}

const struct error *send_group_members(
    const struct send_means *means, const struct send_place *place, const struct member_list **list)
{
	struct id_list members;

	*list = member_cache_find(means->members, place->id, place->member_version);
	if (*list == NULL) {
		TRY(send_batch_members(means->db, means->arena, place->id, &members));
		*list =
		    member_cache_keep(means->members, place->id, place->member_version, members);
	}
	arena_defer(means->arena, release, (void *)*list);
	return NULL;
}

static int by_id(const void *left, const void *right)
{
	int64_t one = *(const int64_t *)left, other = *(const int64_t *)right;

	return (one > other) - (one < other);
}

/* Whom it names, each once, everybody first. */
static struct send_call read_call(struct arena *arena, struct send_draft *draft)
{
	size_t count = draft->mentions.count;
	int64_t *ids = arena_array(arena, count + 1, sizeof(*ids));
	struct send_call call = {.draft = draft};

	for (size_t i = 0; i < count; i++)
		ids[i] = draft->mentions.ids[i];
	if (draft->mention_all)
		ids[count++] = EVERYBODY;
	qsort(ids, count, sizeof(*ids), by_id);
	call.mentions = arena_array(arena, count, sizeof(*call.mentions));
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || ids[i] != ids[i - 1])
			call.mentions[call.count++] = (struct send_mention){
			    draft->stored.conversation_id, ids[i], draft->stored.seq};
	}
	return call;
}

/* Those who are named themselves, but for the sender. */
static size_t list_named(const struct send_call *call, struct send_naming *named)
{
	int64_t sender_id = call->draft->wanted.sender_id;
	size_t count = 0;

	for (size_t i = 0; i < call->count; i++) {
		const struct send_mention *mention = &call->mentions[i];

		if (mention->user_id != EVERYBODY && mention->user_id != sender_id)
			named[count++] =
			    (struct send_naming){.conversation_id = mention->conversation_id,
				.sender_id = sender_id,
				.user_id = mention->user_id,
				.group_name = ""};
	}
	return count;
}

/* Who has blocked somebody, or is blocked by them, is not called by them either. */
static void drop_apart(struct send_call *call)
{
	size_t kept = 0, kept_named = 0, next = 0;

	for (size_t i = 0; i < call->count; i++) {
		const struct send_naming *naming = &call->named[next];
		bool named =
		    next < call->named_count && naming->user_id == call->mentions[i].user_id;

		next += named;
		if (named && naming->apart)
			continue;
		call->mentions[kept++] = call->mentions[i];
		if (named)
			call->named[kept_named++] = *naming;
	}
	call->count = kept;
	call->named_count = kept_named;
}

const struct error *send_group_calls(struct db *db, struct arena *arena,
    struct send_draft *const *drafts, size_t count, struct send_call *calls)
{
	struct send_naming *namings;
	size_t most = 0, used = 0;

	for (size_t i = 0; i < count; i++) {
		calls[i] = read_call(arena, drafts[i]);
		most += calls[i].count;
	}
	namings = arena_array(arena, most, sizeof(*namings));
	for (size_t i = 0; i < count; i++) {
		calls[i].named = namings + used;
		calls[i].named_count = list_named(&calls[i], calls[i].named);
		used += calls[i].named_count;
	}
	if (used == 0)
		return NULL;
	TRY(send_batch_naming(db, arena, namings, used));
	for (size_t i = 0; i < count; i++)
		drop_apart(&calls[i]);
	return NULL;
}

static struct json_text subject_of(struct arena *arena, const struct send_call *call)
{
	const struct message *stored = &call->draft->stored;
	struct group group = {.id = stored->conversation_id, .name = call->named[0].group_name};
	struct json_object *subject = group_subject(arena, &group);

	json_set_int(subject, "conversation_id", stored->conversation_id);
	json_set_int(subject, "seq", stored->seq);
	return (struct json_text){json_write(subject)};
}

/* Each sender delivers the notifications of their own message. */
static void hand_out(const struct send_call *calls, size_t count, struct id_list ids)
{
	size_t next = 0;

	for (size_t i = 0; i < count; i++) {
		struct send_draft *draft = calls[i].draft;
		size_t own = calls[i].named_count;
		int64_t *numbers = arena_array(draft->arena, own, sizeof(*numbers));

		for (size_t j = 0; j < own; j++)
			numbers[j] = ids.ids[next++];
		draft->notified = (struct id_list){numbers, own};
	}
}

static const struct error *notify(
    const struct send_means *means, const struct send_call *calls, size_t count)
{
	struct notification_draft *notices;
	struct id_list ids = {NULL, 0};
	size_t most = 0, used = 0;

	for (size_t i = 0; i < count; i++)
		most += calls[i].named_count;
	notices = arena_array(means->arena, most, sizeof(*notices));
	for (size_t i = 0; i < count; i++) {
		struct json_text subject = {NULL};

		if (calls[i].named_count > 0)
			subject = subject_of(means->arena, &calls[i]);
		for (size_t j = 0; j < calls[i].named_count; j++)
			notices[used++] = (struct notification_draft){calls[i].named[j].user_id,
			    "mention", calls[i].draft->wanted.sender_id, subject};
	}
	if (used > 0)
		TRY(notification_add_all(means->db, means->arena, notices, used, &ids));
	hand_out(calls, count, ids);
	return NULL;
}

const struct error *send_group_mention(
    const struct send_means *means, struct send_draft *const *drafts, size_t count)
{
	struct send_call *calls = arena_array(means->arena, count, sizeof(*calls));
	struct send_mention *mentions;
	size_t most = 0, used = 0;

	TRY(send_group_calls(means->db, means->arena, drafts, count, calls));
	for (size_t i = 0; i < count; i++)
		most += calls[i].count;
	mentions = arena_array(means->arena, most, sizeof(*mentions));
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < calls[i].count; j++)
			mentions[used++] = calls[i].mentions[j];
	}
	if (used > 0)
		TRY(send_batch_mention(means->db, means->arena, mentions, used));
	return notify(means, calls, count);
}
