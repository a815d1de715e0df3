/* Groups as one person sees them.  A group's id is its conversation's. */
#ifndef HICHAT_GROUP_H
#define HICHAT_GROUP_H

#include "group_right.h"
#include "request.h"

/* A request or an invitation that nobody answered for so long counts as expired. */
#define GROUP_REQUEST_LIFE (30 * INT64_C(86400000))

struct group {
	int64_t id;
	const char *name;
	const char *avatar; /* "emoji:…" or NULL */
	const char *description;
	const char *announcement;
	int64_t announced_by;
	int64_t announced_at;
	int64_t owner_id;
	const char *join_policy; /* open | approval | invitation */
	bool findable;
	bool shares_history;
	bool mute_all;
	int64_t member_count;
	int64_t member_limit;
	int64_t changed_seq; /* the latest row of its stream about the group itself */
	int64_t created_at;
	int64_t dissolved_at; /* ABSENT: it lives */

	/* What the person in question is in it. */
	const char *role; /* NULL: no member */
	const char *nickname;
	int64_t muted_until;
	bool announcement_unread;

	/* They may know that it is there: it may be found, or they are in it or were invited.  Set
	 * by group_load() and group_lock(). */
	bool known;

	/* The stream's head, so that who joins knows where. */
	int64_t last_seq;
	int64_t last_ordinal;
};

/* For statements that have `chat_group`, `conversation` and, by an outer join where the person may
 * be no member, `member`. */
extern const struct record group_record;
#define GROUP_COLUMNS                                                                         \
	"chat_group.id, chat_group.name, chat_group.avatar, chat_group.description,"          \
	" chat_group.announcement, chat_group.announced_by, chat_group.announced_at,"         \
	" chat_group.owner_id, chat_group.join_policy, chat_group.findable,"                  \
	" chat_group.shares_history, conversation.mute_all, chat_group.member_count,"         \
	" chat_group.member_limit, chat_group.changed_seq, chat_group.created_at,"            \
	" chat_group.dissolved_at, member.role, member.nickname, member.muted_until,"         \
	" COALESCE(chat_group.announcement <> ''"                                             \
	" AND chat_group.announced_at > member.announcement_read, 0) AS announcement_unread," \
	" conversation.last_seq, conversation.last_ordinal"

/* As `user_id` sees it; 404 not_found when there is none. */
const struct error *group_load(
    struct db *db, struct arena *arena, int64_t group_id, int64_t user_id, struct group *group);
/* The same inside a transaction: nobody else changes the group or writes in it until it ends. */
const struct error *group_lock(
    struct db *db, struct arena *arena, int64_t group_id, int64_t user_id, struct group *group);

/* What the person's role allows, see group_right.c; 404 not_found when they may not even know of
 * it; 403 group_dissolved when it is too late for anything but reading and leaving. */
const struct error *group_allow(const struct group *group, enum group_action action);
/* The same for reading what only some may read, which no end of the group puts an end to. */
const struct error *group_allow_reading(const struct group *group, enum group_action action);

/* Whether the person may say anything in the group just now: 403 muted. */
const struct error *group_allow_voice(struct arena *arena, const struct group *group);

/* The group of the API, a child without a parent yet: for a member all of it, for others only
 * what anybody who may find it is shown. */
struct json_object *group_json(const struct group *group);
/* Only what is the same for every member. */
struct json_object *group_shared_json(const struct group *group);
/* Only what anybody who may find it is shown, and the person's role. */
struct json_object *group_public_json(const struct group *group);

/* {group_id, name}: how the subjects of notifications about groups begin, as a root of the arena.
 */
struct json_object *group_subject(struct arena *arena, const struct group *group);

#endif
