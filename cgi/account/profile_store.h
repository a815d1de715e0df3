/* The SQL of profiles. */
#ifndef HICHAT_PROFILE_STORE_H
#define HICHAT_PROFILE_STORE_H

#include "identity.h"
#include "request.h"

/* A user card and what only its owner sees. */
struct profile {
	int64_t id;
	const char *username;
	const char *nickname;
	const char *avatar;
	const char *bio;
	const char *gender;
	const char *region;
	const char *phone;
	const char *email;
	const char *birthday;
	struct json_text settings;
	int64_t created_at;
	bool findable_by_username; /* and by nickname */
	bool findable_by_phone;
	bool findable_by_email;
	bool takes_requests; /* to become a friend */
	/* Mutual, see openness.h. */
	bool sends_read_receipts;
	bool shows_presence;
	bool sends_typing;
};
extern const struct record profile_record;

/* Checked values.  NULL or ABSENT: as it is; "": empty, or NULL in the table where it may be. */
struct profile_change {
	struct identity_name nickname;
	struct identity_name email;
	const char *phone;
	const char *bio;
	const char *gender;
	const char *avatar;
	const char *birthday;
	const char *region;
	struct json_text settings;
	int64_t findable_by_username;
	int64_t findable_by_phone;
	int64_t findable_by_email;
	int64_t takes_requests;
	int64_t sends_read_receipts;
	int64_t shows_presence;
	int64_t sends_typing;
};

/* 404 not_found when the account is gone. */
const struct error *profile_load(struct request *req, int64_t user_id, struct profile *profile);
/* 409 phone_taken, email_taken. */
const struct error *profile_update(struct request *req, const struct profile_change *change);

#endif
