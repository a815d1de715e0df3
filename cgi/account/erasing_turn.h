/* Accounts whose time has come, or whose erasing was cut, are gone on with by a process of this
 * program that has nothing to answer just now: so it needs neither a daemon nor a timetable. */
#ifndef HICHAT_ERASING_TURN_H
#define HICHAT_ERASING_TURN_H

#include "erasing.h"

/* For struct program: shared by all workers of a process. */
void *erasing_turn_open(const struct config *config);
void erasing_turn_close(void *state);
/* What erasing takes, for a handler. */
struct erasing_means erasing_turn_means(const struct request *req);
int erasing_turn_take(struct request *req);

#endif
