/* What is done with what was uploaded. */
#include "intake.h"

#include "clock.h"
#include "hint.h"
#include "media_content.h"
#include "media_state.h"
#include "picture_output.h"
#include "upload.h"
#include <string.h>
#include <unistd.h>

const struct error *intake_check_waveform(struct request *req, const char *waveform)
{
	if (waveform == NULL || hint_is_waveform(waveform))
		return NULL;
	return error_field(req->arena, FAIL(INVALID), "waveform");
}

const struct error *intake_check_placeholder(struct request *req, const char *placeholder)
{
	if (placeholder == NULL || hint_is_placeholder(placeholder))
		return NULL;
	return error_field(req->arena, FAIL(INVALID), "placeholder");
}

static const struct error *check_quota(
    struct db *db, const struct config *config, int64_t owner, int64_t size, int64_t upload)
{
	int64_t used;

	if (config->media.quota == 0)
		return NULL;
	TRY(media_used(db, owner, upload, &used));
	return used + size > config->media.quota ? FAIL(QUOTA) : NULL;
}

const struct error *intake_room(
    struct request *req, const struct purpose *purpose, int64_t size, int64_t upload)
{
	if (size > purpose_limit(purpose, req->config))
		return FAIL(TOO_LARGE);
	return check_quota(req->db, req->config, req->user_id, size, upload);
}

static struct media_store *store_of(const struct request *req)
{
	const struct media_state *state = req->state;

	return state->store;
}

static struct media_staged as_staged(const struct staged *staged, const char *hash)
{
	return (struct media_staged){staged->name, staged->file, staged->size, hash};
}

static const struct error *bring(struct request *req, const struct staged *staged, const char *hash)
{
	const struct media_staged content = as_staged(staged, hash);

	return hash != NULL ? media_store_bring(store_of(req), req->arena, &content) : NULL;
}

/* It is safe before its row can be seen, see media_content.h. */
static const struct error *keep(
    struct request *req, struct db *db, const struct staged *staged, const char *hash)
{
	const struct media_staged content = as_staged(staged, hash);

	TRY(media_content_take(db, hash, staged->size));
	return media_store_keep(store_of(req), req->arena, &content);
}

struct storing {
	struct request *req;
	const struct intake *intake;
	const struct staged *staged;
	struct pictures pictures;
	struct media_item *item;
};

static const struct error *store(struct db *db, void *context)
{
	struct storing *storing = context;
	struct media_item *item = storing->item;
	int64_t upload = storing->intake->upload;

	TRY(media_owner_lock(db, item->owner_id));
	TRY(check_quota(db, storing->req->config, item->owner_id, item->stored_size, upload));
	TRY(keep(storing->req, db, storing->staged, item->original));
	if (item->thumbnail != NULL)
		TRY(keep(storing->req, db, &storing->pictures.thumbnail, item->thumbnail));
	if (item->preview != NULL)
		TRY(keep(storing->req, db, &storing->pictures.preview, item->preview));
	TRY(media_item_insert(db, item, &item->id));
	return upload != 0 ? upload_set_media(db, upload, item->id) : NULL;
}

/* Nothing of it is refused any more, unless the quota is used up meanwhile. */
static const struct error *store_item(struct storing *storing)
{
	struct request *req = storing->req;
	const struct media_item *item = storing->item;

	TRY(bring(req, storing->staged, item->original));
	TRY(bring(req, &storing->pictures.thumbnail, item->thumbnail));
	TRY(bring(req, &storing->pictures.preview, item->preview));
	return db_transaction(req->db, false, store, storing);
}

static const struct error *refuse(const char *wrong, const char *type)
{
	LOG(INFO, "an upload was refused", LOG_FIELD("type", type), LOG_FIELD("reason", wrong));
	return FAIL(BAD_MEDIA);
}

/* Follows the structure; *cleaned is what is to be stored. */
static const struct error *look_into(struct request *req, const struct staged *staged,
    struct source *source, const char *type, struct format_facts *facts, struct staged *cleaned)
{
	format_reader *read = format_reader_of(type);
	struct rewrite *kept = rewrite_new(req->arena);
	const char *wrong;

	*facts = (struct format_facts){.duration_ms = -1};
	if (read == NULL)
		return FAIL(UNSUPPORTED_TYPE);
	wrong = read(source, facts, kept);
	if (wrong != NULL)
		return refuse(wrong, type);
	*cleaned = *staged;
	if (rewrite_is_whole(kept, staged->size))
		return NULL;
	TRY(staging_new(req, cleaned));
	if (!rewrite_write(kept, staged->file, cleaned->file))
		return staging_failure("an upload cannot be written");
	cleaned->size = rewrite_length(kept);
	return NULL;
}

static struct source *open_source(struct request *req, const struct staged *staged)
{
	struct source *source = arena_alloc(req->arena, sizeof(*source));

	source_open(source, staged->file, staged->size);
	return source;
}

static const char *type_of(struct request *req, struct source *source)
{
	const struct media_state *state = req->state;

	return state->sniffer != NULL ? sniff(state->sniffer, req->arena, source) : NULL;
}

static void describe(struct media_item *item, const struct format_facts *facts)
{
	item->type = facts->type;
	item->width = facts->width > 0 ? facts->width : ABSENT;
	item->height = facts->height > 0 ? facts->height : ABSENT;
	item->animated = facts->animated;
	item->duration_ms = facts->duration_ms >= 0 ? facts->duration_ms : ABSENT;
}

static const struct error *name_content(
    struct request *req, const struct staged *staged, const char **hash, int64_t *total)
{
	*hash =
	    media_hash(req->arena, byte_source_of_file(req->arena, staged->file, 0, staged->size));
	*total += staged->size;
	return *hash != NULL ? NULL : FAIL(INTERNAL);
}

/* What comes out of a decoder that was fed by strangers is looked at like what strangers send. */
static const struct error *clean_picture(
    struct request *req, struct staged *picture, struct format_facts *facts)
{
	struct staged made = *picture;

	return look_into(req, &made, open_source(req, &made), PICTURE_TYPE, facts, picture);
}

static bool is_sticker(const struct media_item *item)
{
	return strcmp(item->purpose, PURPOSE_STICKER) == 0;
}

/* What stands still is shrunk to what a sticker may be; what moves has to be so. */
static const struct error *fit_sticker(struct request *req, const struct pictures *pictures,
    const struct format_facts *facts, struct staged *image, struct media_item *item)
{
	if (item->width > PICTURE_STICKER || item->height > PICTURE_STICKER) {
		if (item->animated || pictures->placeholder == NULL)
			return FAIL(MEDIA_TOO_COMPLEX);
		*image = pictures->preview;
		describe(item, facts);
	}
	return image->size > req->config->media.sticker_size ? FAIL(TOO_LARGE) : NULL;
}

/* What moves is shown as it is: only its first picture is made small.  A sticker is a preview
 * itself, and has none. */
static const struct error *add_pictures(
    struct request *req, struct staged *image, struct pictures *pictures, struct media_item *item)
{
	const struct media_state *state = req->state;
	int side = is_sticker(item) ? PICTURE_STICKER : PICTURE_PREVIEW;
	struct format_facts facts;

	TRY(pictures_make(req, state->pictures, image, side, pictures));
	if (pictures->placeholder != NULL) {
		TRY(clean_picture(req, &pictures->thumbnail, &facts));
		TRY(clean_picture(req, &pictures->preview, &facts));
	}
	if (is_sticker(item))
		TRY(fit_sticker(req, pictures, &facts, image, item));
	if (pictures->placeholder == NULL)
		return NULL;
	item->placeholder = pictures->placeholder;
	item->thumbnail_type = PICTURE_TYPE;
	TRY(name_content(req, &pictures->thumbnail, &item->thumbnail, &item->stored_size));
	if (item->animated || is_sticker(item))
		return NULL;
	item->preview_type = PICTURE_TYPE;
	return name_content(req, &pictures->preview, &item->preview, &item->stored_size);
}

static struct media_item item_of(struct request *req, const struct intake *intake, const char *type)
{
	return (struct media_item){.owner_id = req->user_id,
	    .purpose = purpose_name(intake->purpose),
	    .type = type,
	    .name = intake->name,
	    .width = ABSENT,
	    .height = ABSENT,
	    .duration_ms = ABSENT,
	    .waveform = intake->waveform,
	    .placeholder = intake->placeholder,
	    .created_at = clock_wall_ms()};
}

static const struct error *look_at_item(struct request *req, const struct intake *intake,
    const struct staged *staged, struct source *source, struct staged *cleaned,
    struct media_item *item)
{
	struct format_facts facts;

	if (intake->claim != NULL && !purpose_claim_holds(intake->claim, item->type))
		return FAIL(TYPE_MISMATCH);
	TRY(look_into(req, staged, source, item->type, &facts, cleaned));
	TRY(purpose_check(intake->purpose, req->config, &facts));
	describe(item, &facts);
	return NULL;
}

const struct error *intake_accept(struct request *req, const struct intake *intake,
    const struct staged *staged, struct media_item *item)
{
	struct source *source = open_source(req, staged);
	const char *type = type_of(req, source);
	struct staged cleaned = *staged;
	struct storing storing = {.req = req, .intake = intake, .staged = &cleaned, .item = item};

	if (type == NULL)
		return FAIL(INTERNAL);
	*item = item_of(req, intake, type);
	if (purpose_types(intake->purpose) != NULL)
		TRY(look_at_item(req, intake, staged, source, &cleaned, item));
	if (purpose_is_picture(intake->purpose))
		TRY(add_pictures(req, &cleaned, &storing.pictures, item));
	item->size = cleaned.size;
	TRY(name_content(req, &cleaned, &item->original, &item->stored_size));
	return store_item(&storing);
}

struct adding {
	struct request *req;
	const char *variant;
	const struct staged *staged;
	const char *hash;
	const char *type;
	struct media_item *item;
};

static const struct error *add_variant(struct db *db, void *context)
{
	struct adding *adding = context;
	struct media_item *item = adding->item;
	bool thumbnail = strcmp(adding->variant, "thumbnail") == 0;
	int64_t size = adding->staged->size;
	bool used;

	TRY(media_owner_lock(db, adding->req->user_id));
	TRY(media_item_lock(db, adding->req->arena, item->id, item));
	TRY(media_item_in_use(db, item->id, &used));
	if (used || (thumbnail ? item->thumbnail : item->preview) != NULL)
		return FAIL(CONFLICT);
	TRY(check_quota(db, adding->req->config, item->owner_id, size, 0));
	TRY(keep(adding->req, db, adding->staged, adding->hash));
	if (thumbnail) {
		item->thumbnail = adding->hash;
		return media_item_set_thumbnail(db, item->id, adding->hash, adding->type, size);
	}
	item->preview = adding->hash;
	return media_item_set_preview(db, item->id, adding->hash, adding->type, size);
}

const struct error *intake_accept_variant(struct request *req, const char *variant, int64_t side,
    const struct staged *staged, struct media_item *item)
{
	struct source *source = open_source(req, staged);
	const char *type = type_of(req, source);
	struct staged cleaned;
	struct format_facts facts;
	const char *hash;
	int64_t size = 0;

	if (type == NULL)
		return FAIL(INTERNAL);
	TRY(look_into(req, staged, source, type, &facts, &cleaned));
	TRY(purpose_check(purpose_named("image"), req->config, &facts));
	if (facts.width > side || facts.height > side)
		return FAIL(MEDIA_TOO_COMPLEX);
	TRY(name_content(req, &cleaned, &hash, &size));
	TRY(bring(req, &cleaned, hash));
	return db_transaction(req->db, false, add_variant,
	    &(struct adding){req, variant, &cleaned, hash, facts.type, item});
}
