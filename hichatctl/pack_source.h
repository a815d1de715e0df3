/* Where the files of a sticker pack come from: a directory, or a ZIP archive that is read in place
 * and never unpacked.  Only plain names are asked for, so nothing outside of either can be reached,
 * and nothing is read beyond what the caller allows. */
#ifndef HICHAT_PACK_SOURCE_H
#define HICHAT_PACK_SOURCE_H

#include <stddef.h>

struct arena;
struct pack_source;

struct pack_file {
	const char *bytes;
	size_t length;
};

/* Closed with the arena; NULL, *why saying in words why it cannot be opened. */
struct pack_source *pack_source_open(struct arena *arena, const char *path, const char **why);

/* The whole file, in the arena; NULL, or what is wrong with it in words. */
const char *pack_source_read(struct pack_source *source, struct arena *arena, const char *name,
    size_t most, struct pack_file *file);

#endif
