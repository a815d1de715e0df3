/* A second factor for logging in: a code of an authenticator app (RFC 6238), or one of ten recovery
 * codes, which serve once each. */
#ifndef HICHAT_SECOND_FACTOR_H
#define HICHAT_SECOND_FACTOR_H

#include "request.h"

#define SECOND_FACTOR_CODE_MAX 32

struct second_factor_start {
	const char *password;
};
extern const struct record second_factor_start_record;

struct second_factor_code {
	const char *code;
};
extern const struct record second_factor_code_record;

struct second_factor_proof {
	const char *password;
	const char *code;
};
extern const struct record second_factor_proof_record;

/* Within a transaction that the caller rolls back on an error.  NULL when this account asks for no
 * code, or `code` (or NULL) is good: it is used up then.  401 code_required, 403 wrong_code. */
const struct error *second_factor_pass(
    struct db *db, struct arena *arena, int64_t user_id, const char *code);

const struct error *second_factor_get(struct request *req);
/* A new secret, which asks for nothing yet. */
const struct error *second_factor_create(struct request *req);
/* With a first code of it: from now on. */
const struct error *second_factor_turn_on(struct request *req);
const struct error *second_factor_turn_off(struct request *req);
const struct error *second_factor_renew_codes(struct request *req);

#endif
