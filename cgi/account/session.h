/* Sessions: each is one device that is logged in.  Opening, listing and ending them. */
#ifndef HICHAT_SESSION_H
#define HICHAT_SESSION_H

#include "request.h"

#define DEVICE_MAX 100 /* code points */

/* What a device gets in its hands. */
struct grant {
	int64_t user_id;
	int64_t session_id;
	const char *refresh_token;
};

/* 422 invalid_field for a device's name that could make a list of devices look like another. */
const struct error *session_check_device(struct request *req, const char *device);

struct session_change {
	const char *device;
};
extern const struct record session_change_record;

/* Inside a transaction: a new session of this user on this device.  `password` is the hash that was
 * checked; 409 conflict when the account changed in between (look at it again). */
struct session_opening {
	struct request *req;
	int64_t user_id;
	const char *device; /* NULL: what the User-Agent tells */
	const char *password;
	struct grant grant;
};
const struct error *session_open(struct db *db, struct session_opening *opening);

/* Puts access_token, expires_in and refresh_token into the answer; browsers, which mark themselves
 * with X-Requested-With: hichat, get the refresh token as a cookie that scripts cannot read. */
const struct error *session_grant(
    struct request *req, const struct grant *grant, struct json_object *answer);
/* The token that came back that way, or NULL. */
const char *session_cookie(const struct request *req);
/* The browser keeps it no longer. */
void session_drop_cookie(struct request *req);

const struct error *session_list(struct request *req);
const struct error *session_rename(struct request *req);
const struct error *session_end(struct request *req);
const struct error *session_end_others(struct request *req);
const struct error *session_end_current(struct request *req);

#endif
