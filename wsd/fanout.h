/* Who gets what: reads an envelope and does what it says. */
#ifndef WSD_FANOUT_H
#define WSD_FANOUT_H

#include <stddef.h>

struct node;
struct payload;
struct user;

/* One message of the events channel.  Uses node->scratch. */
void fanout_envelope(struct node *node, const char *text, size_t length);

/* To all sessions of this user. */
void fanout_user(struct user *user, struct payload *payload);

#endif
