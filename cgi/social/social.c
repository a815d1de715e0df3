/* social: friends, requests, blocks, presence, groups, notifications. */
#include "friend.h"
#include "friend_request.h"
#include "friend_withdrawal.h"
#include "group_announcement.h"
#include "group_departure.h"
#include "group_directory.h"
#include "group_end.h"
#include "group_founding.h"
#include "group_invitation.h"
#include "group_link.h"
#include "group_member.h"
#include "group_members.h"
#include "group_owner.h"
#include "group_profile.h"
#include "group_request.h"
#include "group_request_list.h"
#include "group_withdrawal.h"
#include "my_block.h"
#include "notification_centre.h"
#include "presence_list.h"
#include "serve.h"

static const struct route routes[] = {
    {GET, "/friends", USER, NULL, friend_list, &page_query_record},
    {PATCH, "/friends/:user", USER, &friend_change_record, friend_patch, NULL},
    {DELETE, "/friends/:user", USER, NULL, friend_delete, NULL},
    {GET, "/friend-requests", USER, NULL, friend_request_list, &friend_request_query_record},
    {POST, "/friend-requests", USER, &friend_request_draft_record, friend_request_create, NULL},
    {PUT, "/friend-requests/:request", USER, &friend_request_answer_record, friend_request_put,
	NULL},
    {DELETE, "/friend-requests/:request", USER, NULL, friend_request_delete, NULL},
    {GET, "/blocks", USER, NULL, my_block_list, &page_query_record},
    {PUT, "/blocks/:user", USER, NULL, my_block_put, NULL},
    {DELETE, "/blocks/:user", USER, NULL, my_block_delete, NULL},
    {GET, "/presence", USER, NULL, presence_list, &presence_query_record},
    {GET, "/groups", USER, NULL, group_list, &group_query_record},
    {POST, "/groups", USER, &group_draft_record, group_create, NULL},
    {GET, "/groups/:group", USER, NULL, group_get, NULL},
    {PATCH, "/groups/:group", USER, &group_profile_change_record, group_patch, NULL},
    {DELETE, "/groups/:group", USER, NULL, group_dissolve, NULL},
    {GET, "/groups/:group/members", USER, NULL, group_members_list, &group_members_query_record},
    {POST, "/groups/:group/members", USER, &group_invitation_draft_record, group_invitation_create,
	NULL},
    {PATCH, "/groups/:group/members/:user", USER, &group_member_change_record, group_member_patch,
	NULL},
    {DELETE, "/groups/:group/members/:user", USER, NULL, group_member_delete, NULL},
    {POST, "/groups/:group/removals", USER, &group_removal_record, group_removals_create, NULL},
    {PUT, "/groups/:group/owner", USER, &group_heir_record, group_owner_put, NULL},
    {PUT, "/groups/:group/announcement", USER, &group_announcement_record, group_announcement_put,
	NULL},
    {PUT, "/groups/:group/announcement/read", USER, &group_announcement_mark_record,
	group_announcement_read, NULL},
    {GET, "/groups/:group/presence", USER, NULL, group_members_presence, NULL},
    {POST, "/groups/:group/join-requests", USER, &group_request_draft_record, group_request_create,
	NULL},
    {GET, "/groups/:group/join-requests", USER, NULL, group_request_list,
	&group_request_query_record},
    {PUT, "/groups/:group/join-requests/:request", USER, &group_request_answer_record,
	group_request_put, NULL},
    {DELETE, "/groups/:group/join-requests/:request", USER, NULL, group_request_delete, NULL},
    {POST, "/groups/:group/links", USER, &group_link_draft_record, group_link_create, NULL},
    {GET, "/groups/:group/links", USER, NULL, group_link_list, &page_query_record},
    {DELETE, "/groups/:group/links/:link", USER, NULL, group_link_revoke, NULL},
    {GET, "/group-invitations", USER, NULL, group_invitation_list, &page_query_record},
    {GET, "/group-links/*token", PUBLIC, NULL, group_link_preview, NULL},
    {POST, "/group-links/*token/join", USER, NULL, group_link_join, NULL},
    {GET, "/notifications", USER, NULL, notification_centre_list, &page_query_record},
    {PUT, "/notifications/read", USER, &notification_mark_record, notification_centre_read, NULL},
};

int main(int argc, char **argv)
{
	return SERVE("social", routes);
}
