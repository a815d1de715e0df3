/* The rows of people and of their sessions, as both the account program and the
 * administrator's tool write them.  Names come in as identity.h made them, passwords
 * as password.h hashed them. */
#ifndef HICHAT_ACCOUNT_H
#define HICHAT_ACCOUNT_H

#include "db.h"
#include "identity.h"

struct config;
struct redis;

/* What a new account starts with. */
struct account_draft {
	struct identity_name username;
	struct identity_name nickname;
	struct identity_name email; /* members NULL: none */
	const char *phone;	    /* or NULL */
	const char *password;	    /* PHC string */
};

/* An account as those see it who check passwords. */
struct account {
	int64_t id;
	const char *username;
	const char *username_key;
	const char *password;
	int64_t suspended_at; /* ABSENT: not suspended */
};

/* Inside a transaction.  409 username_taken, phone_taken or email_taken: the unique keys decide,
 * not a look before.  A name that somebody had whose account was erased is taken for good. */
const struct error *account_insert(
    struct db *db, struct arena *arena, const struct account_draft *draft, int64_t *user_id);
/* What a 409 conflict over a unique key of `user` means; any other error is returned as it is. */
const struct error *account_taken(struct db *db, struct arena *arena, const struct error *error);
/* 404 not_found for unknown and deleted ones. */
const struct error *account_find(struct db *db, struct arena *arena,
    const struct identity_login *login, struct account *account);
const struct error *account_load(
    struct db *db, struct arena *arena, int64_t user_id, struct account *account);

/* The same by id. */
const struct error *account_load(
    struct db *db, struct arena *arena, int64_t user_id, struct account *account);

/* Replaces the hash, only if it still is `old`; NULL: whatever it is. */
const struct error *account_set_password(
    struct db *db, int64_t user_id, const char *password, const char *old);
const struct error *account_set_suspended(struct db *db, int64_t user_id, bool suspended);
/* With its recovery codes, in one transaction of the caller's: from then on the password is enough.
 */
const struct error *account_remove_second_factor(struct db *db, int64_t user_id);

/* The account is erased at that time, or when an earlier request said so: *erase_at. */
const struct error *account_erase_at(struct db *db, int64_t user_id, int64_t at, int64_t *erase_at);
/* *kept: it was to be erased, and is not. */
const struct error *account_keep(struct db *db, int64_t user_id, bool *kept);

/* How long, in seconds, an access token may be taken for good, by slow clocks. */
int64_t account_token_life(const struct config *config);

/* Which sessions of a user end. */
struct account_ending {
	int64_t user_id;
	int64_t only; /* this one, or ABSENT: all */
	int64_t kept; /* but this one, or ABSENT */
};
/* In the database: none of them refreshes any more.  *ended are those that were not over yet. */
const struct error *account_end_sessions(
    struct db *db, struct arena *arena, const struct account_ending *ending, struct id_list *ended);
/* To be called once that is committed: their access tokens stop working and their live connections
 * close.  Without Redis the tokens expire by themselves, within [auth] access_ttl. */
void account_announce_ended(
    struct redis *redis, const struct config *config, struct arena *arena, struct id_list ended);

#endif
