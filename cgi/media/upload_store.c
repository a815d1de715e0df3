/* SQL of uploads in pieces. */
#include "upload.h"

static const struct field upload_fields[] = {
    OUTPUT(struct upload, id),
    HIDDEN(struct upload, owner_id),
    OUTPUT(struct upload, purpose),
    HIDDEN(struct upload, claim),
    OUTPUT(struct upload, name),
    OUTPUT(struct upload, size),
    HIDDEN(struct upload, waveform),
    HIDDEN(struct upload, placeholder),
    HIDDEN(struct upload, media_id),
    HIDDEN(struct upload, created_at),
};
const struct record upload_record = RECORD(struct upload, upload_fields);

#define SELECT                                                                    \
	"SELECT id, owner_id, purpose, claim, name, size, waveform, placeholder," \
	" media_id, created_at FROM media_upload"

static const char SQL_GET[] = SELECT " WHERE id = ? AND owner_id = ?";
static const char SQL_UNFINISHED[] =
    SELECT " FORCE INDEX (owner) WHERE owner_id = ? AND media_id IS NULL ORDER BY id";
static const char SQL_INSERT[] =
    "INSERT INTO media_upload (owner_id, purpose, claim, name, size, waveform, placeholder,"
    " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
static const char SQL_SET_MEDIA[] = "UPDATE media_upload SET media_id = ? WHERE id = ?";
static const char SQL_REMOVE[] = "DELETE FROM media_upload WHERE id = ?";

const struct error *upload_get(struct request *req, int64_t id, struct upload *upload)
{
	return db_one(
	    req->db, req->arena, &upload_record, upload, SQL_GET, PARAMS(P(id), P(req->user_id)));
}

const struct error *upload_unfinished(struct request *req, struct rows *uploads)
{
	return db_rows(
	    req->db, req->arena, &upload_record, uploads, SQL_UNFINISHED, PARAMS(P(req->user_id)));
}

const struct error *upload_insert(struct request *req, const struct upload *upload, int64_t *id)
{
	TRY(db_exec(req->db, SQL_INSERT,
	    PARAMS(P(upload->owner_id), P(upload->purpose), P(upload->claim), P(upload->name),
		P(upload->size), P(upload->waveform), P(upload->placeholder),
		P(upload->created_at))));
	*id = db_insert_id(req->db);
	return NULL;
}

const struct error *upload_set_media(struct db *db, int64_t id, int64_t media_id)
{
	return db_exec(db, SQL_SET_MEDIA, PARAMS(P(media_id), P(id)));
}

const struct error *upload_remove(struct request *req, int64_t id)
{
	return db_exec(req->db, SQL_REMOVE, PARAMS(P(id)));
}
