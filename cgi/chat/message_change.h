/* Changes of messages: edits, recalls, reactions, pins.
 *
 * Each is one transaction that holds the conversation's lock, as sends do: it checks the member and
 * the target, appends a row to the stream and stores the target as it has become, so that pages
 * are always current.  Afterwards the row reaches all members like every other. */
#ifndef HICHAT_MESSAGE_CHANGE_H
#define HICHAT_MESSAGE_CHANGE_H

#include "member_cache.h"
#include "send_batch_store.h"

struct message_change {
	struct request *req;
	/* Decides, and does it; may run more than once.  Finding that it is so already is success.
	 */
	const struct error *(*apply)(struct db *db, struct message_change *change);
	const void *context; /* for `apply` */

	/* Filled in before `apply`. */
	struct send_place place;
	struct send_standing standing;
	struct message target; /* written by people; `apply` makes of it what it becomes */
	int64_t now;

	/* Filled in by message_change_append(). */
	bool made;
	struct message row;
	struct id_list members;
};

/* Of the message that the path's conversation and seq name: the limit of sends, the transaction,
 * the events.  429 rate_limited, 403 not_a_member, 404 not_found, or what `apply` says. */
const struct error *message_change_run(struct message_change *change);
/* 200 {"message": …}: the target as it is now, seen by the caller. */
const struct error *message_change_respond(struct message_change *change);

/* For `apply`. */
bool message_change_in_group(const struct message_change *change);
/* The caller may write there, see send_right.h. */
const struct error *message_change_allow_writing(const struct message_change *change);
/* Whether `seconds` have passed since the target was sent; 0: never. */
bool message_change_too_late(const struct message_change *change, int64_t seconds);
/* {"target": …}, the beginning of the row's body, as a root of the arena. */
struct json_object *message_change_body(const struct message_change *change);
/* Appends the row; the target has its number then, and has to be saved. */
const struct error *message_change_append(
    struct db *db, struct message_change *change, const char *kind, struct json_object *body);
const struct error *message_change_save(struct db *db, const struct message_change *change);

#endif
