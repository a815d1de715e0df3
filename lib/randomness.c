/* Random bytes. */
#include "randomness.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

void random_bytes(void *bytes, size_t size)
{
	/* Up to 256 bytes come whole once the pool is initialised. */
	while (getrandom(bytes, size, 0) != (ssize_t)size)
		if (errno != EINTR)
			abort();
}
