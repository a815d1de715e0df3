/* hiredis on libuv, see redis_poll.h. */
#include "redis_poll.h"
#include "heap.h"
#include <stdlib.h>

struct redis_poll {
	redisAsyncContext *redis; /* NULL: it let go of us */
	uv_poll_t handle;
	int events;
};

static void poll_ready(uv_poll_t *handle, int status, int events)
{
	struct redis_poll *poll = handle->data;

	/* On an error both sides have a look, and find it on the socket. */
	if (status != 0)
		events = UV_READABLE | UV_WRITABLE;
	if (poll->redis != NULL && (events & UV_READABLE) != 0)
		redisAsyncHandleRead(poll->redis);
	if (poll->redis != NULL && (events & UV_WRITABLE) != 0)
		redisAsyncHandleWrite(poll->redis);
}

static void poll_for(struct redis_poll *poll, int events)
{
	if (poll->events == events)
		return;
	poll->events = events;
	if (events == 0)
		uv_poll_stop(&poll->handle);
	else
		uv_poll_start(&poll->handle, events, poll_ready);
}

static void add_read(void *poll)
{
	poll_for(poll, ((struct redis_poll *)poll)->events | UV_READABLE);
}

static void delete_read(void *poll)
{
	poll_for(poll, ((struct redis_poll *)poll)->events & ~UV_READABLE);
}

static void add_write(void *poll)
{
	poll_for(poll, ((struct redis_poll *)poll)->events | UV_WRITABLE);
}

static void delete_write(void *poll)
{
	poll_for(poll, ((struct redis_poll *)poll)->events & ~UV_WRITABLE);
}

static void closed(uv_handle_t *handle)
{
	free(handle->data);
}

static void cleanup(void *object)
{
	struct redis_poll *poll = object;

	poll->redis = NULL;
	uv_close((uv_handle_t *)&poll->handle, closed);
}

bool redis_poll_attach(redisAsyncContext *redis, uv_loop_t *loop)
{
	struct redis_poll *poll = heap_new(sizeof *poll);

	if (uv_poll_init(loop, &poll->handle, redis->c.fd) != 0) {
		free(poll);
		return false;
	}
	poll->handle.data = poll;
	poll->redis = redis;
	redis->ev.data = poll;
	redis->ev.addRead = add_read;
	redis->ev.delRead = delete_read;
	redis->ev.addWrite = add_write;
	redis->ev.delWrite = delete_write;
	redis->ev.cleanup = cleanup;
	return true;
}
