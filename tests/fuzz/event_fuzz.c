/* Fuzzes the envelope between the programs and wsd: whatever is read, is written and read again
 * as the same. */
#include "arena.h"
#include "event.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool good)
{
	if (!good)
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct event event, again;

	if (event_read(arena, (const char *)bytes, size, &event)) {
		if (event.payload != NULL)
			require(event.payload >= (const char *)bytes &&
				event.payload + event.payload_length <= (const char *)bytes + size);
		/* Writing takes texts, so a payload is given as one. */
		if (event.payload != NULL)
			event.payload = arena_text_n(arena, event.payload, event.payload_length);
		if (event.payload == NULL || strlen(event.payload) == event.payload_length) {
			const char *text = event_write(arena, &event);

			require(event_read(arena, text, strlen(text), &again));
			require(again.kind == event.kind && again.count == event.count);
			require(
			    memcmp(again.ids, event.ids, event.count * sizeof(*event.ids)) == 0);
			require(again.payload_length == event.payload_length);
		}
	}
	arena_free(&arena);
	return 0;
}
