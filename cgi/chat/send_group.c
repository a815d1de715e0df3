/* Sends in groups: recipients, mentions. */
#include "send_group.h"
#include "block.h"
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

size_t send_group_mentions(const struct send_draft *draft, struct send_mention *mentions)
{
	size_t count = draft->mentions.count, used = 0;
	int64_t *ids = arena_array(draft->arena, count + 1, sizeof(*ids));

	for (size_t i = 0; i < count; i++)
		ids[i] = draft->mentions.ids[i];
	if (draft->mention_all)
		ids[count++] = EVERYBODY;
	qsort(ids, count, sizeof(*ids), by_id);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || ids[i] != ids[i - 1])
			mentions[used++] = (struct send_mention){
			    draft->stored.conversation_id, ids[i], draft->stored.seq};
	}
	return used;
}

/* Those who are named themselves, but for the sender. */
static struct id_list list_named(
    const struct send_draft *draft, const struct send_mention *mentions, size_t count)
{
	int64_t *users = arena_array(draft->arena, count, sizeof(*users));
	struct id_list named = {users, 0};

	for (size_t i = 0; i < count; i++) {
		if (mentions[i].user_id != EVERYBODY &&
		    mentions[i].user_id != draft->wanted.sender_id)
			users[named.count++] = mentions[i].user_id;
	}
	return named;
}

/* Who has blocked somebody, or is blocked by them, is not called by them either. */
static size_t drop_apart(struct send_mention *mentions, size_t count, const struct id_list *apart)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (!block_has(apart, mentions[i].user_id))
			mentions[kept++] = mentions[i];
	}
	return kept;
}

static const struct error *notify(const struct send_means *means, struct send_draft *draft,
    const char *group_name, struct id_list named)
{
	struct group group = {.id = draft->stored.conversation_id, .name = group_name};
	struct json_object *subject = group_subject(draft->arena, &group);

	json_set_int(subject, "conversation_id", draft->stored.conversation_id);
	json_set_int(subject, "seq", draft->stored.seq);
	return notification_add_many(means->db, draft->arena, named, "mention",
	    draft->wanted.sender_id, (struct json_text){json_write(subject)}, &draft->notified);
}

const struct error *send_group_mention(const struct send_means *means, struct send_draft *draft)
{
	struct send_mention *mentions =
	    arena_array(draft->arena, draft->mentions.count + 1, sizeof(*mentions));
	size_t count = send_group_mentions(draft, mentions);
	struct id_list named = list_named(draft, mentions, count), apart = {NULL, 0};
	const char *name = "";

	draft->notified = (struct id_list){NULL, 0};
	if (named.count > 0) {
		TRY(send_batch_naming(means->db, draft->arena, draft->stored.conversation_id,
		    draft->wanted.sender_id, named, &name, &apart));
		count = drop_apart(mentions, count, &apart);
		named = list_named(draft, mentions, count);
	}
	if (count == 0)
		return NULL;
	TRY(send_batch_mention(means->db, draft->arena, mentions, count));
	return named.count > 0 ? notify(means, draft, name, named) : NULL;
}
