/* malloc() that cannot fail, see heap.h. */
#include "heap.h"
#include <stdio.h>
#include <stdlib.h>

static void *sure(void *block)
{
	if (block == NULL) {
		fputs("out of memory\n", stderr);
		abort();
	}
	return block;
}

void *heap_new(size_t size)
{
	return sure(calloc(1, size));
}

void *heap_resize(void *block, size_t count, size_t size)
{
	return sure(reallocarray(block, count, size));
}
