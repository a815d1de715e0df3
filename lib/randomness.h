/* Random bytes for secrets, from the kernel. */
#ifndef HICHAT_RANDOMNESS_H
#define HICHAT_RANDOMNESS_H

#include <stddef.h>

/* At most 256 bytes.  Ends the program rather than return without them: no secret is worth
 * anything then. */
void random_bytes(void *bytes, size_t size);

#endif
