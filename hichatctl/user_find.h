/* Whom an administrator means. */
#ifndef HICHAT_USER_FIND_H
#define HICHAT_USER_FIND_H

#include "account.h"
#include "tool.h"

/* By username, phone number or mail address: TOOL_DONE, or TOOL_FAILED with the reason told. */
int user_find(struct tool *tool, const char *who, struct account *account);

#endif
