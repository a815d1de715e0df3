/* Whatever a web server hands over: lines are variables, what follows an empty line is the body.
 * Every request must get one whole answer, and never a 500. */
#include "pretend.h"
#include "respond.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define VARIABLES_MAX 24

struct wish {
	const char *text;
	int64_t number;
	bool truth;
	struct id_list ids;
};
static const struct field wish_fields[] = {
    OPTIONAL(struct wish, text, 0, 20),
    OPTIONAL(struct wish, number, -5, 5),
    OPTIONAL(struct wish, truth, 0, 0),
    OPTIONAL(struct wish, ids, 1, 5),
};
static const struct record wish_record = RECORD(struct wish, wish_fields);

static const struct error *answer(struct request *req)
{
	struct json_object *answer = json_new(req->arena);
	const struct wish *wish = req->query != NULL ? req->query : req->input;

	json_set_text(answer, "path", req->path);
	json_set_text(answer, "cookie", request_cookie(req, "taste"));
	json_set_text(answer, "text", wish->text);
	respond_cookie(req, "taste", "sweet", req->prefix[0] == '\0' ? "/" : req->prefix, 60);
	return respond_cacheable(req, answer);
}

static const struct route routes[] = {
    {GET, "/a/:id", PUBLIC, NULL, answer, &wish_record},
    {GET, "/t/*text/b", PUBLIC, NULL, answer, &wish_record},
    {POST, "/a", PUBLIC, &wish_record, answer, NULL},
    {POST, "/u", USER, &wish_record, answer, NULL},
};
static const struct program program = {
    .name = "p", .routes = routes, .count = sizeof(routes) / sizeof(routes[0]), .workers = 1};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct pretend *scene(void)
{
	static struct pretend pretend;

	if (pretend.arena == NULL) {
		log_open("fuzz", "/dev/null", LOG_LEVEL_DEBUG);
		pretend_open(&pretend, &program);
	}
	return &pretend;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct pretend *pretend = scene();
	char *text = calloc(1, size + 1);
	const char *variables[VARIABLES_MAX + 1] = {NULL};
	char *rest = text;
	size_t count = 0;
	int status;

	if (text == NULL)
		abort();
	memcpy(text, bytes, size);
	while (count < VARIABLES_MAX && rest != NULL && *rest != '\n' && *rest != '\0')
		variables[count++] = strsep(&rest, "\n");
	if (rest != NULL && *rest == '\n')
		rest++;
	if (rest == NULL)
		rest = text + size;
	pretend_ask(pretend, variables, rest, (size_t)(text + size - rest));
	status = pretend_status(pretend);
	if (status < 200 || status >= 500 || strstr(pretend->answer, "\r\n\r\n") == NULL)
		abort();
	arena_reset(pretend->arena);
	free(text);
	return 0;
}
