/* PUT /me/password: a new password for the old one, and no other device stays logged in. */
#ifndef HICHAT_PASSWORD_CHANGE_H
#define HICHAT_PASSWORD_CHANGE_H

#include "request.h"

struct password_change_input {
	const char *old_password;
	const char *new_password;
};
extern const struct record password_change_input_record;

const struct error *password_change_put(struct request *req);

#endif
