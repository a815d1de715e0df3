/* moments: what people share with their friends, what those say to it, and who sees what of it. */
#include "attention.h"
#include "comment.h"
#include "cover.h"
#include "like.h"
#include "notice.h"
#include "post.h"
#include "privacy.h"
#include "serve.h"
#include "timeline.h"

static const struct route routes[] = {
    {POST, "/posts", USER, &post_draft_record, post_create, NULL},
    {GET, "/feed", USER, NULL, timeline_feed, &timeline_query_record},
    {PUT, "/feed/seen", USER, &timeline_mark_record, timeline_seen, NULL},
    {PUT, "/cover", USER, &cover_choice_record, cover_put, NULL},
    {DELETE, "/cover", USER, NULL, cover_delete, NULL},
    {GET, "/users/:user/posts", USER, NULL, timeline_album, &timeline_query_record},
    {GET, "/posts/:post", USER, NULL, post_get, NULL},
    {PATCH, "/posts/:post", USER, &post_change_record, post_patch, NULL},
    {DELETE, "/posts/:post", USER, NULL, post_delete, NULL},
    {GET, "/posts/:post/likes", USER, NULL, like_list, &page_query_record},
    {PUT, "/posts/:post/like", USER, NULL, like_put, NULL},
    {DELETE, "/posts/:post/like", USER, NULL, like_delete, NULL},
    {GET, "/posts/:post/comments", USER, NULL, comment_list, &page_query_record},
    {POST, "/posts/:post/comments", USER, &comment_draft_record, comment_create, NULL},
    {DELETE, "/comments/:comment", USER, NULL, comment_delete, NULL},
    {PUT, "/posts/:post/mute", USER, NULL, attention_mute, NULL},
    {DELETE, "/posts/:post/mute", USER, NULL, attention_unmute, NULL},
    {POST, "/posts/:post/reports", USER, &report_draft_record, attention_report, NULL},
    {GET, "/privacy", USER, NULL, privacy_list, &page_query_record},
    {PUT, "/privacy", USER, &privacy_window_record, privacy_set_window, NULL},
    {GET, "/privacy/:user", USER, NULL, privacy_get, NULL},
    {PUT, "/privacy/:user", USER, &privacy_change_record, privacy_put, NULL},
    {GET, "/notifications", USER, NULL, notice_list, &page_query_record},
    {PUT, "/notifications/read", USER, &notice_mark_record, notice_read, NULL},
};

int main(int argc, char **argv)
{
	return SERVE("moments", routes);
}
