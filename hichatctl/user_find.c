/* Finding somebody by whatever name they can log in with. */
#include "user_find.h"

int user_find(struct tool *tool, const char *who, struct account *account)
{
	struct identity_login login = identity_login(tool->arena, who);
	const struct error *error = account_find(tool->db, tool->arena, &login, account);

	if (error_is(error, FAIL(NOT_FOUND)))
		return tool_fail("there is nobody with the username, phone number or mail address"
				 " \"%s\"",
		    who);
	return error == NULL ? TOOL_DONE : tool_fail_db(tool, error);
}
