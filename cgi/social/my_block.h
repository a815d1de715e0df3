/* Whom the caller has blocked.  Blocking ends no friendship, and nobody is told of it. */
#ifndef HICHAT_MY_BLOCK_H
#define HICHAT_MY_BLOCK_H

#include "request.h"

const struct error *my_block_list(struct request *req);
const struct error *my_block_put(struct request *req);
const struct error *my_block_delete(struct request *req);

#endif
