/* Who may upgrade, see gate.h.  libwebsockets 4.1 itself would let pass: upgrades to h2c, other
 * versions of the protocol, and clients that ask for no subprotocol. */
#include "gate.h"
#include "config.h"
#include "node.h"
#include <libwebsockets.h>
#include <string.h>
#include <strings.h>

/* A word of a comma-separated list. */
static bool list_has(const char *list, const char *word)
{
	size_t length = strlen(word);

	while (*(list += strspn(list, ", \t")) != '\0') {
		size_t size = strcspn(list, ", \t");

		if (size == length && memcmp(list, word, length) == 0)
			return true;
		list += size;
	}
	return false;
}

bool gate_allows_origin(const char *origins, const char *origin, const char *host)
{
	const char *authority = strstr(origin, "://");

	if (strcmp(origins, "*") == 0)
		return true;
	if (authority == NULL) /* "null": a sandboxed frame, a file */
		return false;
	if (*origins == '\0')
		return strcasecmp(authority + 3, host) == 0;
	return list_has(origins, origin);
}

/* False when the header is there but longer than the room: nothing we would accept. */
static bool header(struct lws *wsi, enum lws_token_indexes token, char *text, int room)
{
	*text = '\0';
	return lws_hdr_copy(wsi, text, room, token) >= 0;
}

int gate_refusal(const struct node *node, struct lws *wsi, const char *to)
{
	char text[256], host[256];

	if (node->stopping)
		return HTTP_STATUS_SERVICE_UNAVAILABLE;
	if (strcasecmp(to, "websocket") != 0)
		return HTTP_STATUS_BAD_REQUEST;
	if (!header(wsi, WSI_TOKEN_VERSION, text, sizeof text) || strcmp(text, "13") != 0)
		return HTTP_STATUS_BAD_REQUEST;
	if (!header(wsi, WSI_TOKEN_PROTOCOL, text, sizeof text) ||
	    !list_has(text, GATE_SUBPROTOCOL))
		return HTTP_STATUS_BAD_REQUEST;
	/* Only browsers send an Origin, and they always do: others need no protection from
	 * pages that borrow their cookies.  Who it is, the ticket says. */
	if (!header(wsi, WSI_TOKEN_ORIGIN, text, sizeof text) ||
	    !header(wsi, WSI_TOKEN_HOST, host, sizeof host))
		return HTTP_STATUS_FORBIDDEN;
	if (*text != '\0' && !gate_allows_origin(node->config->live.origins, text, host))
		return HTTP_STATUS_FORBIDDEN;
	return 0;
}
