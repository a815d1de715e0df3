/* How far others have got with a message.  Its sender alone is told: they could ask anyway, and
 * nobody else has to know who reads what. */
#include "readers.h"
#include "message_body.h"
#include "message_change_store.h"
#include "message_store.h"
#include "openness.h"
#include "readers_store.h"
#include "respond.h"
#include "user.h"

#define READERS_MAX 200 /* members of a group; in larger ones nobody would look through them */

static const struct error *find_own(
    struct request *req, int64_t conversation, struct message *message)
{
	int64_t floor;

	TRY(message_floor(req, conversation, &floor));
	TRY(message_target(req, conversation, path_id(req, "seq"), floor, message));
	if (message->hidden || !message_body_written(message->kind))
		return FAIL(NOT_FOUND);
	if (message->sender_id != req->user_id)
		return FAIL(NOT_YOURS);
	return message->recalled_at != ABSENT ? FAIL(RECALLED) : NULL;
}

static const struct error *append_readers(
    struct request *req, const struct rows *readers, struct json_object *list, int64_t *untold)
{
	int64_t *ids = arena_array(req->arena, readers->count, sizeof(*ids));
	struct rows cards;

	for (size_t i = 0; i < readers->count; i++)
		ids[i] = ROW(struct reader, readers, i)->user_id;
	TRY(user_cards_ever(req, ids, readers->count, &cards));
	for (size_t i = 0; i < readers->count; i++) {
		const struct reader *reader = ROW(struct reader, readers, i);
		const struct user_card *card = user_cards_find(&cards, reader->user_id);
		struct json_object *object;

		if (card == NULL)
			continue;
		if (!reader->tells) {
			++*untold;
			continue;
		}
		object = json_record(&reader_record, reader);
		json_set(object, "user", json_record(&user_card_record, card));
		json_append(list, object);
	}
	return NULL;
}

const struct error *readers_list(struct request *req)
{
	int64_t conversation = path_id(req, "conversation");
	struct json_object *answer = json_new(req->arena), *list = json_child_list();
	int64_t size, untold = 0;
	struct openness openness;
	struct message message;
	struct rows readers;

	json_set(answer, "readers", list);
	TRY(find_own(req, conversation, &message));
	TRY(openness_load(req->db, req->arena, req->user_id, &openness));
	if (!openness.sends_read_receipts)
		return FAIL(RECEIPTS_HIDDEN);
	TRY(readers_size(req, conversation, &size));
	if (size > READERS_MAX)
		return FAIL(TOO_MANY_MEMBERS);
	TRY(readers_of(req, &message, &readers));
	TRY(append_readers(req, &readers, list, &untold));
	json_set_int(answer, "untold", untold);
	return respond(req, 200, answer);
}
