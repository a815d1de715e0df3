/* Failures as RFC 9457 problem+json, with the headers that belong to them. */
#include "authenticate.h"
#include "respond.h"
#include "response.h"

#include <string.h>

/* RFC 6750: what a client has to bring, and whether what it brought was no good. */
static void ask_for_token(struct request *req)
{
	respond_header(req, "WWW-Authenticate",
	    authenticate_offered(req) ? "Bearer realm=\"hichat\", error=\"invalid_token\""
				      : "Bearer realm=\"hichat\"");
}

const struct error *respond_problem(struct request *req, const struct error *error)
{
	response_problem(req, error);
	return NULL;
}

void response_problem(struct request *req, const struct error *error)
{
	struct json_object *problem = json_new(req->arena);

	response_clear(req->response);
	json_set_text(problem, "type", "about:blank");
	json_set_text(problem, "title", error->title);
	json_set_int(problem, "status", error->status);
	json_set_text(problem, "code", error->code);
	if (error->field != NULL)
		json_set_text(problem, "field", error->field);
	json_set_text(problem, "request_id", req->id);
	if (error->status == 401)
		ask_for_token(req);
	if (error->retry_after > 0)
		respond_header(
		    req, "Retry-After", arena_printf(req->arena, "%d", error->retry_after));
	respond(req, error->status, problem);
	req->response->content_type = "application/problem+json";
}
