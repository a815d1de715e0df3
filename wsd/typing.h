/* {"op":"typing","conversation":7}: passed on to the others in that conversation, as far as this
 * node knows them, over Redis, because they may be on other nodes. */
#ifndef WSD_TYPING_H
#define WSD_TYPING_H

#include <stdbool.h>
#include <stddef.h>

struct connection;
struct json_object;

bool typing_receive(struct connection *connection, struct json_object *frame);
/* This payload was made here. */
bool typing_is(const char *payload, size_t length);

#endif
