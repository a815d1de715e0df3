/* libmagic, which is not made for threads. */
#include "sniff.h"
#include "arena.h"
#include "log.h"
#include <magic.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define TYPE_MAX 128

static const char NOTHING[] = "application/octet-stream";

struct sniffer {
	pthread_mutex_t lock;
	magic_t magic;
};

struct sniffer *sniffer_new(void)
{
	struct sniffer *sniffer = calloc(1, sizeof(*sniffer));

	if (sniffer == NULL)
		abort();
	pthread_mutex_init(&sniffer->lock, NULL);
	sniffer->magic = magic_open(
	    MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_CDF);
	if (sniffer->magic != NULL && magic_load(sniffer->magic, NULL) == 0)
		return sniffer;
	LOG(ERROR, "libmagic cannot be used: nothing can be uploaded",
	    LOG_FIELD(
		"reason", sniffer->magic != NULL ? magic_error(sniffer->magic) : "out of memory"));
	sniffer_free(&sniffer);
	return NULL;
}

void sniffer_free(struct sniffer **sniffer)
{
	if (*sniffer == NULL)
		return;
	if ((*sniffer)->magic != NULL)
		magic_close((*sniffer)->magic);
	pthread_mutex_destroy(&(*sniffer)->lock);
	free(*sniffer);
	*sniffer = NULL;
}

const char *sniff(struct sniffer *sniffer, struct arena *arena, struct source *source)
{
	size_t length = source_left(source, 0);
	const unsigned char *bytes = source_at(source, 0, length);
	const char *found;

	if (length == 0 || bytes == NULL)
		return NOTHING;
	pthread_mutex_lock(&sniffer->lock);
	found = magic_buffer(sniffer->magic, bytes, length);
	found = found != NULL && strlen(found) < TYPE_MAX ? arena_text(arena, found) : NOTHING;
	pthread_mutex_unlock(&sniffer->lock);
	return found;
}
