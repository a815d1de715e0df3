/* Headers of one value each as structured fields write them (RFC 9651): what uploads in pieces
 * take. */
#ifndef HICHAT_STRUCTURED_FIELD_H
#define HICHAT_STRUCTURED_FIELD_H

#include <stdbool.h>
#include <stdint.h>

/* False, *value undefined, when it is not of this form; NULL is not. */
bool structured_flag(const char *text, bool *value);
bool structured_count(const char *text, int64_t *value); /* an integer, not negative */

#endif
