/* BlurHash: a picture as a few waves, in 28 characters, for where it will be seen in a moment. */
#ifndef HICHAT_BLURHASH_H
#define HICHAT_BLURHASH_H

#include <stddef.h>

#define BLURHASH_LENGTH 28 /* 4 times 3 components */

/* Of width times height pixels of red, green and blue (sRGB).  Writes a NUL behind it. */
void blurhash_write(
    const unsigned char *pixels, size_t width, size_t height, char text[BLURHASH_LENGTH + 1]);

#endif
