/* One request to the bucket and its answer, for lib/s3 only. */
#ifndef HICHAT_S3_CALL_H
#define HICHAT_S3_CALL_H

#include "s3.h"
#include <curl/curl.h>

/* What libcurl gives at once, and a pause takes while the rest waits in the connection. */
#define S3_ROOM ((size_t)4 * CURL_MAX_WRITE_SIZE)

struct s3_link;

struct s3_call {
	const struct s3_object *object;
	struct s3_link *link;
	CURL *easy;
	struct curl_slist *headers;
	const char *hash; /* of the body that is sent */
	size_t taken;	  /* of what is in the link's buffer */
	size_t filled;
	bool paused;
	bool ended;
	CURLcode result;
	char reason[CURL_ERROR_SIZE];
};

/* As the bucket knows it. */
const char *s3_key(const struct s3 *s3, struct arena *arena, const char *key);

/* Ready to be sent, at the address of the object (of the bucket, when its key is NULL) with `query`
 * behind it: "" for none, else encoded and in the order of its names, as what is signed has to be.
 */
void s3_call_begin(struct s3_call *call, const struct s3_object *object, const char *query);
/* What it brings, and the SHA-256 of that; without it nothing. */
void s3_call_bring(struct s3_call *call, curl_read_callback read, curl_seek_callback seek,
    void *context, curl_off_t size, const char *hash);
/* Sends it; returns when there is a status: 2xx is success. */
const struct error *s3_call_send(struct s3_call *call);
/* The body of the answer, as a byte source has it; without logging. */
ssize_t s3_call_read(struct s3_call *call, char *bytes, size_t size);
/* Always. */
void s3_call_end(struct s3_call *call);

#endif
