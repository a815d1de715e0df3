/* Reactions: one emoji each, any number a person. */
#ifndef HICHAT_REACTION_H
#define HICHAT_REACTION_H

#include "request.h"

const struct error *reaction_put(struct request *req);
const struct error *reaction_delete(struct request *req);

#endif
