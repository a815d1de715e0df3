/* Who may upgrade to a live connection. */
#ifndef WSD_GATE_H
#define WSD_GATE_H

#include <stdbool.h>

#define GATE_SUBPROTOCOL "hichat.v1"

struct lws;
struct node;

/* The HTTP status to refuse this upgrade with, 0 to let it pass.  `to` is its Upgrade header. */
int gate_refusal(const struct node *node, struct lws *wsi, const char *to);

/* `origin` as a browser sends it, against [live] origins; `host` is what it asked for. */
bool gate_allows_origin(const char *origins, const char *origin, const char *host);

#endif
