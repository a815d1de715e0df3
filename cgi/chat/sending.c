/* The way of a draft: key, limit, queue, notifications. */
#include "sending.h"
#include "limit.h"
#include "media_body.h"
#include "message_store.h"
#include "message_view.h"
#include "notification.h"
#include <inttypes.h>

#define LIMIT_SECONDS 60

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
		    .changed_seq = ABSENT,
		    .pinned_at = ABSENT,
		    .reactions = {"[]"},
		},
	    .media = media_body_ids(req->arena, kind, body),
	    .arena = req->arena,
	};
}

static const struct error *count(struct request *req, const char *what)
{
	return limit_count(req, what, arena_printf(req->arena, "%" PRId64, req->user_id),
	    req->config->limits.sends, LIMIT_SECONDS);
}

const struct error *sending_limit(struct request *req)
{
	return count(req, "sends");
}

/* Whoever only asks again what became of a send is no flood, as long as they do it no more often
 * than they may send. */
static const struct error *limit_sends(struct request *req, const struct message *wanted)
{
	const struct error *limited = sending_limit(req);
	bool stored;

	if (!error_is(limited, FAIL(RATE_LIMITED)))
		return limited;
	TRY(message_stored(req, wanted->conversation_id, wanted->client_key, &stored));
	return stored ? count(req, "repeats") : limited;
}

struct send_means sending_means(struct request *req)
{
	const struct sending *sending = req->state;

	return (struct send_means){req->arena, req->db, req->redis, sending->members,
	    sending->standings, req->config, req->keys};
}

/* It may have been changed since it was sent. */
static const struct error *view_repeated(struct request *req, struct message *stored)
{
	return message_view(req->db, req->arena, &(struct viewed){stored, req->user_id}, 1);
}

const struct error *sending_pass(struct request *req, struct send_draft *draft)
{
	const struct sending *sending = req->state;
	struct send_means means = sending_means(req);
	const struct send_work work = {send_batch_commit, send_batch_announce, &means};

	TRY(limit_sends(req, &draft->wanted));
	send_queue_pass(sending->queue, &work, draft);
	TRY(draft->error);
	index_queue_add(sending->written, draft->stored.conversation_id);
	/* It is sent, whatever keeps those mentioned from hearing of it at once. */
	(void)notification_deliver_many(req, draft->notified);
	return draft->repeated ? view_repeated(req, &draft->stored) : NULL;
}
