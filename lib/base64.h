/* Base64 without padding (RFC 4648): the usual alphabet (PHC strings) and the one for URLs.
 * Decoding is strict: no padding, no white space, no stray bits, so a value has one spelling. */
#ifndef HICHAT_BASE64_H
#define HICHAT_BASE64_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum base64_alphabet { BASE64_STANDARD, BASE64_URL };

const char *base64_write(
    struct arena *arena, enum base64_alphabet alphabet, const void *bytes, size_t size);
/* False when it is not base64 or does not fit into `room` bytes. */
bool base64_read(enum base64_alphabet alphabet, const char *text, size_t length,
    unsigned char *bytes, size_t room, size_t *size);

#endif
