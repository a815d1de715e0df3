/* Uploads in pieces, as draft-ietf-httpbis-resumable-upload (revision 10) has them: an upload is a
 * resource of its own, pieces are appended where it stands, and it becomes a media with the last
 * one.  How far it has come is the size of its staged file, and nothing else. */
#ifndef HICHAT_UPLOAD_H
#define HICHAT_UPLOAD_H

#include "intake.h"

struct upload {
	int64_t id;
	int64_t owner_id;
	const char *purpose;
	const char *claim;
	const char *name;
	int64_t size;
	const char *waveform;
	const char *placeholder;
	int64_t media_id; /* ABSENT until it is complete */
	int64_t created_at;
};
extern const struct record upload_record;

/* POST /files with "Upload-Complete: ?0", perhaps with a first piece. */
bool upload_wanted(const struct request *req);
const struct error *upload_create(struct request *req, const struct intake *intake);

const struct error *upload_list(struct request *req);
const struct error *upload_show(struct request *req);
const struct error *upload_append(struct request *req);
const struct error *upload_delete(struct request *req);

/* The SQL, in upload_store.c. */
const struct error *upload_get(struct request *req, int64_t id, struct upload *upload);
const struct error *upload_unfinished(struct request *req, struct rows *uploads);
const struct error *upload_insert(struct request *req, const struct upload *upload, int64_t *id);
const struct error *upload_set_media(struct db *db, int64_t id, int64_t media_id);
const struct error *upload_remove(struct request *req, int64_t id);

#endif
