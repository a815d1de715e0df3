/* Password hashes: scrypt (RFC 7914, OpenSSL EVP_KDF) as PHC strings
 * "$scrypt$ln=14,r=8,p=5$salt$hash".  Hashing takes 16 MiB and a third of a second, so at most
 * half of the cores do it at a time, over all processes (lock files in
 * [serve] runtime_directory, released by the kernel when a process dies). */
#ifndef HICHAT_PASSWORD_H
#define HICHAT_PASSWORD_H

#include "error.h"
#include <stdbool.h>

/* No configuration and no stored hash may ask for more memory than this. */
#define PASSWORD_MEMORY_MAX (256 << 20)

struct arena;
struct config;

const struct error *password_hash(
    const struct config *config, struct arena *arena, const char *password, const char **phc);

/* *matches as it says; *stale when the hash is weaker than the configuration wants now.
 * A NULL phc costs the same time and never matches: for unknown users. */
const struct error *password_verify(const struct config *config, struct arena *arena,
    const char *password, const char *phc, bool *matches, bool *stale);

#endif
