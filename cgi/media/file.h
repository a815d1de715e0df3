/* Media as resources: uploaded in one request, shown, deleted, given a preview. */
#ifndef HICHAT_FILE_H
#define HICHAT_FILE_H

#include "media_item.h"

/* For the headers and the other parts of a form, beside the file in it. */
#define FILE_FORM_ROOM 16384

struct file_query {
	const char *purpose;
	const char *waveform;
	const char *placeholder;
};
extern const struct record file_query_record;

const struct error *file_create(struct request *req);
const struct error *file_show(struct request *req);
const struct error *file_delete(struct request *req);
const struct error *file_set_thumbnail(struct request *req);
const struct error *file_set_preview(struct request *req);

/* Counts one more upload of the caller's; 429 rate_limited. */
const struct error *file_count_upload(struct request *req);

/* M with signed addresses for the caller, as a child without a parent yet. */
struct json_object *file_json(struct request *req, const struct media_item *item);
/* {"media":M} */
const struct error *file_answer(struct request *req, int status, const struct media_item *item);

#endif
