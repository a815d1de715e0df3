/* The thing that an entry, a timer … is a member of. */
#ifndef WSD_CONTAINER_H
#define WSD_CONTAINER_H

#include <stddef.h>

#define CONTAINER(pointer, type, member) \
	((type *)(void *)((char *)(pointer)-offsetof(type, member)))

#endif
