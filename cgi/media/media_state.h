/* What all workers of the program share. */
#ifndef HICHAT_MEDIA_STATE_H
#define HICHAT_MEDIA_STATE_H

#include "media_store.h"
#include "picture.h"
#include "sniff.h"

struct media_state {
	struct sniffer *sniffer; /* NULL: nothing can be uploaded */
	struct picture_maker *pictures;
	struct media_store *store;
};

#endif
