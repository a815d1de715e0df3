/* Who likes a post. */
#ifndef HICHAT_LIKE_H
#define HICHAT_LIKE_H

#include "request.h"

const struct error *like_list(struct request *req);
const struct error *like_put(struct request *req);
const struct error *like_delete(struct request *req);

#endif
