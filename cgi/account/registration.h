/* POST /users: a new account, logged in at once. */
#ifndef HICHAT_REGISTRATION_H
#define HICHAT_REGISTRATION_H

#include "request.h"

struct registration {
	const char *username;
	const char *password;
	const char *nickname; /* NULL or "": the username */
	const char *phone;    /* NULL or "": none */
	const char *email;
	const char *device;
};
extern const struct record registration_record;

const struct error *registration_create(struct request *req);

#endif
