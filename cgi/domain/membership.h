/* Joining and leaving groups, one person or a thousand at once.  Both expect a transaction that
 * holds group_lock(), and keep the counts and member_version. */
#ifndef HICHAT_MEMBERSHIP_H
#define HICHAT_MEMBERSHIP_H

#include "group.h"

/* *added: those of `users` who were no members yet and are now, ascending, in the arena.  Unknown,
 * deleted and suspended users are left out.  Whatever request or invitation of theirs was pending
 * is accepted by `actor_id`; a mute from an earlier time goes on.  409 group_full when not all of
 * them fit: then none is added. */
const struct error *membership_add(struct db *db, struct arena *arena, struct group *group,
    int64_t actor_id, struct id_list users, struct id_list *added);

/* What these people hold out to others ends: links that they made, and invitations of theirs that
 * nobody has answered.  What they proposed to the administrators is for those to judge. */
const struct error *membership_end_offers(
    struct db *db, struct arena *arena, int64_t group_id, struct id_list users);

/* *removed: those of `users` who were members until now, ascending, in the arena.  What they
 * held out ends with it.  The rights and the owner are the caller's business. */
const struct error *membership_remove(struct db *db, struct arena *arena, struct group *group,
    struct id_list users, struct id_list *removed);

#endif
