/* Follows the records of a FastCGI request (section 3.3 and 5.3 of its specification) to the empty
 * STDIN record that ends it.  What they say is for libfcgi to judge. */
#include "arrival.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#define FCGI_VERSION 1
#define TYPE_STDIN 5
#define PARAMS_MAX ((size_t)64 * 1024) /* and the headers of all records */
#define PIECE ((size_t)16 * 1024)

size_t arrival_limit(size_t max_body)
{
	return max_body + PARAMS_MAX;
}

struct arrival arrival_on(int connection, size_t max_body)
{
	return (struct arrival){
	    .connection = connection, .store = -1, .limit = arrival_limit(max_body)};
}

/* One that speaks another protocol is done with at once: libfcgi will refuse it. */
static void begin_record(struct arrival *arrival)
{
	const unsigned char *header = arrival->header;
	size_t length = (size_t)header[4] << 8 | header[5];

	arrival->header_length = 0;
	arrival->rest = length + header[6];
	arrival->last = header[1] == TYPE_STDIN && length == 0;
	if (header[0] != FCGI_VERSION)
		arrival->state = ARRIVAL_WHOLE;
}

static void follow(struct arrival *arrival, const unsigned char *bytes, size_t count)
{
	arrival->total += count;
	while (count > 0 && arrival->state == ARRIVAL_PENDING) {
		size_t step = 1;

		if (arrival->rest > 0) {
			step = arrival->rest < count ? arrival->rest : count;
			arrival->rest -= step;
		} else {
			arrival->header[arrival->header_length++] = *bytes;
			if (arrival->header_length == sizeof(arrival->header))
				begin_record(arrival);
		}
		bytes += step;
		count -= step;
		if (arrival->last && arrival->rest == 0)
			arrival->state = ARRIVAL_WHOLE;
	}
	if (arrival->state == ARRIVAL_PENDING && arrival->total >= arrival->limit)
		arrival->state = ARRIVAL_TOO_MUCH;
}

static ssize_t receive(struct arrival *arrival, unsigned char *buffer, size_t size, int flags)
{
	ssize_t count;

	do
		count = recv(arrival->connection, buffer, size, flags | MSG_DONTWAIT);
	while (count < 0 && errno == EINTR);
	if (count == 0 || (count < 0 && errno != EAGAIN))
		arrival->state = ARRIVAL_GONE;
	return count;
}

bool arrival_peek(struct arrival *arrival, unsigned char *buffer, size_t size)
{
	struct arrival seen = *arrival;
	ssize_t count = receive(&seen, buffer, size, MSG_PEEK);

	if (count > 0)
		follow(&seen, buffer, (size_t)count);
	arrival->state = seen.state;
	return count >= 0;
}

static bool keep(struct arrival *arrival, const unsigned char *bytes, size_t count)
{
	if (arrival->store < 0)
		arrival->store = memfd_create("request", MFD_CLOEXEC);
	return arrival->store >= 0 && write(arrival->store, bytes, count) == (ssize_t)count;
}

void arrival_take(struct arrival *arrival)
{
	unsigned char piece[PIECE];
	ssize_t count = 1;

	while (arrival->state == ARRIVAL_PENDING && count > 0) {
		count = receive(arrival, piece, sizeof(piece), 0);
		if (count <= 0)
			return;
		follow(arrival, piece, (size_t)count);
		if (!keep(arrival, piece, (size_t)count))
			arrival->state = ARRIVAL_GONE;
	}
}

void arrival_drop(struct arrival *arrival)
{
	close(arrival->connection);
	if (arrival->store >= 0)
		close(arrival->store);
	arrival->connection = -1;
	arrival->store = -1;
}
