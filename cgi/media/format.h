/* The formats that are known by their structure.  Each reader follows the structure of a file to
 * its very end without decoding it, so what is cut short, damaged where it can be seen, or followed
 * by something else is refused, and says what is to be kept: everything but metadata. */
#ifndef HICHAT_FORMAT_H
#define HICHAT_FORMAT_H

#include "arena.h"
#include "rewrite.h"
#include "source.h"

struct format_facts {
	const char *type; /* a constant; of containers audio/… or video/… by what is in them */
	int64_t width;	  /* upright; 0: none */
	int64_t height;
	int64_t pixels; /* of all frames together */
	bool animated;
	bool sound;
	bool picture;	     /* a container has a track of pictures */
	int64_t duration_ms; /* -1: none */
};

/* NULL, or what is wrong, a constant for the log. */
typedef const char *format_reader(
    struct source *source, struct format_facts *facts, struct rewrite *kept);

format_reader jpeg_read, png_read, gif_read, webp_read, ogg_read, webm_read, mp4_read;

/* By a type that was found in a file: "image/jpeg" and so on, NULL when it is none of these. */
format_reader *format_reader_of(const char *type);

#endif
