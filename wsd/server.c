/* libwebsockets, see server.h.  The callbacks only translate its reasons; what they mean is in
 * connection.c. */
#include "server.h"
#include "config.h"
#include "connection.h"
#include "gate.h"
#include "heap.h"
#include "listener.h"
#include "log.h"
#include "monitor.h"
#include "node.h"
#include <libwebsockets.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

/* Nearly every frame of a client fits; each connection has a buffer of this size for good. */
#define RECEIVE_BUFFER 256
#define SEND_BUFFER 65536   /* of the kernel: else it takes 1,000 events before we notice */
#define WRITE_MAX (1 << 27) /* so that lws never cuts an event into pieces, which it copies */
#define HANDSHAKE_SECONDS 10
#define SPARE_FILES 128 /* beside live connections */

_Static_assert(LWS_PRE <= PAYLOAD_HEADROOM, "room for the header before a payload's text");

struct server {
	struct node *node;
	struct lws_context *context;
	struct listener live, metrics; /* lws keeps pointers into them */
	size_t capacity;
};

static struct node *node_of(struct lws *wsi)
{
	return lws_context_user(lws_get_context(wsi));
}

/* The usual way is to return -1 here.  But as Debian builds lws, for debugging, it closes twice
 * then, and the second time is before the close frame is sent; "killing" takes another way. */
static int live_close(struct lws *wsi, struct connection *connection)
{
	const struct close_code *close = &close_table[connection->why];

	if (connection->state != CONNECTION_CLOSING)
		return -1;
	if (connection->close_sent) /* awaits the client's */
		return 0;
	connection->close_sent = true;
	lws_close_reason(wsi, (enum lws_close_status)close->code, (unsigned char *)close->text,
	    strlen(close->text));
	lws_set_timeout(wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_SYNC);
	return 0;
}

/* The code in a client's close frame: none, "normal" and "going away" mean that it will not come
 * back to this session. */
static bool left_for_good(const unsigned char *frame, size_t length)
{
	int code = length < 2 ? LWS_CLOSE_STATUS_NORMAL : frame[0] << 8 | frame[1];

	return code == LWS_CLOSE_STATUS_NORMAL || code == LWS_CLOSE_STATUS_GOINGAWAY;
}

static int live_callback(
    struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length)
{
	struct connection *connection = lws_get_opaque_user_data(wsi);

	(void)user;
	/* lws also tells of the end of what never became a connection. */
	if (connection == NULL && reason != LWS_CALLBACK_ESTABLISHED)
		return 0;
	switch (reason) {
	case LWS_CALLBACK_ESTABLISHED:
		lws_set_opaque_user_data(wsi, connection_open(node_of(wsi), wsi));
		break;
	case LWS_CALLBACK_RECEIVE:
		connection_receive(connection, in, length, lws_frame_is_binary(wsi) != 0,
		    lws_is_final_fragment(wsi) != 0);
		break;
	case LWS_CALLBACK_SERVER_WRITEABLE:
		return connection_write(connection) ? 0 : live_close(wsi, connection);
	case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
		connection->left_for_good = left_for_good(in, length);
		break;
	case LWS_CALLBACK_CLOSED:
		connection_free(&connection);
		lws_set_opaque_user_data(wsi, NULL);
		break;
	default:
		break;
	}
	return 0;
}

static int refuse(struct lws *wsi, int status)
{
	node_of(wsi)->metrics.refused++;
	return lws_return_http_status(wsi, (unsigned)status, NULL) != 0 ? -1 : 1;
}

/* Plain HTTP on the live port, before an upgrade or without one. */
static int gate_callback(
    struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length)
{
	int status, size = SEND_BUFFER;

	(void)user;
	(void)length;
	switch (reason) {
	case LWS_CALLBACK_FILTER_NETWORK_CONNECTION:
		setsockopt((int)(intptr_t)in, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
		return 0;
	case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
		status = gate_refusal(node_of(wsi), wsi, in);
		return status == 0 ? 0 : refuse(wsi, status);
	case LWS_CALLBACK_HTTP:
		return refuse(wsi, HTTP_STATUS_NOT_FOUND) < 0 ||
		       lws_http_transaction_completed(wsi);
	/* The subprotocol "http" is this one, and no upgrade to it; CONNECT makes a raw socket. */
	case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
	case LWS_CALLBACK_RAW_ADOPT:
	case LWS_CALLBACK_RAW_RX:
	case LWS_CALLBACK_RAW_WRITEABLE:
		return -1;
	default:
		return 0;
	}
}

static const struct lws_protocols live_protocols[] = {
    {"http", gate_callback, 0, RECEIVE_BUFFER, 0, NULL, WRITE_MAX},
    {GATE_SUBPROTOCOL, live_callback, 0, RECEIVE_BUFFER, 0, NULL, WRITE_MAX},
    {NULL, NULL, 0, 0, 0, NULL, 0},
};

static const struct lws_protocols monitor_protocols[] = {
    {"http", monitor_callback, 0, 0, 0, NULL, 0},
    {NULL, NULL, 0, 0, 0, NULL, 0},
};

void server_wake(struct lws *wsi)
{
	lws_callback_on_writable(wsi);
}

void server_wake_all(struct server *server)
{
	lws_callback_on_writable_all_protocol(server->context, &live_protocols[1]);
}

bool server_is_choked(struct lws *wsi)
{
	/* What the kernel does not take lws keeps, in a copy: of one event at most, then. */
	return lws_partial_buffered(wsi) != 0;
}

bool server_send(struct lws *wsi, struct payload *payload)
{
	return lws_write(wsi, payload_text(payload), payload->length, LWS_WRITE_TEXT) >=
	       (int)payload->length;
}

void server_abort(struct lws *wsi)
{
	/* lws would flush first what it holds for the socket, however long that takes. */
	shutdown(lws_get_socket_fd(wsi), SHUT_RDWR);
}

static void lws_said(int level, const char *line)
{
	char text[256];

	snprintf(text, sizeof text, "%.*s", (int)strcspn(line, "\n"), line);
	/* Its warnings are about what clients do. */
	if (level == LLL_ERR)
		LOG(WARNING, "libwebsockets", LOG_FIELD("said", (const char *)text));
	else
		LOG(DEBUG, "libwebsockets", LOG_FIELD("said", (const char *)text));
}

static bool server_listen(struct server *server, struct listener *listener, const char *name,
    const char *address, const struct lws_protocols *protocols)
{
	/* All zero: no pings of its own, whose timers would be a sorted list. */
	static const lws_retry_bo_t no_pings = {0};
	struct lws_context_creation_info info = {0};

	listener_read(listener, address);
	info.vhost_name = name;
	info.iface = listener->host;
	info.port = listener->port;
	info.options = listener->options | LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND;
	info.protocols = protocols;
	info.timeout_secs = HANDSHAKE_SECONDS;
	info.keepalive_timeout = HANDSHAKE_SECONDS;
	info.retry_and_idle_policy = &no_pings;
	if (!listener_is_taken(listener) && lws_create_vhost(server->context, &info) != NULL) {
		LOG(INFO, "listening", LOG_FIELD("for", name), LOG_FIELD("address", address));
		return true;
	}
	LOG(ERROR, "cannot listen: is another wsd running, or the address in use?",
	    LOG_FIELD("for", name), LOG_FIELD("address", address));
	return false;
}

static bool server_listen_all(struct server *server)
{
	const struct config *config = server->node->config;

	return server_listen(server, &server->live, "live", config->live.listen, live_protocols) &&
	       (*config->live.metrics_listen == '\0' ||
		   server_listen(server, &server->metrics, "metrics", config->live.metrics_listen,
		       monitor_protocols));
}

/* lws sizes its tables by the limit of open files, and searches when it was told another number:
 * so the limit becomes what is needed, and no more. */
static size_t raise_limit(int64_t connections)
{
	struct rlimit limit;
	rlim_t wanted = (rlim_t)connections + SPARE_FILES;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return 0;
	limit.rlim_cur = wanted < limit.rlim_max ? wanted : limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur <= SPARE_FILES)
		return 0;
	if (limit.rlim_cur < wanted)
		LOG(WARNING,
		    "the limit of open files allows fewer connections than [live] "
		    "max_connections; raise it with ulimit -n or LimitNOFILE=",
		    LOG_FIELD("connections", (size_t)limit.rlim_cur - SPARE_FILES));
	return limit.rlim_cur - SPARE_FILES;
}

struct server *server_new(struct node *node)
{
	struct server *server = heap_new(sizeof *server);

	server->node = node;
	return server;
}

bool server_start(struct server *server)
{
	struct lws_context_creation_info info = {0};
	void *loops[] = {server->node->loop};

	server->capacity = raise_limit(server->node->config->live.max_connections);
	lws_set_log_level(LLL_ERR | LLL_WARN, lws_said);
	info.port = CONTEXT_PORT_NO_LISTEN;
	info.options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS |
		       LWS_SERVER_OPTION_UV_NO_SIGSEGV_SIGFPE_SPIN;
	info.foreign_loops = loops;
	info.user = server->node;
	server->context = lws_create_context(&info);
	if (server->context == NULL)
		LOG(ERROR, "libwebsockets does not start: is libwebsockets-evlib-uv installed?");
	return server->context != NULL && server_listen_all(server);
}

size_t server_capacity(const struct server *server)
{
	return server->capacity;
}

void server_stop(struct server *server)
{
	if (server->context != NULL)
		lws_context_destroy(server->context);
}

void server_free(struct server **server)
{
	if (*server == NULL)
		return;
	if ((*server)->context != NULL)
		lws_context_destroy((*server)->context);
	free(*server);
	*server = NULL;
}
