/* What a password must be: 8 to 128 code points, and none of those that everybody
 * tries first.  Which kinds of characters it has is the person's own business. */
#ifndef HICHAT_PASSWORD_RULES_H
#define HICHAT_PASSWORD_RULES_H

#include "error.h"

struct arena;

#define PASSWORD_MIN 8 /* code points */
#define PASSWORD_MAX 128

/* The form that is hashed and compared: NFC, so that every keyboard's "é" is the same. */
const char *password_form(struct arena *arena, const char *given);

/* *password is password_form(given); 422 weak_password or invalid_field naming `field`.
 * `username_key` is the key of its owner's name. */
const struct error *password_accept(struct arena *arena, const char *given,
    const char *username_key, const char *field, const char **password);

#endif
