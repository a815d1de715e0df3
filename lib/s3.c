/* What is asked of a bucket about one object. */
#include "s3.h"
#include "arena.h"
#include "log.h"
#include "s3_call.h"
#include <errno.h>
#include <inttypes.h>
#include <unistd.h>

const struct error *s3_measure(const struct s3_object *object, int64_t *size)
{
	const struct error *error;
	struct s3_call call;
	curl_off_t length = 0;

	s3_call_begin(&call, object, "");
	curl_easy_setopt(call.easy, CURLOPT_NOBODY, 1L);
	error = s3_call_send(&call);
	curl_easy_getinfo(call.easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
	*size = length;
	s3_call_end(&call);
	return error;
}

struct outgoing {
	int file;
	curl_off_t offset;
	curl_off_t size;
};

static size_t give_bytes(char *bytes, size_t one, size_t count, void *context)
{
	struct outgoing *outgoing = context;
	curl_off_t left = outgoing->size - outgoing->offset;
	size_t room = one * count;
	ssize_t given;

	if ((curl_off_t)room > left)
		room = (size_t)left;
	do
		given = pread(outgoing->file, bytes, room, outgoing->offset);
	while (given < 0 && errno == EINTR);
	if (given < 0 || (given == 0 && left > 0))
		return CURL_READFUNC_ABORT;
	outgoing->offset += given;
	return (size_t)given;
}

/* A connection that was kept may be closed by the time that it is used: then it begins again. */
static int begin_again(void *context, curl_off_t offset, int origin)
{
	struct outgoing *outgoing = context;

	if (origin != SEEK_SET)
		return CURL_SEEKFUNC_CANTSEEK;
	outgoing->offset = offset;
	return CURL_SEEKFUNC_OK;
}

const struct error *s3_put(const struct s3_object *object, int file, int64_t size, const char *hash)
{
	struct outgoing outgoing = {file, 0, size};
	const struct error *error;
	struct s3_call call;

	s3_call_begin(&call, object, "");
	s3_call_bring(&call, give_bytes, begin_again, &outgoing, size, hash);
	error = s3_call_send(&call);
	s3_call_end(&call);
	/* There is no such bucket, whatever it calls that. */
	return error_is(error, FAIL(NOT_FOUND)) ? FAIL(STORAGE_UNAVAILABLE) : error;
}

const struct error *s3_delete(const struct s3_object *object)
{
	const struct error *error;
	struct s3_call call;

	s3_call_begin(&call, object, "");
	curl_easy_setopt(call.easy, CURLOPT_CUSTOMREQUEST, "DELETE");
	error = s3_call_send(&call);
	s3_call_end(&call);
	return error_is(error, FAIL(NOT_FOUND)) ? NULL : error;
}

struct incoming {
	struct byte_source source; /* first, so that one is the other */
	struct s3_object object;
	struct s3_call call;
	int64_t left;
};

static ssize_t read_incoming(struct byte_source *source, char *bytes, size_t size)
{
	struct incoming *incoming = (struct incoming *)source;
	ssize_t count;

	if ((int64_t)size > incoming->left)
		size = (size_t)incoming->left;
	if (size == 0)
		return 0;
	count = s3_call_read(&incoming->call, bytes, size);
	if (count <= 0) {
		LOG(ERROR, "an object could not be read to its end",
		    LOG_FIELD("key", incoming->object.key),
		    LOG_FIELD("reason", incoming->call.reason));
		return -1;
	}
	incoming->left -= count;
	return count;
}

static void let_go(void *object)
{
	struct incoming *incoming = object;

	s3_call_end(&incoming->call);
}

const struct error *s3_get(
    const struct s3_object *object, int64_t offset, int64_t length, struct byte_source **bytes)
{
	struct incoming *incoming = arena_alloc(object->arena, sizeof(*incoming));
	long status = 0;

	*incoming = (struct incoming){.source = {read_incoming}, .object = *object, .left = length};
	s3_call_begin(&incoming->call, &incoming->object, "");
	arena_defer(object->arena, let_go, incoming);
	curl_easy_setopt(incoming->call.easy, CURLOPT_RANGE,
	    arena_printf(object->arena, "%" PRId64 "-%" PRId64, offset, offset + length - 1));
	TRY(s3_call_send(&incoming->call));
	curl_easy_getinfo(incoming->call.easy, CURLINFO_RESPONSE_CODE, &status);
	if (status != 206) {
		*object->why = "it does not send parts of objects";
		return FAIL(STORAGE_UNAVAILABLE);
	}
	*bytes = &incoming->source;
	return NULL;
}
