/* Who is here: the users with a session on this node, and the sessions by their keys. */
#ifndef WSD_ROSTER_H
#define WSD_ROSTER_H

#include "table.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct session;
struct ticket;
struct watched;

/* A direct conversation and who is at its other end. */
struct direct {
	int64_t conversation, peer;
};

/* Lives as long as it has a session, connected or waiting for its resume. */
struct user {
	struct table_entry by_id;
	struct session *sessions;
	unsigned session_count;
	unsigned connected; /* sessions that have a connection */
	int64_t announced;  /* when this node last announced an arrival or departure */
	/* From the latest ticket, kept current by watch, unwatch and shows: */
	bool hides_typing;	  /* of their own, and does not see it of others */
	struct watched **watched; /* whose presence this user may see; watch.c keeps it */
	size_t watched_count;
	struct direct *directs;
	size_t direct_count;
};

struct roster {
	struct table users;    /* by id */
	struct table sessions; /* by the first half of the resume key */
	struct table logins;   /* the same, by the id of the session that logged in */
};

struct roster *roster_new(void);
void roster_free(struct roster **roster); /* after its sessions */

struct user *roster_user(const struct roster *roster, int64_t id); /* or NULL */
struct user *roster_join(struct roster *roster, int64_t id);	   /* made when there is none */
/* The last session left: everything but the watches, which are to be cleared before. */
void roster_leave(struct roster *roster, struct user **user);

int64_t user_id(const struct user *user);
void user_set_directs(struct user *user, const struct direct *directs, size_t count);
void user_drop_direct(struct user *user, int64_t peer);
/* The other end of that conversation, or ABSENT. */
int64_t user_direct_peer(const struct user *user, int64_t conversation);

#endif
