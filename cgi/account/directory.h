/* Other people: one, several, or those that a search finds. */
#ifndef HICHAT_DIRECTORY_H
#define HICHAT_DIRECTORY_H

#include "request.h"

/* Exactly one of them. */
struct directory_query {
	struct id_list ids;
	const char *query;
};
extern const struct record directory_query_record;

const struct error *directory_get(struct request *req);
const struct error *directory_list(struct request *req);

#endif
