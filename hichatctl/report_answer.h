/* What an administrator decides about a report, told to both sides: to whoever reported the post in
 * any case, to its author when it is deleted. */
#ifndef HICHAT_REPORT_ANSWER_H
#define HICHAT_REPORT_ANSWER_H

#include "tool.h"

struct report_outcome {
	int64_t post_id;
	bool erased;	/* the post was there until now */
	size_t reports; /* that are closed by this */
};

/* The post stays; 404 not_found when the report is not open. */
const struct error *report_dismiss(
    struct tool *tool, int64_t report, struct report_outcome *outcome);
/* The post goes, as if its author had deleted it, and with it all reports of it. */
const struct error *report_uphold(
    struct tool *tool, int64_t report, struct report_outcome *outcome);

#endif
