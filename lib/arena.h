/* Everything one request allocates or opens.  Nothing is freed by hand:
 * arena_reset() releases it all, newest first.  Out of memory aborts. */
#ifndef HICHAT_ARENA_H
#define HICHAT_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena **arena);
void arena_reset(struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size); /* zeroed, aligned for any type */
void *arena_array(struct arena *arena, size_t count, size_t size); /* zeroed; overflow aborts */
void *arena_copy(struct arena *arena, const void *bytes, size_t size);
char *arena_text(struct arena *arena, const char *text);		   /* NULL stays NULL */
char *arena_text_n(struct arena *arena, const char *bytes, size_t length); /* adds the NUL */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Calls release(object) at the next reset or free, before memory allocated earlier goes. */
void arena_defer(struct arena *arena, void (*release)(void *), void *object);

#endif
