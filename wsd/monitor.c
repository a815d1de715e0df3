/* Health and metrics over HTTP, see monitor.h. */
#include "monitor.h"
#include "feed.h"
#include "heap.h"
#include "metrics.h"
#include "node.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD_ROOM 512

static void print_missing(const struct node *node, FILE *out)
{
	(void)node;
	fputs("Here are /health and /metrics.\n", out);
}

static const struct page {
	const char *path, *type;
	void (*print)(const struct node *node, FILE *out);
} pages[] = {
    {"/health", "application/json", metrics_print_health},
    {"/metrics", "text/plain; version=0.0.4", metrics_print},
    {"", "text/plain", print_missing},
};

static const struct page *page_at(const char *path)
{
	const struct page *page = pages;

	while (*page->path != '\0' && strcmp(page->path, path) != 0)
		page++;
	return page;
}

static bool send_head(struct lws *wsi, int status, const char *type, size_t length)
{
	unsigned char head[LWS_PRE + HEAD_ROOM];
	unsigned char *start = head + LWS_PRE, *at = start, *end = head + sizeof head - 1;

	return lws_add_http_common_headers(wsi, (unsigned)status, type, length, &at, end) == 0 &&
	       lws_finalize_write_http_header(wsi, start, &at, end) == 0;
}

static bool send_page(
    struct lws *wsi, int status, const char *type, const char *body, size_t length)
{
	unsigned char *text = heap_new(LWS_PRE + length);
	bool sent;

	memcpy(text + LWS_PRE, body, length);
	sent = send_head(wsi, status, type, length) &&
	       lws_write(wsi, text + LWS_PRE, length, LWS_WRITE_HTTP_FINAL) >= (int)length;
	free(text);
	return sent;
}

static int answer(struct lws *wsi, const char *path)
{
	const struct node *node = lws_context_user(lws_get_context(wsi));
	const struct page *page = page_at(path);
	int status = *page->path == '\0' ? HTTP_STATUS_NOT_FOUND
		     : strcmp(page->path, "/health") == 0 && !feed_is_ready(node->feed)
			 ? HTTP_STATUS_SERVICE_UNAVAILABLE
			 : HTTP_STATUS_OK;
	size_t length;
	char *body;
	FILE *out = open_memstream(&body, &length);
	bool sent;

	if (out == NULL)
		return -1;
	page->print(node, out);
	fclose(out);
	sent = send_page(wsi, status, page->type, body, length);
	free(body);
	return sent && lws_http_transaction_completed(wsi) == 0 ? 0 : -1;
}

int monitor_callback(
    struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length)
{
	(void)user;
	(void)length;
	switch (reason) {
	case LWS_CALLBACK_HTTP:
		return answer(wsi, in);
	case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
	case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
	case LWS_CALLBACK_RAW_ADOPT:
	case LWS_CALLBACK_RAW_RX:
	case LWS_CALLBACK_RAW_WRITEABLE:
		return -1;
	default:
		return 0;
	}
}
