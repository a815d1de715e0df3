/* Fuzzes the reading of password hashes: none may match by accident or cost more than allowed. */
#include "arena.h"
#include "config.h"
#include "log.h"
#include "password.h"

#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return log_open("password_fuzz", "/dev/null", LOG_LEVEL_ERROR) ? 0 : -1;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct config config = {.auth = {.scrypt_ln = 1, .scrypt_r = 1, .scrypt_p = 1},
	    .serve = {.runtime_directory = "/nonexistent"}};
	struct arena *arena = arena_new();
	const char *phc = arena_text_n(arena, (const char *)bytes, size);
	const struct error *error;
	bool matches, stale;

	error = password_verify(&config, arena, "no such password", phc, &matches, &stale);
	/* A hash of 16 bytes or more is not found by trying. */
	if (error != NULL || matches || stale)
		__builtin_trap();
	arena_free(&arena);
	return 0;
}
