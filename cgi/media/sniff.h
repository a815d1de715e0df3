/* What type the bytes of a file are of, whatever anybody says: by libmagic. */
#ifndef HICHAT_SNIFF_H
#define HICHAT_SNIFF_H

#include "source.h"

struct arena;
struct sniffer;

/* NULL when libmagic has no database; logged. */
struct sniffer *sniffer_new(void);
void sniffer_free(struct sniffer **sniffer);

/* "image/png"; "application/octet-stream" for what is nothing in particular.  In the arena.  One
 * thread at a time asks, others wait. */
const char *sniff(struct sniffer *sniffer, struct arena *arena, struct source *source);

#endif
