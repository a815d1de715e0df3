/* Who may do what in a group: one table, see group_right.c. */
#ifndef HICHAT_GROUP_RIGHT_H
#define HICHAT_GROUP_RIGHT_H

#include "error.h"
#include <stdbool.h>
#include <stdint.h>

enum group_action {
	GROUP_READ,	      /* members, announcement, who is online */
	GROUP_CHANGE_PROFILE, /* name, avatar, description */
	GROUP_CHANGE_POLICY,  /* join policy, findable, shared history */
	GROUP_ANNOUNCE,
	GROUP_INVITE,	       /* friends, as the join policy says */
	GROUP_ADD,	       /* friends, at once, whatever the policy */
	GROUP_ANSWER_REQUESTS, /* of those who want to join */
	GROUP_KEEP_LINKS,      /* make, list and revoke invitation links */
	GROUP_MUTE_ALL,
	GROUP_MUTE_MEMBER,
	GROUP_MUTE_ADMIN,
	GROUP_REMOVE_MEMBER,
	GROUP_REMOVE_ADMIN,
	GROUP_SET_ROLE,
	GROUP_TRANSFER,
	GROUP_DISSOLVE,
	GROUP_LEAVE,
	GROUP_WRITE,
	GROUP_WRITE_WHEN_ALL_ARE_MUTED,
	GROUP_MENTION_ALL,
	GROUP_RECALL_MEMBER, /* what others wrote, whenever that was */
	GROUP_RECALL_OWNER,
	GROUP_READ_EDITS, /* the texts that others have replaced */
	GROUP_PIN,
	GROUP_ACTIONS
};

/* role: "owner", "admin", "member", or NULL for somebody who is no member.
 * NULL, 403 not_a_member, or 403 forbidden. */
const struct error *group_right(const char *role, enum group_action action);

/* Whether what a member puts before the others, be it a message or a name, may be heard at `now`:
 * 403 muted, with the seconds to wait where they are known. */
const struct error *group_voice(
    struct arena *arena, const char *role, int64_t muted_until, bool mute_all, int64_t now);

#endif
