/* What somebody makes of a single post for themselves: no more notifications of it, or a report to
 * the administrator. */
#ifndef HICHAT_ATTENTION_H
#define HICHAT_ATTENTION_H

#include "request.h"

struct report_draft {
	const char *reason;
	const char *note;
};
extern const struct record report_draft_record;

const struct error *attention_mute(struct request *req);
const struct error *attention_unmute(struct request *req);
const struct error *attention_report(struct request *req);

#endif
