/* What every change of a group leaves behind: a system row in its stream, and live events. */
#ifndef HICHAT_GROUP_CHANGE_H
#define HICHAT_GROUP_CHANGE_H

#include "group.h"
#include "stream.h"

struct group_change {
	struct message row;
	struct group group;	/* right after the change */
	struct id_list members; /* likewise */
};

/* {"event":"…"}, the beginning of a system row's body, as a root of the arena. */
struct json_object *group_change_body(struct arena *arena, const char *event);
/* Sets "user_ids" (at most GROUP_CHANGE_NAMED of them) and "count" (all of them). */
#define GROUP_CHANGE_NAMED 50
void group_change_name(struct json_object *body, struct id_list users);

/* The last step of a transaction that holds group_lock() and has changed the group: appends the
 * row, and reads what is to be told to whom. */
const struct error *group_change_record(struct db *db, struct arena *arena, int64_t group_id,
    int64_t actor_id, struct json_object *body, enum stream_weight weight,
    struct group_change *change);

/* Several by one request.  The first reads the members for all: none of them changes who is one. */
#define GROUP_CHANGES_MAX 5
struct group_changes {
	struct group_change list[GROUP_CHANGES_MAX];
	size_t count;
};
const struct error *group_changes_record(struct db *db, struct arena *arena, int64_t group_id,
    int64_t actor_id, struct json_object *body, struct group_changes *changes);

/* After the commit, to all who are members now: the row, and
 * {"event":"conversation","shared":true,"conversation":{id, kind, group}} with what is the same
 * for all of them.  Who has changed themselves gets conversation_deliver() besides. */
void group_change_announce(struct request *req, const struct group_change *change);
void group_changes_announce(struct request *req, const struct group_changes *changes);

/* After the commit, to those who are members no longer: {"event":"conversation","conversation":
 * {id, kind, removed:true, changed_seq}}.  What says something else of the conversation and comes
 * from before that row has only been overtaken. */
void group_change_part(
    struct request *req, const struct group_change *change, struct id_list users);

#endif
