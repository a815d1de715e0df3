/* Events collected while a handler runs, published when it has ended. */
#include "deliver.h"

#include "delivery.h"
#include "poll_file.h"
#include <string.h>

#define CAPACITY_FIRST 8

static void collect(struct request *req, const struct event *event)
{
	struct delivery *delivery = req->delivery;

	if (event->count == 0)
		return;
	if (event->kind == EVENT_TO)
		poll_files_touch(req->config, req->keys, req->arena, event->ids, event->count);
	if (delivery->count == delivery->capacity) {
		size_t capacity = delivery->capacity == 0 ? CAPACITY_FIRST : 2 * delivery->capacity;
		const char **messages = arena_array(req->arena, capacity, sizeof(*messages));

		if (delivery->count > 0)
			memcpy(messages, delivery->messages, delivery->count * sizeof(*messages));
		delivery->messages = messages;
		delivery->capacity = capacity;
	}
	delivery->messages[delivery->count++] = event_write(req->arena, event);
}

void deliver_to_members(struct request *req, int64_t conversation, const int64_t *users,
    size_t count, struct json_object *event)
{
	const char *payload = json_write(event);

	collect(req, &(struct event){.kind = EVENT_TO,
			 .ids = users,
			 .count = count,
			 .conversation = conversation,
			 .payload = payload,
			 .payload_length = strlen(payload)});
}

void deliver_to(struct request *req, const int64_t *users, size_t count, struct json_object *event)
{
	deliver_to_members(req, ABSENT, users, count, event);
}

void deliver_close(struct request *req, const int64_t *sessions, size_t count)
{
	collect(
	    req, &(struct event){
		     .kind = EVENT_CLOSE, .ids = sessions, .count = count, .conversation = ABSENT});
}

void deliver_watch(struct request *req, int64_t user, int64_t other, bool may_see)
{
	const int64_t pair[] = {user, other};

	collect(req, &(struct event){.kind = may_see ? EVENT_WATCH : EVENT_UNWATCH,
			 .ids = pair,
			 .count = 2,
			 .conversation = ABSENT});
}

void deliver_shows(struct request *req, enum event_kind what, bool shown)
{
	collect(req, &(struct event){.kind = what,
			 .ids = &req->user_id,
			 .count = 1,
			 .conversation = ABSENT,
			 .on = shown});
}

void delivery_publish(struct request *req)
{
	const struct delivery *delivery = req->delivery;

	/* A dead Redis was logged by lib/redis; clients find what they missed by syncing. */
	if (delivery->count > 0)
		(void)redis_publish(req->redis, EVENT_CHANNEL, delivery->messages, delivery->count);
}
