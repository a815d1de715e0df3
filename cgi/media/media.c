/* media: uploads and downloads of images, recordings and files; stickers. */
#include "allowance.h"
#include "download.h"
#include "file.h"
#include "media_state.h"
#include "serve.h"
#include "signed_url.h"
#include "sticker.h"
#include "upload.h"
#include <stdlib.h>

#define WORKERS 8 /* a download that this program sends itself takes one */

static const struct route routes[] = {
    {GET, "/limits", USER, NULL, allowance_show, NULL},
    {POST, "/files", USER, NULL, file_create, &file_query_record},
    {GET, "/files/:media", USER, NULL, file_show, NULL},
    {DELETE, "/files/:media", USER, NULL, file_delete, NULL},
    {PUT, "/files/:media/thumbnail", USER, NULL, file_set_thumbnail, NULL},
    {PUT, "/files/:media/preview", USER, NULL, file_set_preview, NULL},
    {GET, "/files/:media/*variant", PUBLIC, NULL, download, &signed_query_record},
    {POST, "/urls", USER, &url_list_record, download_urls, NULL},
    {GET, "/stickers", USER, NULL, sticker_list, NULL},
    {POST, "/stickers", USER, &sticker_draft_record, sticker_create, NULL},
    {DELETE, "/stickers/:sticker", USER, NULL, sticker_delete, NULL},
    {PUT, "/stickers/:sticker/favourite", USER, NULL, sticker_favourite, NULL},
    {DELETE, "/stickers/:sticker/favourite", USER, NULL, sticker_unfavourite, NULL},
    {GET, "/uploads", USER, NULL, upload_list, NULL},
    {GET, "/uploads/:upload", USER, NULL, upload_show, NULL},
    {PATCH, "/uploads/:upload", USER, NULL, upload_append, NULL},
    {DELETE, "/uploads/:upload", USER, NULL, upload_delete, NULL},
};

static void *open_state(const struct config *config)
{
	struct media_state *state = calloc(1, sizeof(*state));

	if (state == NULL)
		abort();
	state->sniffer = sniffer_new();
	state->pictures = picture_maker_new();
	state->store = media_store_new(config);
	return state;
}

static void close_state(void *shared)
{
	struct media_state *state = shared;

	sniffer_free(&state->sniffer);
	picture_maker_free(&state->pictures);
	media_store_free(&state->store);
	free(state);
}

static int64_t max_body(const struct config *config)
{
	return config->media.piece_size + FILE_FORM_ROOM;
}

int main(int argc, char **argv)
{
	return serve(argc, argv,
	    &(const struct program){.name = "media",
		.routes = routes,
		.count = sizeof(routes) / sizeof(routes[0]),
		.workers = WORKERS,
		.open = open_state,
		.close = close_state,
		.max_body = max_body});
}
