/* GET /health and GET /metrics, on a port of their own that the web server does not show. */
#ifndef WSD_MONITOR_H
#define WSD_MONITOR_H

#include <libwebsockets.h>

int monitor_callback(
    struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length);

#endif
