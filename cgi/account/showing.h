/* Whom it concerns that somebody shows or hides something of themselves, see openness.h. */
#ifndef HICHAT_SHOWING_H
#define HICHAT_SHOWING_H

#include "openness.h"
#include "profile_store.h"

/* After the change: live connections of others follow at once.  What was `before`, and what is
 * now. */
const struct error *showing_tell(
    struct request *req, const struct openness *before, const struct profile *now);

#endif
