/* Every code that wsd closes a connection with; wsd(8) says what a client does then.
 * The text goes into the close frame. */
#ifndef WSD_CLOSE_CODE_H
#define WSD_CLOSE_CODE_H

/* clang-format off */
#define CLOSE_TABLE(X) \
	X(GOING_AWAY,      1001, "going_away")      /* wsd stops */ \
	X(TOO_LARGE,       1009, "too_large")       /* a message over 4 KiB */ \
	X(TRY_LATER,       1013, "try_later")       /* Redis is away: no ticket can be checked */ \
	X(BAD_REQUEST,     4000, "bad_request")     /* a frame that makes no sense */ \
	X(UNAUTHENTICATED, 4001, "unauthenticated") /* the ticket is unknown, used or expired */ \
	X(HELLO_TIMEOUT,   4002, "hello_timeout")   /* no hello within 5 s */ \
	X(SESSION_ENDED,   4003, "session_ended")   /* logged out, or revoked */ \
	X(SILENT,          4007, "silent")          /* no frame within [live] silence */ \
	X(ACK_TIMEOUT,     4008, "ack_timeout")     /* events stay unacknowledged */ \
	X(TOO_SLOW,        4009, "too_slow")        /* too many events stay unacknowledged */ \
	X(REPLACED,        4010, "replaced")        /* resumed on another connection */ \
	X(REAUTHENTICATE,  4011, "reauthenticate")  /* it is time, or Redis was lost: take a new ticket */ \
	X(TOO_MANY,        4029, "too_many")        /* connections, sessions or frames */
/* clang-format on */

enum close_id {
#define X(id, code, text) CLOSE_##id,
	CLOSE_TABLE(X)
#undef X
	    CLOSE_COUNT
};

struct close_code {
	unsigned short code;
	const char *text;
};

extern const struct close_code close_table[CLOSE_COUNT];

#endif
