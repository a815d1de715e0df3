/* Who has read a message, for who wrote it. */
#ifndef HICHAT_READERS_H
#define HICHAT_READERS_H

#include "request.h"

const struct error *readers_list(struct request *req);

#endif
