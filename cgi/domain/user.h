/* Users as other people see them: the `U` of the API. */
#ifndef HICHAT_USER_H
#define HICHAT_USER_H

#include "request.h"

struct user_card {
	int64_t id;
	const char *username;
	const char *nickname;
	const char *avatar; /* "emoji:…" or NULL */
	const char *bio;
	const char *gender; /* male | female | other | "" */
	const char *region;
	bool deleted; /* then nothing else is left but the id */
};
extern const struct record user_card_record;

/* The columns of user_card_record, for a statement that has the table `user` as `user`. */
#define USER_CARD_COLUMNS                                                                         \
	"user.id, user.username, user.nickname, user.avatar, user.bio, user.gender, user.region," \
	" user.deleted_at IS NOT NULL AS deleted"

/* 404 not_found for unknown and deleted users. */
const struct error *user_card(struct request *req, int64_t user_id, struct user_card *card);
/* Ascending by id; unknown and deleted ones are left out. */
const struct error *user_cards(
    struct request *req, const int64_t *ids, size_t count, struct rows *cards);
/* The same with deleted ones, for what they have left behind. */
const struct error *user_cards_ever(
    struct request *req, const int64_t *ids, size_t count, struct rows *cards);
/* The card of `id` in rows that one of these filled, or NULL. */
const struct user_card *user_cards_find(const struct rows *cards, int64_t id);

#endif
