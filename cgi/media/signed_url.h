/* Addresses of media that a browser can ask for by itself: signed for one person and their session,
 * until a time.  They say what may be seen without a look at who may see what, so they are made
 * only after that look, and soon end. */
#ifndef HICHAT_SIGNED_URL_H
#define HICHAT_SIGNED_URL_H

#include "media_item.h"

struct signed_query {
	int64_t expires; /* s */
	int64_t viewer;
	int64_t session;
	const char *signature;
	int64_t download; /* 1: as an attachment */
};
extern const struct record signed_query_record;

/* When an address made now ends (s): the same for a while, so that it stays the same, and what a
 * browser has kept of it is good. */
int64_t signed_url_expiry(const struct config *config);

/* Sets "url", "thumbnail_url" and "preview_url", null where there is none, for the caller. */
void signed_urls_set(
    struct request *req, struct json_object *json, const struct media_item *item, int64_t expires);

/* 403 link_expired, or forbidden for what was not signed so, or for whom it was not signed. */
const struct error *signed_url_check(
    struct request *req, int64_t media, const char *variant, const struct signed_query *query);

#endif
