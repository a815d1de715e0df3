/* The way of a draft: key, limit, queue, notifications. */
#include "sending.h"
#include "limit.h"
#include "message_store.h"
#include "notification.h"
#include "send_batch.h"
#include <inttypes.h>
#include <string.h>

#define LIMIT_SECONDS 60

const struct error *sending_check_key(struct request *req, const char *client_key)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789_-.:";

	if (client_key[strspn(client_key, letters)] != '\0')
		return error_field(req->arena, FAIL(INVALID), "client_key");
	return NULL;
}

struct send_draft sending_draft(struct request *req, int64_t conversation, const char *client_key,
    const char *kind, struct json_text body)
{
	return (struct send_draft){
	    .wanted =
		{
		    .conversation_id = conversation,
		    .seq = ABSENT,
		    .ordinal = ABSENT,
		    .sender_id = req->user_id,
		    .client_key = client_key,
		    .kind = kind,
		    .body = body,
		    .reply_to = ABSENT,
		    .mentions = {"[]"},
		    .created_at = ABSENT,
		    .edited_at = ABSENT,
		    .recalled_at = ABSENT,
		},
	    .arena = req->arena,
	};
}

static const struct error *count(struct request *req, const char *what)
{
	return limit_count(req, what, arena_printf(req->arena, "%" PRId64, req->user_id),
	    req->config->limits.sends, LIMIT_SECONDS);
}

/* Whoever only asks again what became of a send is no flood, as long as they do it no more often
 * than they may send. */
static const struct error *limit_sends(struct request *req, const struct message *wanted)
{
	const struct error *limited = count(req, "sends");
	bool stored;

	if (!error_is(limited, FAIL(RATE_LIMITED)))
		return limited;
	TRY(message_stored(req, wanted->conversation_id, wanted->client_key, &stored));
	return stored ? count(req, "repeats") : limited;
}

const struct error *sending_pass(struct request *req, struct send_draft *draft)
{
	const struct sending *sending = req->state;
	struct send_means means = {req->arena, req->db, req->redis, sending->members,
	    sending->standings, req->config, req->keys};
	const struct send_work work = {send_batch_commit, send_batch_announce, &means};

	TRY(limit_sends(req, &draft->wanted));
	send_queue_pass(sending->queue, &work, draft);
	TRY(draft->error);
	/* It is sent, whatever keeps those mentioned from hearing of it at once. */
	(void)notification_deliver_many(req, draft->notified);
	return NULL;
}
