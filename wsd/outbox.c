/* The ring of unacknowledged events, see outbox.h. */
#include "outbox.h"
#include "heap.h"
#include <stdlib.h>
#include <string.h>

static struct payload **ring(const struct outbox *outbox)
{
	return outbox->more != NULL ? outbox->more : (struct payload **)outbox->few;
}

static struct payload **slot(const struct outbox *outbox, uint32_t index)
{
	return &ring(outbox)[(outbox->first + index) & (outbox->size - 1)];
}

void outbox_init(struct outbox *outbox)
{
	*outbox = (struct outbox){.size = OUTBOX_FEW};
}

/* An idle session keeps no ring. */
static void outbox_shrink(struct outbox *outbox)
{
	free(outbox->more);
	outbox->more = NULL;
	outbox->size = OUTBOX_FEW;
	outbox->first = 0;
}

static void outbox_drop(struct outbox *outbox)
{
	struct payload **oldest = slot(outbox, 0);

	outbox->bytes -= (*oldest)->length;
	payload_release(oldest);
	outbox->first = (outbox->first + 1) & (outbox->size - 1);
	outbox->count--;
	outbox->sent -= outbox->sent > 0;
	outbox->reached -= outbox->reached > 0;
	outbox->acknowledged++;
}

void outbox_clear(struct outbox *outbox)
{
	while (outbox->count > 0)
		outbox_drop(outbox);
	outbox_shrink(outbox);
}

static void outbox_grow(struct outbox *outbox)
{
	struct payload **larger = heap_resize(NULL, (size_t)outbox->size * 2, sizeof *larger);

	for (uint32_t i = 0; i < outbox->count; i++)
		larger[i] = *slot(outbox, i);
	free(outbox->more);
	outbox->more = larger;
	outbox->size *= 2;
	outbox->first = 0;
}

bool outbox_push(
    struct outbox *outbox, struct payload *payload, int64_t max_events, int64_t max_bytes)
{
	if (outbox->count >= max_events || outbox->bytes + payload->length > (uint64_t)max_bytes)
		return false;
	if (outbox->count == outbox->size)
		outbox_grow(outbox);
	*slot(outbox, outbox->count) = payload_share(payload);
	outbox->count++;
	outbox->bytes += payload->length;
	return true;
}

struct payload *outbox_unsent(const struct outbox *outbox)
{
	return outbox->sent == outbox->count ? NULL : *slot(outbox, outbox->sent);
}

void outbox_mark_sent(struct outbox *outbox)
{
	outbox->sent++;
	if (outbox->reached < outbox->sent)
		outbox->reached = outbox->sent;
}

bool outbox_acknowledge(struct outbox *outbox, int64_t received)
{
	if (received < outbox->acknowledged ||
	    received > outbox->acknowledged + (int64_t)outbox->reached)
		return false;
	while (outbox->acknowledged < received)
		outbox_drop(outbox);
	if (outbox->count == 0 && outbox->more != NULL)
		outbox_shrink(outbox);
	return true;
}

void outbox_rewind(struct outbox *outbox)
{
	outbox->sent = 0;
}
