/* Fuzzes pack.json: whatever is taken names plain files only, each once. */
#include "arena.h"
#include "sticker_manifest.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check(const struct sticker_manifest *manifest)
{
	if (manifest->count == 0 || manifest->count > MANIFEST_STICKERS_MAX)
		__builtin_trap();
	for (size_t i = 0; i < manifest->count; i++) {
		const char *file = manifest->stickers[i].file;

		if (*file == '\0' || *file == '.' || strpbrk(file, "/\\") != NULL)
			__builtin_trap();
		for (size_t before = 0; before < i; before++)
			if (strcmp(manifest->stickers[before].file, file) == 0)
				__builtin_trap();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct sticker_manifest manifest;

	if (sticker_manifest_read(arena, (const char *)bytes, size, &manifest) == NULL)
		check(&manifest);
	arena_free(&arena);
	return 0;
}
