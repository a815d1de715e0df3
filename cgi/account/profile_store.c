/* SQL of profiles. */
#include "profile_store.h"
#include "account.h"

static const struct field profile_fields[] = {
    OUTPUT(struct profile, id),
    OUTPUT(struct profile, username),
    OUTPUT(struct profile, nickname),
    OUTPUT(struct profile, avatar),
    OUTPUT(struct profile, bio),
    OUTPUT(struct profile, gender),
    OUTPUT(struct profile, region),
    OUTPUT(struct profile, phone),
    OUTPUT(struct profile, email),
    OUTPUT(struct profile, birthday),
    OUTPUT(struct profile, settings),
    OUTPUT(struct profile, created_at),
    OUTPUT(struct profile, findable_by_username),
    OUTPUT(struct profile, findable_by_phone),
    OUTPUT(struct profile, findable_by_email),
    OUTPUT(struct profile, takes_requests),
    OUTPUT(struct profile, sends_read_receipts),
    OUTPUT(struct profile, shows_presence),
    OUTPUT(struct profile, sends_typing),
};
const struct record profile_record = RECORD(struct profile, profile_fields);

static const char SQL_LOAD[] =
    "SELECT id, username, nickname, avatar, bio, gender, region, phone, email, birthday, settings,"
    " created_at, findable_by_username, findable_by_phone, findable_by_email, takes_requests,"
    " sends_read_receipts, shows_presence, sends_typing"
    " FROM user WHERE id = ? AND deleted_at IS NULL";

static const char SQL_UPDATE[] =
    "UPDATE user SET nickname = COALESCE(?, nickname), nickname_key = COALESCE(?, nickname_key),"
    " bio = COALESCE(?, bio), gender = COALESCE(?, gender), region = COALESCE(?, region),"
    " settings = COALESCE(?, settings), avatar = NULLIF(COALESCE(?, avatar), ''),"
    " birthday = NULLIF(COALESCE(?, birthday), ''), phone = NULLIF(COALESCE(?, phone), ''),"
    " email = NULLIF(COALESCE(?, email), ''), email_key = NULLIF(COALESCE(?, email_key), '')"
    ", findable_by_username = COALESCE(?, findable_by_username),"
    " findable_by_phone = COALESCE(?, findable_by_phone),"
    " findable_by_email = COALESCE(?, findable_by_email),"
    " takes_requests = COALESCE(?, takes_requests),"
    " sends_read_receipts = COALESCE(?, sends_read_receipts),"
    " shows_presence = COALESCE(?, shows_presence), sends_typing = COALESCE(?, sends_typing)"
    " WHERE id = ? AND deleted_at IS NULL";

const struct error *profile_load(struct request *req, int64_t user_id, struct profile *profile)
{
	return db_one(req->db, req->arena, &profile_record, profile, SQL_LOAD, PARAMS(P(user_id)));
}

const struct error *profile_update(struct request *req, const struct profile_change *change)
{
	const struct error *error = db_exec(req->db, SQL_UPDATE,
	    PARAMS(P(change->nickname.shown), P(change->nickname.key), P(change->bio),
		P(change->gender), P(change->region), P(change->settings), P(change->avatar),
		P(change->birthday), P(change->phone), P(change->email.shown), P(change->email.key),
		P(change->findable_by_username), P(change->findable_by_phone),
		P(change->findable_by_email), P(change->takes_requests),
		P(change->sends_read_receipts), P(change->shows_presence), P(change->sends_typing),
		P(req->user_id)));

	return account_taken(req->db, req->arena, error);
}
