/* The rights of writing, of direct conversations and of groups. */
#include "send_right.h"
#include "group_right.h"
#include <stdlib.h>

static const struct error *write_in_group(struct arena *arena, const struct send_place *place,
    const struct send_standing *standing, int64_t now)
{
	if (place->dissolved)
		return FAIL(DISSOLVED);
	return group_voice(arena, standing->role, standing->muted_until, place->mute_all, now);
}

const struct error *send_right(struct arena *arena, const struct send_place *place,
    const struct send_standing *standing, int64_t now)
{
	if (standing->peer_id == ABSENT)
		return write_in_group(arena, place, standing, now);
	if (!standing->friends)
		return FAIL(NOT_FRIENDS);
	return standing->blocked ? FAIL(BLOCKED) : NULL;
}

static const struct error *mention_in_direct(
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

static int by_id(const void *left, const void *right)
{
	int64_t one = *(const int64_t *)left, other = *(const int64_t *)right;

	return (one > other) - (one < other);
}

const struct error *send_right_to_mention(const struct send_draft *draft,
    const struct send_standing *standing, const struct member_list *list)
{
	if (list == NULL)
		return mention_in_direct(draft, standing);
	for (size_t i = 0; i < draft->mentions.count; i++) {
		if (bsearch(&draft->mentions.ids[i], list->members.ids, list->members.count,
			sizeof(int64_t), by_id) == NULL)
			return error_field(draft->arena, FAIL(INVALID), "mentions");
	}
	return draft->mention_all ? group_right(standing->role, GROUP_MENTION_ALL) : NULL;
}
