/* Memory that outlives a frame or an event.  Out of memory aborts: a daemon that holds nothing
 * that a client cannot get back is better started again than half working. */
#ifndef WSD_HEAP_H
#define WSD_HEAP_H

#include <stddef.h>

void *heap_new(size_t size); /* zeroed; give it back with free() */
/* `block`, or a new one when NULL, as room for `count` items of `size`. */
void *heap_resize(void *block, size_t count, size_t size);

#endif
