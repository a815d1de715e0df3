/* Who sees whose posts, as a person decides for themselves.  Nobody is told. */
#ifndef HICHAT_PRIVACY_H
#define HICHAT_PRIVACY_H

#include "request.h"

struct privacy_window {
	const char *window; /* all | half_year | month | three_days */
};
extern const struct record privacy_window_record;

struct privacy_change {
	int64_t hide_mine; /* 0, 1, or ABSENT: as it was */
	int64_t hide_theirs;
};
extern const struct record privacy_change_record;

const struct error *privacy_list(struct request *req);
const struct error *privacy_set_window(struct request *req);
const struct error *privacy_get(struct request *req);
const struct error *privacy_put(struct request *req);

#endif
