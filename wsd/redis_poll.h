/* Makes an asynchronous hiredis connection live on a libuv loop.  Ours, because the adapter that
 * comes with hiredis swallows errors of poll, so that a connection that never came up is never
 * noticed. */
#ifndef WSD_REDIS_POLL_H
#define WSD_REDIS_POLL_H

#include <hiredis/async.h>
#include <stdbool.h>
#include <uv.h>

/* From now on hiredis itself lets go of the loop when the connection ends. */
bool redis_poll_attach(redisAsyncContext *redis, uv_loop_t *loop);

#endif
