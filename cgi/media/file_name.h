/* The names of files as people give them, made harmless, and as headers carry them. */
#ifndef HICHAT_FILE_NAME_H
#define HICHAT_FILE_NAME_H

#include <stdbool.h>

struct arena;

#define FILE_NAME_MAX 255 /* code points */

/* The last part of a path, without control characters, marks of direction and what file systems
 * refuse; NULL when nothing is left, or it is not UTF-8.  In the arena. */
const char *file_name_clean(struct arena *arena, const char *name);

/* Content-Disposition (RFC 6266) of an attachment, or of something to be shown; `name` may be
 * NULL. */
const char *file_name_disposition(struct arena *arena, const char *name, bool attachment);

#endif
