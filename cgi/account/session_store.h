/* The SQL of sessions: a device that is logged in, and its current refresh token's hash. */
#ifndef HICHAT_SESSION_STORE_H
#define HICHAT_SESSION_STORE_H

#include "request.h"

/* A session as its owner sees it in the list of devices. */
struct session {
	int64_t id;
	const char *device;
	const char *address;
	int64_t created_at;
	int64_t last_used_at;
	bool current; /* the one that asks */
};
extern const struct record session_record;

/* A session as refreshing needs it. */
struct session_state {
	int64_t user_id;
	const char *token_hash;
	const char *previous_hash;
	int64_t rotated_at;
	bool ended;	/* or expired */
	bool suspended; /* its user */
	bool deleted;
};

struct session_draft {
	int64_t user_id;
	const char *device;
	const char *address;
	int64_t now;
	int64_t expires_at;
};

/* The caller's address as it fits the column: a link-local one names its interface too. */
const char *session_address(struct request *req);

/* Locks the user's row against changes until the transaction ends: true when the account is
 * neither suspended nor deleted and its password hash is still this one. */
const struct error *session_user_holds(
    struct db *db, int64_t user_id, const char *password, bool *holds);
const struct error *session_insert(
    struct db *db, const struct session_draft *draft, int64_t *session_id);
const struct error *session_set_token(struct db *db, int64_t session_id, const char *hash);
/* Removes those of a user that have been over since before `since`. */
const struct error *session_forget_old(struct db *db, int64_t user_id, int64_t since);

/* Whether this user logged in from the caller's address before. */
const struct error *session_address_familiar(struct request *req, int64_t user_id, bool *familiar);
/* 404 not_found. */
const struct error *session_load(
    struct request *req, int64_t session_id, int64_t now, struct session_state *state);

struct session_rotation {
	int64_t session_id;
	const char *from; /* hashes */
	const char *to;
	int64_t now;
	int64_t expires_at;
};
/* *rotated is false when `from` is not the current one any more, or the session is over. */
const struct error *session_rotate(
    struct request *req, const struct session_rotation *rotation, bool *rotated);

/* One of the caller's that has not ended; 404 not_found. */
const struct error *session_own(struct request *req, int64_t session_id, struct session *session);
const struct error *session_set_device(struct request *req, int64_t session_id, const char *device);
/* The caller's, latest first, with ids below `before`. */
const struct error *session_page(
    struct request *req, int64_t before, int64_t limit, struct rows *page);

#endif
