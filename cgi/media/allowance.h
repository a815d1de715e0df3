/* What may be uploaded, and how much of the quota is used. */
#ifndef HICHAT_ALLOWANCE_H
#define HICHAT_ALLOWANCE_H

#include "request.h"

const struct error *allowance_show(struct request *req);

#endif
