/* chat: conversations, messages, receipts, sync, live tickets.
 *
 * One process with many workers: the more of them send at a time, the fewer transactions it
 * takes, see send_queue.h.  Each has a connection to the database, which bounds them. */
#include "live_ticket.h"
#include "message.h"
#include "my_conversation.h"
#include "receipt.h"
#include "send_queue.h"
#include "serve.h"
#include "sync.h"

#define WORKERS 32

static const struct route routes[] = {
    {GET, "/sync", USER, NULL, sync_show, NULL},
    {POST, "/conversations", USER, &conversation_draft_record, my_conversation_open, NULL},
    {GET, "/conversations/:conversation", USER, NULL, my_conversation_show, NULL},
    {PATCH, "/conversations/:conversation", USER, &conversation_change_record,
	my_conversation_change, NULL},
    {GET, "/conversations/:conversation/messages", USER, NULL, message_list, &page_query_record},
    {POST, "/conversations/:conversation/messages", USER, &message_draft_record, message_send,
	NULL},
    {POST, "/receipts", USER, &receipt_list_record, receipt_post, NULL},
    {POST, "/live-tickets", USER, NULL, live_ticket_create, NULL},
};

static void *open_queue(const struct config *config)
{
	return send_queue_new((size_t)config->chat.batch);
}

static void close_queue(void *state)
{
	struct send_queue *queue = state;

	send_queue_free(&queue);
}

int main(int argc, char **argv)
{
	return serve(argc, argv,
	    &(const struct program){.name = "chat",
		.routes = routes,
		.count = sizeof(routes) / sizeof(routes[0]),
		.workers = WORKERS,
		.open = open_queue,
		.close = close_queue});
}
