/* What a client may say: one table of {"op", handler}. */
#ifndef WSD_FRAME_H
#define WSD_FRAME_H

#include <stdbool.h>
#include <stddef.h>

struct connection;

/* One whole message.  False: it makes no sense, or not at this point.  Uses node->scratch. */
bool frame_receive(struct connection *connection, const char *text, size_t length);

#endif
