/* account: people, their sessions, their profiles, finding them. */
#include "directory.h"
#include "erasing_turn.h"
#include "farewell.h"
#include "login.h"
#include "password_change.h"
#include "profile.h"
#include "refresh.h"
#include "registration.h"
#include "second_factor.h"
#include "serve.h"
#include "session.h"

static const struct route routes[] = {
    {POST, "/users", PUBLIC, &registration_record, registration_create, NULL},
    {GET, "/users", USER, NULL, directory_list, &directory_query_record},
    {GET, "/users/:user", USER, NULL, directory_get, NULL},
    {POST, "/sessions", PUBLIC, &login_input_record, login_create, NULL},
    {GET, "/sessions", USER, NULL, session_list, &page_query_record},
    {DELETE, "/sessions", USER, NULL, session_end_others, NULL},
    {POST, "/sessions/refresh", PUBLIC, &refresh_input_record, refresh_session, NULL},
    {DELETE, "/sessions/current", USER, NULL, session_end_current, NULL},
    {PATCH, "/sessions/:session", USER, &session_change_record, session_rename, NULL},
    {DELETE, "/sessions/:session", USER, NULL, session_end, NULL},
    {GET, "/me", USER, NULL, profile_get, NULL},
    {PATCH, "/me", USER, &profile_input_record, profile_patch, NULL},
    {PUT, "/me/password", USER, &password_change_input_record, password_change_put, NULL},
    {DELETE, "/me", USER, &farewell_record, farewell_delete, NULL},
    {GET, "/me/second-factor", USER, NULL, second_factor_get, NULL},
    {POST, "/me/second-factor", USER, &second_factor_start_record, second_factor_create, NULL},
    {PUT, "/me/second-factor", USER, &second_factor_code_record, second_factor_turn_on, NULL},
    {DELETE, "/me/second-factor", USER, &second_factor_proof_record, second_factor_turn_off, NULL},
    {POST, "/me/second-factor/recovery-codes", USER, &second_factor_proof_record,
	second_factor_renew_codes, NULL},
};

int main(int argc, char **argv)
{
	return serve(argc, argv,
	    &(const struct program){.name = "account",
		.routes = routes,
		.count = sizeof(routes) / sizeof(routes[0]),
		.workers = 1,
		.open = erasing_turn_open,
		.close = erasing_turn_close,
		.after = erasing_turn_take});
}
