/* The end of a group. */
#ifndef HICHAT_GROUP_END_H
#define HICHAT_GROUP_END_H

#include "request.h"

/* Its members keep it, to read and to leave. */
const struct error *group_dissolve(struct request *req);

#endif
