/* The table of purposes. */
#include "purpose.h"

#include <stddef.h>
#include <string.h>

static const char *const image_types[] = {
    "image/jpeg", "image/png", "image/webp", "image/gif", NULL};
static const char *const voice_types[] = {"audio/ogg", "audio/webm", "audio/mp4", NULL};
static const char *const video_types[] = {"video/mp4", "video/webm", "video/quicktime", NULL};

struct purpose {
	const char *name;
	size_t limit; /* of its size: where in the configuration */
	const char *const *types;
};

static const struct purpose purposes[] = {
    {"image", offsetof(struct config, media.image_size), image_types},
    {"voice", offsetof(struct config, media.voice_size), voice_types},
    {"video", offsetof(struct config, media.video_size), video_types},
    {PURPOSE_FILE, offsetof(struct config, media.file_size), NULL},
    {"avatar", offsetof(struct config, media.image_size), image_types},
    {PURPOSE_STICKER, offsetof(struct config, media.sticker_size), image_types},
};
#define COUNT (sizeof(purposes) / sizeof(purposes[0]))

const struct purpose *purpose_at(size_t index)
{
	return index < COUNT ? &purposes[index] : NULL;
}

const struct purpose *purpose_named(const char *name)
{
	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(purposes[i].name, name) == 0)
			return &purposes[i];
	return NULL;
}

const char *purpose_name(const struct purpose *purpose)
{
	return purpose->name;
}

const char *const *purpose_types(const struct purpose *purpose)
{
	return purpose->types;
}

bool purpose_is_picture(const struct purpose *purpose)
{
	return purpose->types == image_types;
}

int64_t purpose_limit(const struct purpose *purpose, const struct config *config)
{
	return *(const int64_t *)((const char *)config + purpose->limit);
}

/* Containers have several names, also by what is in them. */
static const char *family(const char *type, size_t length)
{
	static const struct {
		const char *type;
		const char *family;
	} names[] = {
	    {"image/jpg", "image/jpeg"},
	    {"image/pjpeg", "image/jpeg"},
	    {"application/ogg", "ogg"},
	    {"audio/ogg", "ogg"},
	    {"audio/opus", "ogg"},
	    {"audio/webm", "webm"},
	    {"video/webm", "webm"},
	    {"audio/mp4", "mp4"},
	    {"audio/m4a", "mp4"},
	    {"audio/x-m4a", "mp4"},
	    {"audio/aac", "mp4"},
	    {"video/mp4", "mp4"},
	    {"video/x-m4v", "mp4"},
	    {"video/quicktime", "mp4"},
	    {"video/3gpp", "mp4"},
	    {"video/3gpp2", "mp4"},
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i].type) == length &&
		    strncasecmp(names[i].type, type, length) == 0)
			return names[i].family;
	return NULL;
}

bool purpose_claim_holds(const char *claim, const char *found)
{
	static const char nothing[] = "application/octet-stream";
	size_t length = strcspn(claim, "; \t");
	const char *claimed = family(claim, length);
	const char *is = family(found, strlen(found));

	if (length == strlen(nothing) && strncasecmp(claim, nothing, length) == 0)
		return true;
	if (claimed != NULL && is != NULL)
		return strcmp(claimed, is) == 0;
	if (claimed != NULL)
		return strcmp(claimed, found) == 0;
	return length == strlen(found) && strncasecmp(claim, found, length) == 0;
}

static bool takes_type(const struct purpose *purpose, const char *type)
{
	for (const char *const *known = purpose->types; *known != NULL; known++)
		if (strcmp(*known, type) == 0)
			return true;
	return false;
}

const struct error *purpose_check(
    const struct purpose *purpose, const struct config *config, const struct format_facts *facts)
{
	if (!takes_type(purpose, facts->type))
		return FAIL(UNSUPPORTED_TYPE);
	if (facts->width > SIDE_MAX || facts->height > SIDE_MAX ||
	    facts->pixels > config->media.max_pixels)
		return FAIL(MEDIA_TOO_COMPLEX);
	return NULL;
}
