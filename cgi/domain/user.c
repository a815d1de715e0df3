/* User cards: the part of a person that everybody may see. */
#include "user.h"

static const struct field user_card_fields[] = {
    OUTPUT(struct user_card, id),
    OUTPUT(struct user_card, username),
    OUTPUT(struct user_card, nickname),
    OUTPUT(struct user_card, avatar),
    OUTPUT(struct user_card, bio),
    OUTPUT(struct user_card, gender),
    OUTPUT(struct user_card, region),
    OUTPUT(struct user_card, deleted),
};
const struct record user_card_record = RECORD(struct user_card, user_card_fields);

static const char SQL_CARD[] =
    "SELECT " USER_CARD_COLUMNS " FROM user WHERE id = ? AND deleted_at IS NULL";

#define CARDS                                                             \
	"SELECT " USER_CARD_COLUMNS                                       \
	" FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) wanted" \
	" STRAIGHT_JOIN user ON user.id = wanted.id"

static const char SQL_CARDS[] = CARDS " WHERE user.deleted_at IS NULL ORDER BY user.id";
static const char SQL_CARDS_EVER[] = CARDS " ORDER BY user.id";

const struct error *user_card(struct request *req, int64_t user_id, struct user_card *card)
{
	return db_one(req->db, req->arena, &user_card_record, card, SQL_CARD, PARAMS(P(user_id)));
}

const struct error *user_cards(
    struct request *req, const int64_t *ids, size_t count, struct rows *cards)
{
	return db_rows(req->db, req->arena, &user_card_record, cards, SQL_CARDS,
	    PARAMS(P(json_ids(req->arena, ids, count))));
}

const struct error *user_cards_ever(
    struct request *req, const int64_t *ids, size_t count, struct rows *cards)
{
	return db_rows(req->db, req->arena, &user_card_record, cards, SQL_CARDS_EVER,
	    PARAMS(P(json_ids(req->arena, ids, count))));
}

const struct user_card *user_cards_find(const struct rows *cards, int64_t id)
{
	size_t low = 0, high = cards->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct user_card *card = ROW(struct user_card, cards, middle);
		if (card->id == id)
			return card;
		if (card->id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}
