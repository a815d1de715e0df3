/* Reference-counted frames, see payload.h. */
#include "payload.h"
#include "heap.h"
#include <stdlib.h>
#include <string.h>

struct payload *payload_new(const char *text, size_t length)
{
	struct payload *payload = heap_resize(NULL, sizeof *payload + PAYLOAD_HEADROOM + length, 1);

	payload->references = 1;
	payload->length = (unsigned)length;
	memcpy(payload_text(payload), text, length);
	return payload;
}

struct payload *payload_share(struct payload *payload)
{
	payload->references++;
	return payload;
}

void payload_release(struct payload **payload)
{
	if (*payload != NULL && --(*payload)->references == 0)
		free(*payload);
	*payload = NULL;
}

unsigned char *payload_text(struct payload *payload)
{
	return payload->bytes + PAYLOAD_HEADROOM;
}
