/* Who sees which post, and what of the likes and comments below it: the one rule, in SQL.  Every
 * statement that reads posts, their media, likes or comments, or lets somebody write below one, is
 * made of these pieces; nothing is decided anywhere else. */
#ifndef HICHAT_MOMENT_RULE_H
#define HICHAT_MOMENT_RULE_H

#include "db.h"

/* Who shows whom anything at all.  A statement that has the table `user` twice, as `viewer` and as
 * `author`: friends between whom no block stands, and neither has hidden the author's posts. */
#define AUTHOR_JOINS                                                     \
	" LEFT JOIN friendship ON friendship.user_id = author.id"        \
	" AND friendship.friend_id = viewer.id"                          \
	" LEFT JOIN block ours ON ours.user_id = viewer.id"              \
	" AND ours.blocked_id = author.id"                               \
	" LEFT JOIN block theirs ON theirs.user_id = author.id"          \
	" AND theirs.blocked_id = viewer.id"                             \
	" LEFT JOIN moment_privacy shown ON shown.user_id = author.id"   \
	" AND shown.other_id = viewer.id"                                \
	" LEFT JOIN moment_privacy wanted ON wanted.user_id = viewer.id" \
	" AND wanted.other_id = author.id"
#define AUTHOR_SHOWS                                                 \
	"friendship.since IS NOT NULL"                               \
	" AND ours.created_at IS NULL AND theirs.created_at IS NULL" \
	" AND COALESCE(shown.hide_mine, 0) = 0 AND COALESCE(wanted.hide_theirs, 0) = 0"

/* The cover of `author`: their own, and that of those who show the viewer what they post. */
#define COVER_VISIBLE " author.deleted_at IS NULL AND (author.id = viewer.id OR (" AUTHOR_SHOWS "))"

/* A statement that has the table `user` as `viewer` and, behind it, `moment`.  It begins with
 * SELECT STRAIGHT_JOIN: so many joins by primary key have one good order, and looking for it would
 * take longer than the joins. */
#define MOMENT_JOINS                                                      \
	" JOIN user author ON author.id = moment.author_id" AUTHOR_JOINS  \
	" LEFT JOIN moment_listed ON moment_listed.moment_id = moment.id" \
	" AND moment_listed.user_id = viewer.id"

/* One's own posts always; of those who show the viewer theirs, what is young enough and whose
 * audience has the viewer. */
#define MOMENT_VISIBLE                                                                        \
	" moment.deleted_at IS NULL AND author.deleted_at IS NULL"                            \
	" AND (moment.author_id = viewer.id OR (" AUTHOR_SHOWS " AND (author.moment_days = 0" \
	" OR moment.created_at >= (UNIX_TIMESTAMP() - author.moment_days * 86400) * 1000)"    \
	" AND moment.audience <> 'private'"                                                   \
	" AND COALESCE(moment_listed.allowed, moment.audience <> 'only') = 1"                 \
	" AND NOT EXISTS (SELECT 1 FROM moment_hidden_tag"                                    \
	" WHERE moment_hidden_tag.moment_id = moment.id"                                      \
	" AND JSON_CONTAINS(friendship.tags, JSON_QUOTE(moment_hidden_tag.tag)))))"

/* Of a post that is visible.  A statement that has besides, as `said`, a row of moment_like, of
 * moment_comment, or of moment_notification, which tells of one. */
#define SAID_JOINS                                                             \
	" JOIN user speaker ON speaker.id = said.author_id"                    \
	" LEFT JOIN friendship near ON near.user_id = viewer.id"               \
	" AND near.friend_id = said.author_id"                                 \
	" LEFT JOIN block near_ours ON near_ours.user_id = viewer.id"          \
	" AND near_ours.blocked_id = said.author_id"                           \
	" LEFT JOIN block near_theirs ON near_theirs.user_id = said.author_id" \
	" AND near_theirs.blocked_id = viewer.id"

#define SAID_NEAR                                                 \
	"near.since IS NOT NULL AND near_ours.created_at IS NULL" \
	" AND near_theirs.created_at IS NULL"

/* A like: its author, the post's owner, and friends of its author. */
#define LIKE_HEARD                                                    \
	" speaker.deleted_at IS NULL AND (said.author_id = viewer.id" \
	" OR moment.author_id = viewer.id OR (" SAID_NEAR "))"

/* A comment: the same; of a reply its readers have to be friends of whom it answers, too. */
#define COMMENT_JOINS                                                                \
	SAID_JOINS                                                                   \
	" LEFT JOIN friendship asked ON asked.user_id = viewer.id"                   \
	" AND asked.friend_id = said.reply_user_id"                                  \
	" LEFT JOIN block asked_ours ON asked_ours.user_id = viewer.id"              \
	" AND asked_ours.blocked_id = said.reply_user_id"                            \
	" LEFT JOIN block asked_theirs ON asked_theirs.user_id = said.reply_user_id" \
	" AND asked_theirs.blocked_id = viewer.id"
#define COMMENT_HEARD                                                        \
	" speaker.deleted_at IS NULL AND (said.author_id = viewer.id"        \
	" OR moment.author_id = viewer.id OR (" SAID_NEAR                    \
	" AND (said.reply_user_id IS NULL OR said.reply_user_id = viewer.id" \
	" OR (asked.since IS NOT NULL AND asked_ours.created_at IS NULL"     \
	" AND asked_theirs.created_at IS NULL))))"

/* *visible: the post, to that person. */
const struct error *moment_visible(
    struct db *db, int64_t viewer_id, int64_t moment_id, bool *visible);

/* *heard: the comment, by that person, to whom its post is visible. */
const struct error *moment_comment_heard(
    struct db *db, int64_t viewer_id, int64_t comment_id, bool *heard);

/* *viewers: who of the author's friends sees the post, ascending, in the arena. */
const struct error *moment_viewers(
    struct db *db, struct arena *arena, int64_t moment_id, struct id_list *viewers);

#endif
