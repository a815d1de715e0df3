/* social: friends, requests, blocks, presence, groups, notifications. */
#include "friend.h"
#include "friend_request.h"
#include "group_directory.h"
#include "group_end.h"
#include "group_founding.h"
#include "group_members.h"
#include "group_profile.h"
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
    {GET, "/groups", USER, NULL, group_list, &group_query_record},
    {POST, "/groups", USER, &group_draft_record, group_create, NULL},
    {GET, "/groups/:group", USER, NULL, group_get, NULL},
    {PATCH, "/groups/:group", USER, &group_profile_change_record, group_patch, NULL},
    {DELETE, "/groups/:group", USER, NULL, group_dissolve, NULL},
    {GET, "/groups/:group/members", USER, NULL, group_members_list, &group_members_query_record},
    {GET, "/groups/:group/presence", USER, NULL, group_members_presence, NULL},
    {GET, "/notifications", USER, NULL, notification_centre_list, &page_query_record},
    {PUT, "/notifications/read", USER, &notification_mark_record, notification_centre_read, NULL},
};

int main(int argc, char **argv)
{
	return SERVE("social", routes);
}
