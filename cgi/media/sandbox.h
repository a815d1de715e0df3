/* What a process may still do that handles bytes of strangers: compute, and read and write what it
 * holds open. */
#ifndef HICHAT_SANDBOX_H
#define HICHAT_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

/* Bounds memory, processor time and files; then no file can be opened, no connection made, no
 * program started.  For good.  False when that cannot be had: then better do nothing. */
bool sandbox_enter(size_t memory, unsigned seconds);

#endif
