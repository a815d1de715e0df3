/* SQL of second factors and recovery codes. */
#ifndef HICHAT_SECOND_FACTOR_STORE_H
#define HICHAT_SECOND_FACTOR_STORE_H

#include "request.h"

struct second_factor {
	const char *secret;   /* base32; NULL: there is none */
	int64_t confirmed_at; /* ABSENT: it is not in use yet */
	int64_t last_step;    /* codes of this step and before were used, or are too old */
};

/* Within a transaction: held until its end. */
const struct error *second_factor_hold(
    struct db *db, struct arena *arena, int64_t user_id, struct second_factor *factor);
/* Replaces one that was not confirmed; 409 conflict when there is one in use. */
const struct error *second_factor_begin(struct db *db, int64_t user_id, const char *secret);
const struct error *second_factor_confirm(struct db *db, int64_t user_id, int64_t step);
const struct error *second_factor_use(struct db *db, int64_t user_id, int64_t step);

/* Hashes instead of those before. */
const struct error *recovery_codes_replace(
    struct db *db, int64_t user_id, const char *const *hashes, size_t count);
const struct error *recovery_code_use(struct db *db, int64_t user_id, const char *hash, bool *used);

struct second_factor_state {
	bool enabled;
	int64_t recovery_codes; /* not used yet */
};
const struct error *second_factor_state(struct request *req, struct second_factor_state *state);

#endif
