/* Which reader reads what. */
#include "format.h"

#include <string.h>

static const struct {
	const char *type;
	format_reader *read;
} readers[] = {
    {"image/jpeg", jpeg_read},
    {"image/png", png_read},
    {"image/gif", gif_read},
    {"image/webp", webp_read},
    {"audio/ogg", ogg_read},
    {"video/webm", webm_read},
    {"video/mp4", mp4_read},
    {"video/quicktime", mp4_read},
    {"audio/x-m4a", mp4_read},
    {"audio/mp4", mp4_read},
    {"video/x-m4v", mp4_read},
    {"video/3gpp", mp4_read},
    {"video/3gpp2", mp4_read},
};

format_reader *format_reader_of(const char *type)
{
	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		if (strcmp(readers[i].type, type) == 0)
			return readers[i].read;
	return NULL;
}
