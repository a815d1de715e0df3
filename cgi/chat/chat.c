/* chat: conversations, messages, receipts, sync, live tickets.
 *
 * One process with many workers: the more of them send at a time, the fewer transactions it
 * takes, see send_queue.h.  Each has a connection to the database, which bounds them. */
#include "forward.h"
#include "live_ticket.h"
#include "message.h"
#include "message_edit.h"
#include "message_recall.h"
#include "my_conversation.h"
#include "pin.h"
#include "reaction.h"
#include "readers.h"
#include "receipt.h"
#include "search.h"
#include "sending.h"
#include "serve.h"
#include "sync.h"
#include <stdlib.h>

#define WORKERS 32
#define MEMBERS_KEPT 1000000 /* ids of members of groups: some 16 MB */
#define STANDINGS_KEPT 65536 /* of members who send: 4 MB, as far as they are used */

static const struct route routes[] = {
    {GET, "/sync", USER, NULL, sync_show, NULL},
    {POST, "/conversations", USER, &conversation_draft_record, my_conversation_open, NULL},
    {GET, "/conversations/:conversation", USER, NULL, my_conversation_show, NULL},
    {PATCH, "/conversations/:conversation", USER, &conversation_change_record,
	my_conversation_change, NULL},
    {GET, "/conversations/:conversation/messages", USER, NULL, message_list, &message_query_record},
    {POST, "/conversations/:conversation/messages", USER, &message_draft_record, message_send,
	NULL},
    {PATCH, "/conversations/:conversation/messages/:seq", USER, &message_edit_draft_record,
	message_edit, NULL},
    {DELETE, "/conversations/:conversation/messages/:seq", USER, NULL, message_delete,
	&deletion_record},
    {GET, "/conversations/:conversation/messages/:seq/edits", USER, NULL, message_edit_list,
	&page_query_record},
    {GET, "/conversations/:conversation/messages/:seq/readers", USER, NULL, readers_list, NULL},
    {PUT, "/conversations/:conversation/messages/:seq/reactions/*emoji", USER, NULL, reaction_put,
	NULL},
    {DELETE, "/conversations/:conversation/messages/:seq/reactions/*emoji", USER, NULL,
	reaction_delete, NULL},
    {GET, "/conversations/:conversation/pins", USER, NULL, pin_list, NULL},
    {PUT, "/conversations/:conversation/pins/:seq", USER, NULL, pin_put, NULL},
    {DELETE, "/conversations/:conversation/pins/:seq", USER, NULL, pin_delete, NULL},
    {POST, "/forwards", USER, &forward_draft_record, forward_create, NULL},
    {GET, "/search", USER, NULL, search_show, &search_query_record},
    {POST, "/receipts", USER, &receipt_list_record, receipt_post, NULL},
    {POST, "/live-tickets", USER, NULL, live_ticket_create, NULL},
};

static void *open_sending(const struct config *config)
{
	struct sending *sending = calloc(1, sizeof(*sending));

	if (sending == NULL)
		abort();
	sending->queue = send_queue_new((size_t)config->chat.batch);
	sending->members = member_cache_new(MEMBERS_KEPT);
	sending->standings = standing_cache_new(STANDINGS_KEPT);
	sending->written = index_queue_new();
	return sending;
}

static void close_sending(void *state)
{
	struct sending *sending = state;

	send_queue_free(&sending->queue);
	member_cache_free(&sending->members);
	standing_cache_free(&sending->standings);
	index_queue_free(&sending->written);
	free(sending);
}

static int index_written(struct request *req)
{
	const struct sending *sending = req->state;

	return index_queue_work(sending->written, req->arena, req->db);
}

int main(int argc, char **argv)
{
	return serve(argc, argv,
	    &(const struct program){.name = "chat",
		.routes = routes,
		.count = sizeof(routes) / sizeof(routes[0]),
		.workers = WORKERS,
		.open = open_sending,
		.close = close_sending,
		.after = index_written});
}
