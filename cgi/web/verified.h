/* The access tokens that one worker verified lately: a client shows the same one for minutes, and
 * checking its signature costs more than everything else in a small request. */
#ifndef HICHAT_VERIFIED_H
#define HICHAT_VERIFIED_H

#include "token.h"
#include <stdbool.h>

struct verified;

struct verified *verified_new(void);
void verified_free(struct verified **verified);

/* As token_verify(), which is asked whenever the very same text was not seen to be good before, or
 * is past its time. */
const struct error *verified_check(struct verified *verified, const struct token_keys *keys,
    struct arena *arena, const char *token, struct token_claims *claims);

#endif
