/* Files that tell a browser, by the web server alone, that there is something new for a person:
 * one for each, under a name that nobody can guess, with nothing in it to be read.  A client asks
 * for it with the ETag that it knows, so somebody for whom nothing happens costs no process and no
 * query.  Only with [live] poll_files, where there is no daemon. */
#ifndef HICHAT_POLL_FILE_H
#define HICHAT_POLL_FILE_H

#include "config.h"
#include "token.h"

struct arena;

/* After the commit.  Never fails: a client that looks at everything now and then finds what a full
 * disk kept from it; the cause is logged. */
void poll_files_touch(const struct config *config, const struct token_keys *keys,
    struct arena *arena, const int64_t *users, size_t count);

/* Where this person's is for a browser, in the arena, made if it is not there; NULL when there are
 * none, or it cannot be made. */
const char *poll_file_url(
    const struct config *config, const struct token_keys *keys, struct arena *arena, int64_t user);

#endif
