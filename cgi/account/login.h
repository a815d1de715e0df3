/* POST /sessions: a name and a password for a session. */
#ifndef HICHAT_LOGIN_H
#define HICHAT_LOGIN_H

#include "request.h"

struct login_input {
	const char *login; /* username, telephone number or mail address */
	const char *password;
	const char *device;
	const char *code; /* of the second factor, where there is one; or NULL */
};
extern const struct record login_input_record;

const struct error *login_create(struct request *req);

#endif
