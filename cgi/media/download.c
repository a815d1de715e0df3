/* Handlers of downloads. */
#include "download.h"

#include "clock.h"
#include "file_name.h"
#include "media_state.h"
#include "purpose.h"
#include "respond.h"
#include "respond_file.h"
#include "signed_url.h"
#include <inttypes.h>
#include <string.h>

#define URLS_MAX 100

static const struct field url_list_fields[] = {
    REQUIRED(struct url_list, media_ids, 1, URLS_MAX),
};
const struct record url_list_record = RECORD(struct url_list, url_list_fields);

struct variant {
	const char *content; /* NULL: there is none */
	const char *type;
};

static struct variant variant_of(const struct media_item *item, const char *name)
{
	if (strcmp(name, "original") == 0)
		return (struct variant){item->original, item->type};
	if (strcmp(name, "thumbnail") == 0)
		return (struct variant){item->thumbnail, item->thumbnail_type};
	if (strcmp(name, "preview") == 0)
		return (struct variant){item->preview, item->preview_type};
	return (struct variant){NULL, NULL};
}

/* Nothing that was uploaded is ever a page: no script, no frame, and of files not even a type. */
static void set_headers(struct request *req, const struct media_item *item, bool attachment)
{
	respond_header(
	    req, "Content-Disposition", file_name_disposition(req->arena, item->name, attachment));
	respond_header(req, "Content-Security-Policy", "default-src 'none'; sandbox");
	respond_header(req, "Cross-Origin-Resource-Policy", "same-origin");
	respond_header(req, "Referrer-Policy", "no-referrer");
}

static const char *caching(struct request *req, int64_t expires)
{
	return arena_printf(req->arena, "private, max-age=%" PRId64 ", immutable",
	    expires - clock_wall_ms() / 1000);
}

static const struct error *open_content(struct request *req, const char *name, int64_t offset,
    int64_t length, struct byte_source **bytes)
{
	const struct media_state *state = req->state;

	return media_store_open(state->store, req->arena, name, offset, length, bytes);
}

/* The row says that it is there. */
static const struct error *measure(struct request *req, const char *content, int64_t *size)
{
	const struct media_state *state = req->state;
	const struct error *error = media_store_measure(state->store, req->arena, content, size);

	if (!error_is(error, FAIL(NOT_FOUND)))
		return error;
	LOG(ERROR, "a content is missing in the media store", LOG_FIELD("content", content));
	return FAIL(INTERNAL);
}

static const struct error *send_content(
    struct request *req, const struct variant *variant, bool is_file, int64_t expires)
{
	const struct media_state *state = req->state;
	struct served_file served = {
	    .open = open_content,
	    .name = variant->content,
	    .type = is_file ? "application/octet-stream" : variant->type,
	    .tag = arena_printf(req->arena, "\"%.32s\"", variant->content),
	    .caching = caching(req, expires),
	};

	TRY(measure(req, variant->content, &served.size));
	if (req->config->media.sendfile)
		served.path = media_store_path(state->store, req->arena, variant->content);
	return respond_file(req, &served);
}

const struct error *download(struct request *req)
{
	const struct signed_query *query = req->query;
	const char *name = path_text(req, "variant");
	struct media_item item;
	struct variant variant;
	bool is_file;

	TRY(signed_url_check(req, path_id(req, "media"), name, query));
	TRY(media_item_get(req, path_id(req, "media"), &item));
	variant = variant_of(&item, name);
	if (variant.content == NULL)
		return FAIL(NOT_FOUND);
	is_file = strcmp(item.purpose, PURPOSE_FILE) == 0 && variant.content == item.original;
	TRY(send_content(req, &variant, is_file, query->expires));
	set_headers(req, &item, is_file || query->download == 1);
	return NULL;
}

const struct error *download_urls(struct request *req)
{
	const struct url_list *input = req->input;
	struct json_object *answer = json_new(req->arena);
	struct json_object *list = json_child_list();
	int64_t expires = signed_url_expiry(req->config);
	struct rows items;

	json_set(answer, "urls", list);
	TRY(media_items_visible(req, input->media_ids, &items));
	for (size_t i = 0; i < items.count; i++) {
		const struct media_item *item = ROW(struct media_item, &items, i);
		struct json_object *urls = json_child();

		json_append(list, urls);
		json_set_int(urls, "media_id", item->id);
		signed_urls_set(req, urls, item, expires);
		json_set_int(urls, "expires_at", expires * 1000);
	}
	return respond(req, 200, answer);
}
