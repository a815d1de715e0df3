/* DELETE /me: the account is erased, at once or after [account] erase_days. */
#ifndef HICHAT_FAREWELL_H
#define HICHAT_FAREWELL_H

#include "request.h"

struct farewell {
	const char *password;
};
extern const struct record farewell_record;

const struct error *farewell_delete(struct request *req);

#endif
