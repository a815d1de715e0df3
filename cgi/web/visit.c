/* libfcgi reads from where the request is, the connection or its store, and writes to the
 * connection: it knows one descriptor, which is changed between the two. */
#include "visit.h"

#include <fcgiapp.h>
#include <limits.h>
#include <sys/socket.h>
#include <unistd.h>

struct visit {
	FCGX_Request *request;
	const struct arrival *arrival;
};

static int source_of(const struct arrival *arrival)
{
	return arrival->store >= 0 ? arrival->store : arrival->connection;
}

static long read_body(void *stream, char *buffer, size_t size)
{
	const struct visit *visit = stream;
	FCGX_Stream *in = visit->request->in;
	int count = FCGX_GetStr(buffer, size > INT_MAX ? INT_MAX : (int)size, in);

	return FCGX_GetError(in) != 0 ? -1 : count;
}

/* Nothing is read after the first byte of an answer but what finish() skips. */
static bool write_answer(void *stream, const char *bytes, size_t size)
{
	const struct visit *visit = stream;
	FCGX_Stream *out = visit->request->out;

	visit->request->ipcFd = visit->arrival->connection;
	for (size_t done = 0; done < size;) {
		int piece = size - done > INT_MAX ? INT_MAX : (int)(size - done);

		if (FCGX_PutStr(bytes + done, piece, out) != piece)
			return false;
		done += (size_t)piece;
	}
	return true;
}

/* Reads what is left of the body: behind it the next request of a kept connection begins.  False
 * when it broke off. */
static bool skip_body(FCGX_Request *request)
{
	char piece[8192];

	while (FCGX_GetStr(piece, sizeof(piece), request->in) == (int)sizeof(piece))
		;
	return FCGX_GetError(request->in) == 0;
}

/* libfcgi would wait for the web server to close first, up to two seconds, lest unread input make
 * the kernel reset the connection.  The lobby does that. */
static void finish_unread(FCGX_Request *request, struct lobby *lobby)
{
	int connection = dup(request->ipcFd);

	if (connection >= 0)
		(void)FCGX_Detach(request);
	FCGX_Finish_r(request);
	FCGX_Free(request, 1);
	if (connection < 0)
		return;
	(void)shutdown(connection, SHUT_WR);
	lobby_see_off(lobby, connection);
}

/* Sends what is left of the answer.  True when the connection stays for another request. */
static bool finish(FCGX_Request *request, struct lobby *lobby, const struct arrival *arrival)
{
	bool whole = arrival->state == ARRIVAL_WHOLE;
	bool read_up;

	request->ipcFd = source_of(arrival);
	read_up = whole && skip_body(request);
	request->ipcFd = arrival->connection;
	if (!read_up) {
		finish_unread(request, lobby);
		return false;
	}
	if (request->keepConnection == 0)
		(void)FCGX_Detach(request);
	FCGX_Finish_r(request);
	return request->ipcFd >= 0;
}

/* The other descriptor, which libfcgi does not close. */
static void close_store(struct arrival *arrival)
{
	if (arrival->store >= 0)
		close(arrival->store);
	arrival->store = -1;
}

static bool begin(FCGX_Request *request, const struct arrival *arrival)
{
	if (arrival->store >= 0)
		(void)lseek(arrival->store, 0, SEEK_SET);
	/* So libfcgi takes it for one of its own that it kept. */
	request->ipcFd = source_of(arrival);
	request->keepConnection = 1;
	return FCGX_Accept_r(request) == 0;
}

bool visit_serve(FCGX_Request *request, const struct service *service, struct desk *desk,
    struct lobby *lobby, struct arrival *arrival)
{
	struct visit visit = {request, arrival};
	struct gateway gateway = {NULL, &visit, read_body, write_answer, false};
	bool kept;

	if (!begin(request, arrival)) {
		/* libfcgi has closed what it read from. */
		if (arrival->store >= 0)
			close(arrival->connection);
		return false;
	}
	gateway.variables = request->envp;
	gateway.late = arrival->state == ARRIVAL_LATE;
	exchange_run(service, desk, &gateway);
	kept = finish(request, lobby, arrival);
	close_store(arrival);
	request->ipcFd = -1;
	return kept;
}
