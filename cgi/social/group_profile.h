/* What a group is called, looks like and allows, and changing it. */
#ifndef HICHAT_GROUP_PROFILE_H
#define HICHAT_GROUP_PROFILE_H

#include "request.h"

#define GROUP_TEXT_MAX 320 /* the exact bounds of names and avatars are judged elsewhere */
#define GROUP_DESCRIPTION_MAX 500
#define GROUP_JOIN_POLICIES "open approval invitation"

struct group_profile_change {
	const char *name;
	const char *avatar;
	const char *description;
	const char *join_policy;
	int64_t findable; /* ABSENT: as it is; likewise below */
	int64_t shares_history;
	int64_t mute_all;
};
extern const struct record group_profile_change_record;

const struct error *group_patch(struct request *req);

/* *avatar: what to store for what was sent; NULL for "" and for nothing. 422 naming avatar. */
const struct error *group_read_avatar(struct request *req, const char *given, const char **avatar);

#endif
