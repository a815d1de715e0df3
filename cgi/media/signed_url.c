/* Making and checking signed addresses. */
#include "signed_url.h"

#include "authenticate.h"
#include "clock.h"
#include <inttypes.h>
#include <openssl/crypto.h>
#include <string.h>

static const char PURPOSE[] = "media address";

static const struct field signed_query_fields[] = {
    REQUIRED(struct signed_query, expires, 1, INT64_C(1) << 40),
    REQUIRED(struct signed_query, viewer, 1, INT64_C(1) << 53),
    REQUIRED(struct signed_query, session, 1, INT64_C(1) << 53),
    REQUIRED(struct signed_query, signature, 1, 64),
    OPTIONAL(struct signed_query, download, 0, 1),
};
const struct record signed_query_record = RECORD(struct signed_query, signed_query_fields);

int64_t signed_url_expiry(const struct config *config)
{
	int64_t half = config->media.url_lifetime / 2;

	return (clock_wall_ms() / 1000 / half + 2) * half;
}

static const char *signed_text(
    struct arena *arena, int64_t media, const char *variant, const struct signed_query *query)
{
	return arena_printf(arena, "%" PRId64 "/%s/%" PRId64 "/%" PRId64 "/%" PRId64, media,
	    variant, query->viewer, query->session, query->expires);
}

static const char *write_url(
    struct request *req, int64_t media, const char *variant, int64_t expires)
{
	const struct signed_query query = {
	    .expires = expires, .viewer = req->user_id, .session = req->session_id};
	const char *text = signed_text(req->arena, media, variant, &query);

	return arena_printf(req->arena,
	    "%s/api/v1/media/files/%" PRId64 "/%s?expires=%" PRId64 "&viewer=%" PRId64
	    "&session=%" PRId64 "&signature=%s",
	    req->prefix, media, variant, expires, req->user_id, req->session_id,
	    token_derive(req->keys, req->arena, PURPOSE, text));
}

static void set_url(struct request *req, struct json_object *json, const char *key,
    const struct media_item *item, const char *content, const char *variant, int64_t expires)
{
	json_set_text(
	    json, key, content != NULL ? write_url(req, item->id, variant, expires) : NULL);
}

void signed_urls_set(
    struct request *req, struct json_object *json, const struct media_item *item, int64_t expires)
{
	set_url(req, json, "url", item, item->original, "original", expires);
	set_url(req, json, "thumbnail_url", item, item->thumbnail, "thumbnail", expires);
	set_url(req, json, "preview_url", item, item->preview, "preview", expires);
}

/* By whichever of the keys it was made. */
static bool is_signature(const struct request *req, const char *text, const char *signature)
{
	const char *right;

	for (size_t i = 0;
	     (right = token_derive_with(req->keys, i, req->arena, PURPOSE, text)) != NULL; i++)
		if (strlen(right) == strlen(signature) &&
		    CRYPTO_memcmp(right, signature, strlen(right)) == 0)
			return true;
	return false;
}

const struct error *signed_url_check(
    struct request *req, int64_t media, const char *variant, const struct signed_query *query)
{
	if (!is_signature(req, signed_text(req->arena, media, variant, query), query->signature))
		return FAIL(FORBIDDEN);
	if (query->expires * 1000 <= clock_wall_ms())
		return FAIL(LINK_EXPIRED);
	if (req->user_id != 0 && req->user_id != query->viewer)
		return FAIL(FORBIDDEN);
	return authenticate_ended(req, query->session) ? FAIL(LINK_EXPIRED) : NULL;
}
