/* Receipts: many at once, because clients gather them. */
#include "receipt.h"
#include "deliver.h"
#include "receipt_store.h"
#include "respond.h"
#include <stdlib.h>
#include <string.h>

#define RECEIPTS_MAX 100

static const struct field receipt_fields[] = {
    REQUIRED(struct receipt, conversation_id, 1, INT64_MAX),
    OPTIONAL(struct receipt, delivered_seq, 0, INT64_MAX),
    OPTIONAL(struct receipt, read_seq, 0, INT64_MAX),
};
static const struct record receipt_record = RECORD(struct receipt, receipt_fields);

static const struct field receipt_list_fields[] = {
    LIST(struct receipt_list, receipts, FIELD_REQUIRED, 1, RECEIPTS_MAX, &receipt_record),
};
const struct record receipt_list_record = RECORD(struct receipt_list, receipt_list_fields);

static int64_t larger(int64_t one, int64_t other)
{
	return one > other ? one : other;
}

static int64_t smaller(int64_t one, int64_t other)
{
	return one < other ? one : other;
}

static int by_conversation(const void *left, const void *right)
{
	int64_t one = ((const struct receipt *)left)->conversation_id;
	int64_t other = ((const struct receipt *)right)->conversation_id;

	return (one > other) - (one < other);
}

/* One for each conversation, ascending.  What is read was delivered; what is absent is 0. */
static struct rows merge(struct arena *arena, const struct receipt *receipts, size_t count)
{
	struct receipt *merged = arena_copy(arena, receipts, count * sizeof(*receipts));
	size_t used = 0;

	qsort(merged, count, sizeof(*merged), by_conversation);
	for (size_t i = 0; i < count; i++) {
		struct receipt next = merged[i];

		next.read_seq = larger(next.read_seq, 0);
		next.delivered_seq = larger(next.delivered_seq, next.read_seq);
		if (used > 0 && merged[used - 1].conversation_id == next.conversation_id) {
			struct receipt *last = &merged[used - 1];

			last->read_seq = larger(last->read_seq, next.read_seq);
			last->delivered_seq = larger(last->delivered_seq, next.delivered_seq);
		} else {
			merged[used++] = next;
		}
	}
	return (struct rows){NULL, merged, used};
}

/* False when the receipt says nothing new. */
static bool advance(struct position *position, const struct receipt *receipt)
{
	int64_t read = smaller(receipt->read_seq, position->last_seq);
	int64_t delivered = smaller(receipt->delivered_seq, position->last_seq);

	if (read <= position->read_seq && delivered <= position->delivered_seq)
		return false;
	position->unmarks = read > position->read_seq;
	position->arrived = delivered > position->delivered_seq;
	if (position->unmarks) {
		position->read_seq = read;
		position->read_ordinal = position->target_ordinal;
	}
	position->delivered_seq = larger(position->delivered_seq, delivered);
	return true;
}

static struct json_object *receipt_event(
    struct request *req, const struct position *position, int64_t read_seq)
{
	struct json_object *event = json_new(req->arena);

	json_set_text(event, "event", EVENT_RECEIPT);
	json_set_int(event, "conversation_id", position->conversation_id);
	json_set_int(event, "user_id", req->user_id);
	json_set_int(event, "read_seq", read_seq);
	json_set_int(event, "delivered_seq", position->delivered_seq);
	return event;
}

/* Unless both send read receipts, the other one hears only of what has arrived: that something
 * moved which had arrived before would tell as much. */
static void announce_between_two(struct request *req, const struct position *position)
{
	int64_t members[] = {req->user_id, position->peer_id};
	struct json_object *event = receipt_event(req, position, position->read_seq);

	if (position->peer_id == ABSENT || position->tells) {
		deliver_to_members(req, position->conversation_id, members,
		    position->peer_id != ABSENT ? 2 : 1, event);
		return;
	}
	/* Not as members: wsd would take the one for all of them. */
	deliver_to(req, members, 1, event);
	if (position->arrived)
		deliver_to(req, &members[1], 1, receipt_event(req, position, 0));
}

/* In groups everybody's receipts would be more to tell than what is said, so they only reach one's
 * own devices. */
static void announce(struct request *req, const struct position *position)
{
	if (strcmp(position->kind, "group") == 0)
		deliver_to(req, &req->user_id, 1, receipt_event(req, position, position->read_seq));
	else
		announce_between_two(req, position);
}

const struct error *receipt_apply(struct request *req, const struct receipt *receipts, size_t count)
{
	struct rows merged = merge(req->arena, receipts, count);
	struct rows positions, moved;
	struct position *changed;

	TRY(receipt_positions(req, &merged, &positions));
	if (positions.count < merged.count)
		return FAIL(NOT_MEMBER);
	changed = positions.items;
	moved = (struct rows){positions.record, changed, 0};
	for (size_t i = 0; i < positions.count; i++) {
		struct position position = *ROW(struct position, &positions, i);

		if (advance(&position, ROW(struct receipt, &merged, i)))
			changed[moved.count++] = position;
	}
	if (moved.count == 0)
		return NULL;
	TRY(receipt_move(req, &moved));
	for (size_t i = 0; i < moved.count; i++)
		announce(req, &changed[i]);
	return NULL;
}

const struct error *receipt_post(struct request *req)
{
	const struct receipt_list *input = req->input;

	TRY(receipt_apply(req, input->receipts.items, input->receipts.count));
	return respond_empty(req);
}
