/* One's own profile: GET and PATCH /me. */
#ifndef HICHAT_PROFILE_H
#define HICHAT_PROFILE_H

#include "request.h"

/* What was not sent is NULL and stays as it is; "" empties. */
struct profile_input {
	const char *nickname;
	const char *bio;
	const char *gender;
	const char *avatar;
	const char *phone;
	const char *email;
	const char *birthday;
	const char *region;
	struct json_text settings; /* replaced as a whole */
	/* Flags: 0, 1 or ABSENT. */
	int64_t findable_by_username;
	int64_t findable_by_phone;
	int64_t findable_by_email;
	int64_t takes_requests;
	int64_t sends_read_receipts;
	int64_t shows_presence;
	int64_t sends_typing;
};
extern const struct record profile_input_record;

const struct error *profile_get(struct request *req);
const struct error *profile_patch(struct request *req);

/* U with what only its owner may see; a child without a parent yet. */
const struct error *profile_own(struct request *req, int64_t user_id, struct json_object **user);

#endif
