/* social: friends, requests, blocks, presence, notifications. */
#include "friend.h"
#include "friend_request.h"
#include "my_block.h"
#include "notification_centre.h"
#include "serve.h"

static const struct route routes[] = {
    {GET, "/friends", USER, NULL, friend_list, &page_query_record},
    {PATCH, "/friends/:user", USER, &friend_change_record, friend_patch, NULL},
    {DELETE, "/friends/:user", USER, NULL, friend_delete, NULL},
    {GET, "/friend-requests", USER, NULL, friend_request_list, &friend_request_query_record},
    {POST, "/friend-requests", USER, &friend_request_draft_record, friend_request_create, NULL},
    {PUT, "/friend-requests/:request", USER, &friend_request_answer_record, friend_request_put,
	NULL},
    {GET, "/blocks", USER, NULL, my_block_list, &page_query_record},
    {PUT, "/blocks/:user", USER, NULL, my_block_put, NULL},
    {DELETE, "/blocks/:user", USER, NULL, my_block_delete, NULL},
    {GET, "/presence", USER, NULL, friend_presence, &presence_query_record},
    {GET, "/notifications", USER, NULL, notification_centre_list, &page_query_record},
    {PUT, "/notifications/read", USER, &notification_mark_record, notification_centre_read, NULL},
};

int main(int argc, char **argv)
{
	return SERVE("social", routes);
}
