/* The first frame: takes the ticket from Redis, asks whether its login was revoked meanwhile,
 * then begins or resumes a session. */
#ifndef WSD_HELLO_H
#define WSD_HELLO_H

#include <stdbool.h>
#include <stdint.h>

struct checks; /* what Redis was asked and has not answered */
struct connection;
struct json_object;
struct node;

struct checks *checks_new(void);
void checks_free(struct checks **checks); /* after the feed: nothing is under way any more */

/* {"op":"hello","ticket":"…","resume":{"session":"…","received":N}} */
bool hello_receive(struct connection *connection, struct json_object *frame);
/* The connection closes before the answer is there. */
void hello_abandon(struct connection *connection);
/* This login ends: whoever is being checked for it is refused. */
void hello_revoke(struct node *node, int64_t login);

#endif
