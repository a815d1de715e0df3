/* Connections to the bucket, kept for the next request, and requests over them.
 *
 * libcurl pushes what arrives; callers pull.  So a request is driven only while somebody reads, and
 * paused when the buffer is full: a slow reader slows the bucket down, and costs no memory. */
#include "s3_call.h"
#include "arena.h"
#include "config.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define LINKS_KEPT 16
#define WAIT_MS 1000
#define SLOWEST 64L /* bytes a second; what is slower has stalled */

static const char HASH_OF_NOTHING[] =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

struct s3_link {
	struct s3_link *next;
	CURL *easy;
	CURLM *multi;
	char buffer[S3_ROOM];
};

struct s3 {
	const struct config *config;
	pthread_mutex_t lock;
	struct s3_link *idle;
	size_t count;
};

struct s3 *s3_new(const struct config *config)
{
	struct s3 *s3 = calloc(1, sizeof(*s3));

	if (s3 == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		abort();
	s3->config = config;
	pthread_mutex_init(&s3->lock, NULL);
	return s3;
}

static void free_link(struct s3_link *link)
{
	curl_easy_cleanup(link->easy);
	curl_multi_cleanup(link->multi);
	free(link);
}

void s3_free(struct s3 **s3)
{
	struct s3_link *link;

	if (*s3 == NULL)
		return;
	while ((link = (*s3)->idle) != NULL) {
		(*s3)->idle = link->next;
		free_link(link);
	}
	pthread_mutex_destroy(&(*s3)->lock);
	free(*s3);
	*s3 = NULL;
	curl_global_cleanup();
}

static struct s3_link *new_link(void)
{
	struct s3_link *link = calloc(1, sizeof(*link));

	if (link == NULL)
		abort();
	link->easy = curl_easy_init();
	link->multi = curl_multi_init();
	if (link->easy == NULL || link->multi == NULL)
		abort();
	return link;
}

static struct s3_link *take_link(struct s3 *s3)
{
	struct s3_link *link;

	pthread_mutex_lock(&s3->lock);
	link = s3->idle;
	if (link != NULL) {
		s3->idle = link->next;
		s3->count--;
	}
	pthread_mutex_unlock(&s3->lock);
	return link != NULL ? link : new_link();
}

static void give_link(struct s3 *s3, struct s3_link *link)
{
	bool kept;

	curl_easy_reset(link->easy);
	pthread_mutex_lock(&s3->lock);
	kept = s3->count < LINKS_KEPT;
	if (kept) {
		link->next = s3->idle;
		s3->idle = link;
		s3->count++;
	}
	pthread_mutex_unlock(&s3->lock);
	if (!kept)
		free_link(link);
}

const char *s3_key(const struct s3 *s3, struct arena *arena, const char *key)
{
	const char *prefix = s3->config->s3.prefix;

	return arena_printf(arena, "%s%s%s", prefix, *prefix != '\0' ? "/" : "", key);
}

/* https://bucket.host/key or https://host/bucket/key */
static const char *address_of(
    const struct config *config, struct arena *arena, const char *key, const char *query)
{
	const char *endpoint = config->s3.endpoint, *bucket = config->s3.bucket;
	const char *host = strstr(endpoint, "://") + strlen("://");
	const char *mark = *query != '\0' ? "?" : "";

	if (config->s3.path_style)
		return arena_printf(arena, "%s/%s/%s%s%s", endpoint, bucket, key, mark, query);
	return arena_printf(arena, "%.*s%s.%s/%s%s%s", (int)(host - endpoint), endpoint, bucket,
	    host, key, mark, query);
}

static size_t take_bytes(char *bytes, size_t one, size_t count, void *context)
{
	struct s3_call *call = context;
	size_t length = one * count;

	if (call->taken == call->filled)
		call->taken = call->filled = 0;
	if (length > S3_ROOM - call->filled) {
		call->paused = true;
		return CURL_WRITEFUNC_PAUSE;
	}
	memcpy(call->link->buffer + call->filled, bytes, length);
	call->filled += length;
	return length;
}

static void set_options(struct s3_call *call, const struct config *config, const char *address)
{
	CURL *easy = call->easy;

	curl_easy_setopt(easy, CURLOPT_URL, address);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->reason);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)config->s3.connect_timeout);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)config->s3.stall_timeout);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, SLOWEST);
	curl_easy_setopt(easy, CURLOPT_AWS_SIGV4,
	    arena_printf(call->object->arena, "aws:amz:%s:s3", config->s3.region));
	curl_easy_setopt(easy, CURLOPT_USERNAME, config->s3.key_id);
	curl_easy_setopt(easy, CURLOPT_PASSWORD, config->s3.key);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_bytes);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
}

void s3_call_begin(struct s3_call *call, const struct s3_object *object, const char *query)
{
	const char *key = object->key != NULL ? s3_key(object->s3, object->arena, object->key) : "";
	const struct config *config = object->s3->config;

	*call = (struct s3_call){
	    .object = object, .link = take_link(object->s3), .hash = HASH_OF_NOTHING};
	call->easy = call->link->easy;
	set_options(call, config, address_of(config, object->arena, key, query));
}

void s3_call_bring(struct s3_call *call, curl_read_callback read, curl_seek_callback seek,
    void *context, curl_off_t size, const char *hash)
{
	CURL *easy = call->easy;

	call->hash = hash;
	curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, size);
	curl_easy_setopt(easy, CURLOPT_READFUNCTION, read);
	curl_easy_setopt(easy, CURLOPT_READDATA, context);
	curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, seek);
	curl_easy_setopt(easy, CURLOPT_SEEKDATA, context);
}

/* Demanded by S3; libcurl signs it, but not every version writes it itself. */
static void add_hash(struct s3_call *call)
{
	struct curl_slist *longer = curl_slist_append(call->headers,
	    arena_printf(call->object->arena, "x-amz-content-sha256: %s", call->hash));

	if (longer == NULL)
		abort();
	call->headers = longer;
}

/* Until something has come, or it is over. */
static void drive(struct s3_call *call)
{
	CURLM *multi = call->link->multi;
	int running = 0, left;
	CURLMsg *message;

	while (!call->ended && call->taken == call->filled) {
		if (call->paused) {
			call->paused = false;
			curl_easy_pause(call->easy, CURLPAUSE_CONT);
		}
		if (curl_multi_perform(multi, &running) != CURLM_OK)
			abort(); /* out of memory, or our own bug */
		while ((message = curl_multi_info_read(multi, &left)) != NULL) {
			if (message->msg != CURLMSG_DONE)
				continue;
			call->ended = true;
			call->result = message->data.result;
		}
		if (!call->ended && call->taken == call->filled)
			curl_multi_poll(multi, NULL, 0, WAIT_MS, NULL);
	}
}

ssize_t s3_call_read(struct s3_call *call, char *bytes, size_t size)
{
	drive(call);
	if (call->taken == call->filled)
		return call->result == CURLE_OK ? 0 : -1;
	if (size > call->filled - call->taken)
		size = call->filled - call->taken;
	memcpy(bytes, call->link->buffer + call->taken, size);
	call->taken += size;
	return (ssize_t)size;
}

/* The bucket's own word for it, which stands in its XML. */
static const char *explain(struct s3_call *call, long status)
{
	static const char open[] = "<Code>";
	struct arena *arena = call->object->arena;
	char text[1024];
	ssize_t length = s3_call_read(call, text, sizeof(text) - 1);
	const char *code;

	text[length > 0 ? length : 0] = '\0';
	code = strstr(text, open);
	if (code == NULL)
		return arena_printf(arena, "it answers %ld", status);
	code += strlen(open);
	return arena_printf(arena, "it answers %ld %.*s", status,
	    (int)strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"), code);
}

const struct error *s3_call_send(struct s3_call *call)
{
	struct arena *arena = call->object->arena;
	long status = 0;

	add_hash(call);
	curl_easy_setopt(call->easy, CURLOPT_HTTPHEADER, call->headers);
	if (curl_multi_add_handle(call->link->multi, call->easy) != CURLM_OK)
		abort();
	drive(call);
	curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
	if (call->ended && call->result != CURLE_OK) {
		*call->object->why = arena_text(arena,
		    call->reason[0] != '\0' ? call->reason : curl_easy_strerror(call->result));
		return FAIL(STORAGE_UNAVAILABLE);
	}
	if (status >= 200 && status <= 299)
		return NULL;
	*call->object->why = explain(call, status);
	return status == 404 && strstr(*call->object->why, "NoSuchBucket") == NULL
		   ? FAIL(NOT_FOUND)
		   : FAIL(STORAGE_UNAVAILABLE);
}

void s3_call_end(struct s3_call *call)
{
	if (call->link == NULL)
		return;
	curl_multi_remove_handle(call->link->multi, call->easy);
	give_link(call->object->s3, call->link);
	curl_slist_free_all(call->headers);
	call->link = NULL;
}
