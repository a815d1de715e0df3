/* The text of one frame, shared by everybody who gets it: made once, queued by reference. */
#ifndef WSD_PAYLOAD_H
#define WSD_PAYLOAD_H

#include <stddef.h>

/* libwebsockets writes the frame's header into the bytes before the text. */
#define PAYLOAD_HEADROOM 16

struct payload {
	unsigned references;
	unsigned length;
	unsigned char bytes[]; /* PAYLOAD_HEADROOM, then the text */
};

struct payload *payload_new(const char *text, size_t length); /* one reference */
struct payload *payload_share(struct payload *payload);	      /* one more */
void payload_release(struct payload **payload);		      /* one less; NULL is fine */
unsigned char *payload_text(struct payload *payload);

#endif
