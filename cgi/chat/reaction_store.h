/* The SQL of reactions. */
#ifndef HICHAT_REACTION_STORE_H
#define HICHAT_REACTION_STORE_H

#include "stream.h"

/* Whether the caller reacts with this emoji. */
const struct error *reaction_exists(
    struct request *req, const struct message *target, const char *emoji, bool *exists);
/* `row` is what says so. */
const struct error *reaction_add(
    struct db *db, const struct message *target, const char *emoji, const struct message *row);
const struct error *reaction_remove(
    struct request *req, const struct message *target, const char *emoji);
/* Those who react with it, earliest first, as many as are named. */
const struct error *reaction_earliest(struct db *db, struct arena *arena,
    const struct message *target, const char *emoji, struct id_list *users);
const struct error *reaction_forget(struct db *db, const struct message *target);

#endif
