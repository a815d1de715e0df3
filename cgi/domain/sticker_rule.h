/* Whose stickers are at whose disposal: one rule, for sending them and for seeing their pictures.
 * Besides, whoever may read a message sees what it carries, see cgi/media/media_item_store.c. */
#ifndef HICHAT_STICKER_RULE_H
#define HICHAT_STICKER_RULE_H

/* A condition on `sticker`, for user `?`, `?`: it is of a pack, their own, or a favourite of
 * theirs. As a value and not in EXISTS, of which MariaDB makes a list of all favourites. */
#define STICKER_AT_HAND                                             \
	"(sticker.pack_id IS NOT NULL"                              \
	" OR (sticker.owner_id = ? AND sticker.removed_at IS NULL)" \
	" OR (SELECT 1 FROM sticker_favourite"                      \
	" WHERE sticker_favourite.user_id = ?"                      \
	" AND sticker_favourite.sticker_id = sticker.id) IS NOT NULL)"

#endif
