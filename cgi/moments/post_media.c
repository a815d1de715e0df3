/* SQL of what posts show. */
#include "post_media.h"

static const struct field post_media_fields[] = {
    HIDDEN(struct post_media, moment_id),
    OUTPUT(struct post_media, media_id),
    OUTPUT(struct post_media, purpose),
    OUTPUT(struct post_media, type),
    OUTPUT(struct post_media, size),
    OUTPUT(struct post_media, width),
    OUTPUT(struct post_media, height),
    OUTPUT(struct post_media, animated),
    OUTPUT(struct post_media, duration_ms),
    OUTPUT(struct post_media, placeholder),
};
const struct record post_media_record = RECORD(struct post_media, post_media_fields);

static const char SQL_INSERT[] =
    "INSERT INTO moment_media (moment_id, position, media_id)"
    " SELECT ?, wanted.position, media.id FROM JSON_TABLE(?, '$[*]' COLUMNS"
    " (position FOR ORDINALITY, id BIGINT PATH '$')) wanted"
    " STRAIGHT_JOIN media FORCE INDEX (PRIMARY) ON media.id = wanted.id AND media.owner_id = ?"
    " AND (media.purpose = 'image' OR (media.purpose = 'video' AND ? = 1)) LOCK IN SHARE MODE";

static const char SQL_IDS[] =
    "SELECT media_id FROM moment_media WHERE moment_id = ? ORDER BY position";

static const char SQL_LOAD[] = "SELECT moment_media.moment_id, " POST_MEDIA_DETAILS
			       " FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) listed"
			       " STRAIGHT_JOIN moment_media ON moment_media.moment_id = listed.id"
			       " STRAIGHT_JOIN media ON media.id = moment_media.media_id"
			       " ORDER BY moment_media.moment_id DESC, moment_media.position";

static bool names_one_twice(struct id_list ids)
{
	for (size_t i = 1; i < ids.count; i++)
		for (size_t j = 0; j < i; j++)
			if (ids.ids[i] == ids.ids[j])
				return true;
	return false;
}

const struct error *post_media_insert(
    struct db *db, struct arena *arena, const struct post *post, struct id_list ids, bool *shown)
{
	int64_t count = (int64_t)ids.count;

	*shown = !names_one_twice(ids);
	if (!*shown || count == 0)
		return NULL;
	TRY(db_exec(db, SQL_INSERT,
	    PARAMS(P(post->id), P(json_ids(arena, ids.ids, ids.count)), P(post->author_id),
		P(count))));
	*shown = db_affected(db) == count;
	return NULL;
}

const struct error *post_media_ids(
    struct db *db, struct arena *arena, int64_t post_id, struct id_list *ids)
{
	return db_ids(db, arena, ids, SQL_IDS, PARAMS(P(post_id)));
}

const struct error *post_media_load(struct request *req, struct id_list posts, struct rows *media)
{
	return db_rows(req->db, req->arena, &post_media_record, media, SQL_LOAD,
	    PARAMS(P(json_ids(req->arena, posts.ids, posts.count))));
}
