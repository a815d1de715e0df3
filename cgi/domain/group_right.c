/* The rights of a group: action by role. */
#include "group_right.h"
#include <limits.h>
#include <string.h>

struct right {
	bool owner;
	bool admin;
	bool member;
};

static const struct right rights[GROUP_ACTIONS] = {
    /*                                    owner  admin  member */
    [GROUP_READ] = {true, true, true},
    [GROUP_CHANGE_PROFILE] = {true, true, false},
    [GROUP_CHANGE_POLICY] = {true, true, false},
    [GROUP_ANNOUNCE] = {true, true, false},
    [GROUP_INVITE] = {true, true, true},
    [GROUP_ADD] = {true, true, false},
    [GROUP_ANSWER_REQUESTS] = {true, true, false},
    [GROUP_KEEP_LINKS] = {true, true, false},
    [GROUP_MUTE_ALL] = {true, true, false},
    [GROUP_MUTE_MEMBER] = {true, true, false},
    [GROUP_MUTE_ADMIN] = {true, false, false},
    [GROUP_REMOVE_MEMBER] = {true, true, false},
    [GROUP_REMOVE_ADMIN] = {true, false, false},
    [GROUP_SET_ROLE] = {true, false, false},
    [GROUP_TRANSFER] = {true, false, false},
    [GROUP_DISSOLVE] = {true, false, false},
    [GROUP_LEAVE] = {false, true, true},
    [GROUP_WRITE] = {true, true, true},
    [GROUP_WRITE_WHEN_ALL_ARE_MUTED] = {true, true, false},
    [GROUP_MENTION_ALL] = {true, true, false},
    [GROUP_RECALL_MEMBER] = {true, true, false},
    [GROUP_RECALL_OWNER] = {true, false, false},
    [GROUP_READ_EDITS] = {true, true, false},
    [GROUP_PIN] = {true, true, false},
};

static bool holds(const struct right *right, const char *role)
{
	if (strcmp(role, "owner") == 0)
		return right->owner;
	return strcmp(role, "admin") == 0 ? right->admin : right->member;
}

const struct error *group_right(const char *role, enum group_action action)
{
	if (role == NULL)
		return FAIL(NOT_MEMBER);
	if (holds(&rights[action], role))
		return NULL;
	return action == GROUP_LEAVE ? FAIL(OWNER_STAYS) : FAIL(FORBIDDEN);
}

const struct error *group_voice(
    struct arena *arena, const char *role, int64_t muted_until, bool mute_all, int64_t now)
{
	int64_t seconds = (muted_until - now + 999) / 1000;

	TRY(group_right(role, GROUP_WRITE));
	if (seconds > 0)
		return error_retry(arena, FAIL(MUTED), seconds < INT_MAX ? (int)seconds : INT_MAX);
	if (mute_all && group_right(role, GROUP_WRITE_WHEN_ALL_ARE_MUTED) != NULL)
		return FAIL(MUTED);
	return NULL;
}
