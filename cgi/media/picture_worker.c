/* The program `picture`: an image on standard input, small pictures of it on standard output.
 *
 * Decoders are where hostile files do harm, so this is a process of its own, for one image, that
 * can do nothing but compute.  It is started by media for each, and killed if it takes too long.
 *
 * By libvips, which reads and scales in a stream and shrinks while it decodes: 26 packages at run
 * time on Debian.  libgd has fewer, but turns nothing upright, and holds a whole image in memory.
 */
#include "blurhash.h"
#include "picture_output.h"
#include "sandbox.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>
#include <vips/vips.h>

#include <vips/vector.h>

#define MEMORY ((size_t)1 << 30)
#define SECONDS 20
#define QUALITY 80
#define TINY 32 /* pixels, for the placeholder */

struct blob {
	void *bytes;
	size_t length;
};

/* Upright, in sRGB, no larger than `side`, never enlarged. */
static VipsImage *shrink(VipsImage *image, int side)
{
	VipsImage *small = NULL;

	if (image == NULL || vips_thumbnail_image(image, &small, side, "height", side, "size",
				 VIPS_SIZE_DOWN, NULL) != 0)
		return NULL;
	return small;
}

static VipsImage *load(int side)
{
	VipsSource *source = vips_source_new_from_descriptor(STDIN_FILENO);
	VipsImage *image = NULL;

	/* Its own "fail_on" does not reach the decoder. */
	if (source == NULL ||
	    vips_thumbnail_source(source, &image, side, "height", side, "size", VIPS_SIZE_DOWN,
		"export_profile", "srgb", "option_string", "fail_on=error", NULL) != 0)
		return NULL;
	image = vips_image_copy_memory(image);
	/* sRGB is what is taken for granted: its profile would be larger than a thumbnail. */
	if (image != NULL)
		(void)vips_image_remove(image, VIPS_META_ICC_NAME);
	return image;
}

static bool encode(VipsImage *image, struct blob *blob)
{
	return image != NULL && vips_webpsave_buffer(image, &blob->bytes, &blob->length, "Q",
				    QUALITY, "strip", TRUE, NULL) == 0;
}

/* White shines through, as the page does. */
static bool describe(VipsImage *image, char text[BLURHASH_LENGTH + 1])
{
	VipsArrayDouble *white = vips_array_double_newv(1, 255.0);
	VipsImage *colours = NULL, *flat = NULL, *bytes = NULL;
	unsigned char *pixels;
	size_t length;

	if (image == NULL || vips_colourspace(image, &colours, VIPS_INTERPRETATION_sRGB, NULL) != 0)
		return false;
	flat = colours;
	if (vips_image_hasalpha(colours) &&
	    vips_flatten(colours, &flat, "background", white, NULL) != 0)
		return false;
	if (vips_cast(flat, &bytes, VIPS_FORMAT_UCHAR, NULL) != 0 ||
	    vips_image_get_bands(bytes) != 3)
		return false;
	pixels = vips_image_write_to_memory(bytes, &length);
	if (pixels == NULL)
		return false;
	blurhash_write(pixels, (size_t)vips_image_get_width(bytes),
	    (size_t)vips_image_get_height(bytes), text);
	return true;
}

static bool put(const void *bytes, size_t length)
{
	const char *next = bytes;

	while (length > 0) {
		ssize_t count = write(STDOUT_FILENO, next, length);

		if (count <= 0)
			return false;
		next += count;
		length -= (size_t)count;
	}
	return true;
}

static int work(int side)
{
	VipsImage *preview = load(side);
	VipsImage *thumbnail = shrink(preview, PICTURE_THUMBNAIL);
	struct picture_head head = {.magic = PICTURE_MAGIC};
	struct blob large = {NULL, 0}, small = {NULL, 0};

	if (!encode(preview, &large) || !encode(thumbnail, &small) ||
	    !describe(shrink(thumbnail, TINY), head.placeholder))
		return PICTURE_REFUSED;
	head.thumbnail = (uint32_t)small.length;
	head.preview = (uint32_t)large.length;
	if (!put(&head, sizeof(head)) || !put(small.bytes, small.length) ||
	    !put(large.bytes, large.length))
		return PICTURE_FAILED;
	return PICTURE_DONE;
}

int main(int argc, char **argv)
{
	int side = argc == 2 ? (int)strtol(argv[1], NULL, 10) : 0;

	if (side < PICTURE_THUMBNAIL || vips_init(argv[0]) != 0)
		return PICTURE_FAILED;
	vips_block_untrusted_set(TRUE);
	vips_concurrency_set(1);
	vips_vector_set_enabled(FALSE);
	if (!sandbox_enter(MEMORY, SECONDS))
		return PICTURE_FAILED;
	/* Nothing is tidied up: the process ends, and may do nothing else. */
	_exit(work(side));
}
