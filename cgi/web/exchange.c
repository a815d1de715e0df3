/* The steps of a request: identify, match, authenticate, read, handle, deliver, answer, log. */
#include "exchange.h"

#include "authenticate.h"
#include "body.h"
#include "delivery.h"
#include "health.h"
#include "query.h"
#include "respond.h"
#include "response.h"
#include "url.h"
#include "verified.h"
#include <string.h>
#include <time.h>

#define ID_LENGTH_MIN 8
#define ID_LENGTH_MAX 64
#define ID_LENGTH 16

static const char METHOD_OPTIONS[] = "OPTIONS";

struct exchange {
	const struct service *service;
	const struct desk *desk;
	const struct gateway *gateway;
	struct request req;
	struct response response;
	struct delivery delivery;
	const char *method; /* as it was sent */
	const struct route *route;
	unsigned allowed; /* methods of this address, when this one is not among them */
	int64_t started;
};

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

void desk_open(struct desk *desk, const struct config *config, struct redis_breaker *breaker)
{
	desk->arena = arena_new();
	desk->db = db_new(config);
	desk->redis = redis_new(config, breaker);
	desk->verified = verified_new();
}

void desk_close(struct desk *desk)
{
	db_free(&desk->db);
	redis_free(&desk->redis);
	verified_free(&desk->verified);
	arena_free(&desk->arena);
}

static bool id_acceptable(const char *id)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789_-";
	size_t length = strlen(id);

	return length >= ID_LENGTH_MIN && length <= ID_LENGTH_MAX && strspn(id, letters) == length;
}

/* The web server's id, so that its log and ours can be laid side by side; else one of our own. */
static const char *choose_id(struct arena *arena, const char *given)
{
	if (given != NULL && id_acceptable(given))
		return given;
	return arena_text_n(arena, token_random(arena), ID_LENGTH);
}

static const char *variable_or_empty(const struct gateway *gateway, const char *name)
{
	const char *value = gateway_variable(gateway, name);

	return value != NULL ? value : "";
}

static bool came_secure(const struct gateway *gateway)
{
	const char *https = variable_or_empty(gateway, "HTTPS");

	if (*https != '\0')
		return strcasecmp(https, "off") != 0;
	return strcmp(variable_or_empty(gateway, "REQUEST_SCHEME"), "https") == 0;
}

static void identify(struct exchange *exchange)
{
	const struct desk *desk = exchange->desk;
	const struct service *service = exchange->service;
	const struct gateway *gateway = exchange->gateway;

	exchange->started = now_us();
	exchange->method = variable_or_empty(gateway, "REQUEST_METHOD");
	exchange->req = (struct request){
	    .arena = desk->arena,
	    .db = desk->db,
	    .redis = desk->redis,
	    .config = service->config,
	    .keys = service->keys,
	    .state = service->state,
	    .gateway = gateway,
	    .program = service->program->name,
	    .prefix = "",
	    .path = "",
	    .id = choose_id(desk->arena, gateway_variable(gateway, "HTTP_X_REQUEST_ID")),
	    .address = variable_or_empty(gateway, "REMOTE_ADDR"),
	    .user_agent = variable_or_empty(gateway, "HTTP_USER_AGENT"),
	    .secure = came_secure(gateway),
	    .response = &exchange->response,
	    .delivery = &exchange->delivery,
	};
	response_clear(&exchange->response);
	log_context(exchange->req.id, 0);
}

static const struct {
	const char *name;
	unsigned method;
} methods[] = {
    {"GET", GET},
    {"HEAD", GET},
    {"POST", POST},
    {"PUT", PUT},
    {"PATCH", PATCH},
    {"DELETE", DELETE},
};
#define METHODS (sizeof(methods) / sizeof(methods[0]))

/* 0 for one that no route has. */
static enum method method_named(const char *name)
{
	for (size_t i = 0; i < METHODS; i++)
		if (strcmp(methods[i].name, name) == 0)
			return (enum method)methods[i].method;
	return (enum method)0;
}

static void allow(struct exchange *exchange)
{
	struct request *req = &exchange->req;
	const char *list = METHOD_OPTIONS;

	for (size_t i = 0; i < METHODS; i++)
		if ((exchange->allowed & methods[i].method) != 0)
			list = arena_printf(req->arena, "%s, %s", methods[i].name, list);
	respond_header(req, "Allow", list);
}

static const struct error *match(struct exchange *exchange, const char **query)
{
	struct request *req = &exchange->req;
	const char *address = variable_or_empty(exchange->gateway, "REQUEST_URI");
	const struct error *why = NULL;
	struct url url;

	TRY(url_split(req->arena, address, req->program, &url));
	req->method = method_named(exchange->method);
	req->prefix = url.prefix;
	req->path = url.path;
	*query = url.query;
	exchange->route = route_match(req->arena, exchange->service->routes,
	    exchange->service->count, req->method, req->path, &req->path_values, &req->path_count,
	    &why, &exchange->allowed);
	return why;
}

static const struct error *admit(struct exchange *exchange, const char *query)
{
	struct request *req = &exchange->req;
	const struct route *route = exchange->route;

	TRY(authenticate(req, exchange->desk->verified, route->access));
	if (req->user_id != 0)
		log_context(req->id, req->user_id);
	if (route->query != NULL) {
		req->query = arena_alloc(req->arena, route->query->size);
		TRY(query_fill(req->arena, route->query, query, req->query));
	}
	if (route->input != NULL)
		TRY(body_fill(req, route->input, &req->input));
	return NULL;
}

static const struct error *handle(struct exchange *exchange)
{
	const char *query = "";
	const struct error *error = match(exchange, &query);

	if (error_is(error, FAIL(METHOD_NOT_ALLOWED)) &&
	    strcmp(exchange->method, METHOD_OPTIONS) == 0) {
		allow(exchange);
		return respond_empty(&exchange->req);
	}
	TRY(error);
	TRY(admit(exchange, query));
	TRY(exchange->route->handler(&exchange->req));
	if (exchange->response.status != 0)
		return NULL;
	LOG(ERROR, "the handler gave no answer", LOG_FIELD("route", exchange->route->pattern));
	return FAIL(INTERNAL);
}

/* Locks are released before anybody waits for a network. */
static void settle(struct exchange *exchange, const struct error *error)
{
	struct request *req = &exchange->req;

	db_rollback(req->db);
	delivery_publish(req);
	if (error == NULL)
		return;
	response_problem(req, error);
	if (error_is(error, FAIL(METHOD_NOT_ALLOWED)))
		allow(exchange);
}

static enum log_level level_of(const struct exchange *exchange)
{
	if (exchange->response.status == 500)
		return LOG_LEVEL_ERROR;
	if (exchange->route != NULL && exchange->route->handler == health_show)
		return LOG_LEVEL_DEBUG;
	return exchange->response.status > 500 ? LOG_LEVEL_WARNING : LOG_LEVEL_INFO;
}

static void record_exchange(const struct exchange *exchange)
{
	const struct log_field fields[] = {
	    LOG_FIELD("method", exchange->method),
	    LOG_FIELD("route", exchange->route != NULL ? exchange->route->pattern : "-"),
	    LOG_FIELD("status", exchange->response.status),
	    LOG_FIELD("us", now_us() - exchange->started),
	    LOG_FIELD("bytes", exchange->response.length),
	};

	log_write(level_of(exchange), "request", fields, sizeof(fields) / sizeof(fields[0]));
	log_context(NULL, 0);
}

void exchange_run(const struct service *service, struct desk *desk, const struct gateway *gateway)
{
	struct exchange exchange = {.service = service, .desk = desk, .gateway = gateway};

	identify(&exchange);
	settle(&exchange, handle(&exchange));
	if (!response_send(&exchange.req, gateway, strcmp(exchange.method, "HEAD") != 0))
		LOG(DEBUG, "the web server left before the answer",
		    LOG_FIELD("program", service->program->name));
	record_exchange(&exchange);
	arena_reset(desk->arena);
}

int exchange_after(const struct service *service, struct desk *desk)
{
	struct request req = {.arena = desk->arena,
	    .db = desk->db,
	    .redis = desk->redis,
	    .config = service->config,
	    .keys = service->keys,
	    .state = service->state};
	int wait;

	if (service->program->after == NULL)
		return -1;
	wait = service->program->after(&req);
	db_rollback(desk->db);
	arena_reset(desk->arena);
	return wait;
}
