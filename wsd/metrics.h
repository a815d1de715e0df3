/* What a node counts, and how it tells it: Prometheus text and a health line. */
#ifndef WSD_METRICS_H
#define WSD_METRICS_H

#include "close_code.h"
#include <stdint.h>
#include <stdio.h>

struct node;

struct metrics {
	uint64_t connections_total;
	uint64_t refused;	   /* upgrades that the gate refused */
	uint64_t connections;	   /* open now */
	uint64_t envelopes;	   /* from Redis */
	uint64_t envelopes_bad;	   /* … that made no sense */
	uint64_t events_queued;	   /* one event for one session */
	uint64_t events_sent;	   /* written to a socket, replays too */
	uint64_t sessions_dropped; /* with events in them: their clients sync over REST */
	uint64_t events_dropped;   /* … those events */
	uint64_t frames_in;
	uint64_t resumed, resume_failed;
	uint64_t cut; /* connections that ended without a close of ours */
	uint64_t closes[CLOSE_COUNT];
};

void metrics_print(const struct node *node, FILE *out);
void metrics_print_health(const struct node *node, FILE *out);

#endif
