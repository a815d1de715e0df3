/* One-time passwords, see totp.h. */
#include "totp.h"
#include "arena.h"
#include "randomness.h"
#include "record.h"
#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>

#define SECRET_BYTES 20 /* as many as the hash has (RFC 4226, section 4) */
#define WINDOW 1	/* steps, to either side */

const char *totp_secret(struct arena *arena)
{
	char bytes[SECRET_BYTES], *base32;
	const char *secret;
	size_t length;

	random_bytes(bytes, sizeof(bytes));
	/* Fails for lack of memory only. */
	if (oath_base32_encode(bytes, sizeof(bytes), &base32, &length) != OATH_OK)
		abort();
	secret = arena_text_n(arena, base32, length);
	free(base32);
	return secret;
}

/* Percent-encoded (RFC 3986), all but the unreserved characters. */
static const char *encoded(struct arena *arena, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789-._~";
	static const char digits[] = "0123456789ABCDEF";
	char *to = arena_alloc(arena, strlen(text) * 3 + 1), *result = to;

	for (; *text != '\0'; text++) {
		unsigned char byte = (unsigned char)*text;

		if (strchr(plain, byte) != NULL) {
			*to++ = (char)byte;
			continue;
		}
		*to++ = '%';
		*to++ = digits[byte >> 4];
		*to++ = digits[byte & 15];
	}
	*to = '\0';
	return result;
}

const char *totp_uri(
    struct arena *arena, const char *issuer, const char *account, const char *secret)
{
	const char *name = encoded(arena, issuer);

	return arena_printf(arena, "otpauth://totp/%s:%s?secret=%s&issuer=%s", name,
	    encoded(arena, account), secret, name);
}

int64_t totp_step(const char *secret, const char *code, int64_t now)
{
	int64_t step = ABSENT;
	char *bytes;
	size_t size;
	int position;

	if (strlen(code) != TOTP_DIGITS || strspn(code, "0123456789") != TOTP_DIGITS)
		return ABSENT;
	if (oath_base32_decode(secret, strlen(secret), &bytes, &size) != OATH_OK)
		return ABSENT;
	if (oath_totp_validate2(bytes, size, (time_t)now, TOTP_STEP, 0, WINDOW, &position, code) >=
	    0)
		step = now / TOTP_STEP + position;
	free(bytes);
	return step;
}
