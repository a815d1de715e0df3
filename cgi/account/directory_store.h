/* The SQL of searching people. */
#ifndef HICHAT_DIRECTORY_STORE_H
#define HICHAT_DIRECTORY_STORE_H

#include "identity.h"
#include "request.h"

/* Cards of people who are neither suspended nor deleted, as far as they let themselves be found. By
 * their exact name: one at most. */
const struct error *directory_find_exact(
    struct request *req, const struct identity_login *login, struct rows *cards);
/* By the first characters of the nickname, in its order; without `but`. */
const struct error *directory_find_prefix(
    struct request *req, const char *nickname_key, int64_t but, int64_t limit, struct rows *cards);

#endif
