/* What has happened: the answer to whoever comes back, or has no live connection. */
#ifndef HICHAT_SYNC_H
#define HICHAT_SYNC_H

#include "request.h"

const struct error *sync_show(struct request *req);

#endif
