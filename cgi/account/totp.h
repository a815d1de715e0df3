/* Time-based one-time passwords as authenticator apps make them: RFC 6238 with HMAC-SHA-1, 6 digits
 * and steps of 30 s, by liboath. */
#ifndef HICHAT_TOTP_H
#define HICHAT_TOTP_H

#include <stdint.h>

struct arena;

#define TOTP_DIGITS 6
#define TOTP_STEP 30 /* s */

/* 160 random bits in base32 (RFC 4648), without padding. */
const char *totp_secret(struct arena *arena);

/* What an app reads from a QR code: "otpauth://totp/…", the form that Google Authenticator began
 * and all others know. */
const char *totp_uri(
    struct arena *arena, const char *issuer, const char *account, const char *secret);

/* The number of the step that `code` belongs to, if that is the one of `now` (s since 1970), the
 * one before or the one after: clocks differ.  ABSENT: none of them. */
int64_t totp_step(const char *secret, const char *code, int64_t now);

#endif
