/* What may be uploaded, and how much of the quota is used. */
#ifndef HICHAT_LIMITS_H
#define HICHAT_LIMITS_H

#include "request.h"

const struct error *limits_show(struct request *req);

#endif
