/* Handlers of stickers. */
#include "sticker.h"

#include "emoji.h"
#include "file.h"
#include "intake.h"
#include "media_state.h"
#include "media_store.h"
#include "respond.h"
#include <string.h>
#include <unistd.h>

#define PIECE ((size_t)64 * 1024)

static const struct field sticker_draft_fields[] = {
    REQUIRED(struct sticker_draft, media_id, 1, INT64_C(1) << 53),
    OPTIONAL(struct sticker_draft, emoji, 0, EMOJI_MAX),
};
const struct record sticker_draft_record = RECORD(struct sticker_draft, sticker_draft_fields);

static struct json_object *packs_json(const struct rows *packs, const struct rows *stickers)
{
	struct json_object *list = json_child_list();
	size_t next = 0;

	for (size_t i = 0; i < packs->count; i++) {
		const struct sticker_pack *pack = ROW(struct sticker_pack, packs, i);
		struct json_object *json = json_record(&sticker_pack_record, pack);
		struct json_object *of_pack = json_child_list();

		json_append(list, json);
		json_set(json, "stickers", of_pack);
		for (; next < stickers->count; next++) {
			const struct sticker *sticker = ROW(struct sticker, stickers, next);

			if (sticker->pack_id != pack->id)
				break;
			json_append(of_pack, json_record(&sticker_record, sticker));
		}
	}
	return list;
}

const struct error *sticker_list(struct request *req)
{
	struct json_object *answer = json_new(req->arena);
	struct rows packs, packed, own, favourites, recent;

	TRY(sticker_packs(req, &packs));
	TRY(stickers_packed(req, &packed));
	TRY(stickers_own(req, &own));
	TRY(stickers_favourite(req, &favourites));
	TRY(stickers_recent(req, &recent));
	json_set(answer, "packs", packs_json(&packs, &packed));
	json_set(answer, "own", json_list(&own));
	json_set(answer, "favourites", json_list(&favourites));
	json_set(answer, "recent", json_list(&recent));
	return respond_cacheable(req, answer);
}

static const struct error *answer_one(struct request *req, int status, int64_t id)
{
	struct json_object *answer = json_new(req->arena);
	struct sticker sticker;

	TRY(sticker_get(req->db, req->arena, id, &sticker));
	json_set(answer, "sticker", json_record(&sticker_record, &sticker));
	return respond(req, status, answer);
}

static const struct error *refuse(struct request *req, const char *field)
{
	return error_field(req->arena, FAIL(INVALID), field);
}

static const struct error *stage_original(
    struct request *req, const struct media_item *seen, struct staged *staged)
{
	const struct media_state *state = req->state;
	char *piece = arena_alloc(req->arena, PIECE);
	struct byte_source *bytes;
	ssize_t count;

	TRY(media_store_open(state->store, req->arena, seen->original, 0, seen->size, &bytes));
	TRY(staging_new(req, staged));
	while ((count = bytes->read(bytes, piece, PIECE)) > 0)
		TRY(staging_append(staged, piece, (size_t)count));
	return count == 0 ? NULL : FAIL(INTERNAL);
}

/* What is not an upload of the caller's for this very purpose becomes a media of theirs, as small
 * as a sticker is: it stays whatever becomes of the message that it was seen in. */
static const struct error *take_picture(
    struct request *req, const struct media_item *seen, struct media_item *taken)
{
	const struct intake intake = {.purpose = purpose_named(PURPOSE_STICKER)};
	bool sticker = strcmp(seen->purpose, PURPOSE_STICKER) == 0;
	struct staged staged;

	*taken = *seen;
	if (sticker && seen->owner_id == req->user_id)
		return NULL;
	if (!sticker && strcmp(seen->purpose, "image") != 0)
		return refuse(req, "media_id");
	TRY(file_count_upload(req));
	TRY(stage_original(req, seen, &staged));
	return intake_accept(req, &intake, &staged, taken);
}

struct making {
	struct request *req;
	struct sticker_draft draft;
	const char *content;
	int64_t id;
	bool there;
};

static const struct error *make(struct db *db, void *context)
{
	struct making *making = context;
	int64_t owner = making->req->user_id, count;
	struct media_item media;

	TRY(media_owner_lock(db, owner));
	TRY(sticker_same(db, owner, making->content, &making->id));
	making->there = making->id != ABSENT;
	if (making->there)
		return NULL;
	TRY(stickers_count(db, owner, &count));
	if (count >= STICKERS_MAX)
		return FAIL(TOO_MANY_STICKERS);
	/* Held, so that it is not collected meanwhile. */
	TRY(media_item_lock(db, making->req->arena, making->draft.media_id, &media));
	return sticker_insert(db, owner, &making->draft, &making->id);
}

const struct error *sticker_create(struct request *req)
{
	const struct sticker_draft *input = req->input;
	struct making making = {.req = req, .draft = *input};
	struct media_item seen, taken;
	const struct error *error;

	if (input->emoji != NULL && *input->emoji != '\0' && !emoji_valid(input->emoji))
		return refuse(req, "emoji");
	error = media_item_visible(req, input->media_id, &seen);
	if (error != NULL)
		return error_is(error, FAIL(NOT_FOUND)) ? refuse(req, "media_id") : error;
	TRY(take_picture(req, &seen, &taken));
	making.draft.media_id = taken.id;
	making.content = taken.original;
	TRY(db_transaction(req->db, false, make, &making));
	return answer_one(req, making.there ? 200 : 201, making.id);
}

struct changing {
	struct request *req;
	int64_t sticker;
};

static const struct error *remove_own(struct db *db, void *context)
{
	const struct changing *changing = context;

	TRY(sticker_hold(db, changing->sticker));
	TRY(sticker_mark_removed(db, changing->sticker));
	TRY(favourite_delete(db, changing->req->user_id, changing->sticker));
	return sticker_drop_unwanted(db, changing->sticker);
}

const struct error *sticker_delete(struct request *req)
{
	struct sticker sticker;

	TRY(sticker_get(req->db, req->arena, path_id(req, "sticker"), &sticker));
	if (sticker.owner_id != req->user_id)
		return FAIL(NOT_FOUND);
	TRY(db_transaction(req->db, false, remove_own, &(struct changing){req, sticker.id}));
	return respond_empty(req);
}

static const struct error *add_favourite(struct db *db, void *context)
{
	const struct changing *changing = context;
	int64_t user = changing->req->user_id, count;

	TRY(media_owner_lock(db, user));
	TRY(favourites_count(db, user, changing->sticker, &count));
	if (count >= STICKERS_MAX)
		return FAIL(TOO_MANY_STICKERS);
	TRY(sticker_hold(db, changing->sticker));
	return favourite_insert(db, user, changing->sticker);
}

/* Whoever sees its picture: in a pack, or in a message. */
const struct error *sticker_favourite(struct request *req)
{
	struct media_item media;
	struct sticker sticker;

	TRY(sticker_get(req->db, req->arena, path_id(req, "sticker"), &sticker));
	TRY(media_item_visible(req, sticker.media_id, &media));
	TRY(db_transaction(req->db, true, add_favourite, &(struct changing){req, sticker.id}));
	return answer_one(req, 200, sticker.id);
}

static const struct error *remove_favourite(struct db *db, void *context)
{
	const struct changing *changing = context;

	TRY(sticker_hold(db, changing->sticker));
	TRY(favourite_delete(db, changing->req->user_id, changing->sticker));
	return sticker_drop_unwanted(db, changing->sticker);
}

const struct error *sticker_unfavourite(struct request *req)
{
	const struct error *error = db_transaction(
	    req->db, true, remove_favourite, &(struct changing){req, path_id(req, "sticker")});

	if (error != NULL && !error_is(error, FAIL(NOT_FOUND)))
		return error;
	return respond_empty(req);
}
