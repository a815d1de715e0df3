/* SQL of searching people. */
#include "directory_store.h"
#include "user.h"

#define LISTED " AND user.suspended_at IS NULL AND user.deleted_at IS NULL"

#define BY(key, flag)                                                   \
	"SELECT " USER_CARD_COLUMNS " FROM user WHERE user." key " = ?" \
	" AND user." flag " = 1" LISTED

/* A condition over a NULL parameter is never true, so two of the three find nothing. */
static const char SQL_EXACT[] = BY("username_key", "findable_by_username") " UNION " BY(
    "phone", "findable_by_phone") " UNION " BY("email_key", "findable_by_email");

/* In the order of the index, so that a short prefix reads no more rows than it shows. */
static const char SQL_PREFIX[] =
    "SELECT " USER_CARD_COLUMNS " FROM user WHERE user.nickname_key LIKE ? ESCAPE '|'"
    " AND user.id <> ? AND user.findable_by_username = 1" LISTED
    " ORDER BY user.nickname_key, user.id LIMIT ?";

const struct error *directory_find_exact(
    struct request *req, const struct identity_login *login, struct rows *cards)
{
	return db_rows(req->db, req->arena, &user_card_record, cards, SQL_EXACT,
	    PARAMS(P(login->username_key), P(login->phone), P(login->email_key)));
}

const struct error *directory_find_prefix(
    struct request *req, const char *nickname_key, int64_t but, int64_t limit, struct rows *cards)
{
	return db_rows(req->db, req->arena, &user_card_record, cards, SQL_PREFIX,
	    PARAMS(P(identity_pattern(req->arena, nickname_key)), P(but), P(limit)));
}
