/* Prometheus text (exposition format 0.0.4) and health, see metrics.h. */
#include "metrics.h"
#include "feed.h"
#include "node.h"
#include "roster.h"
#include <inttypes.h>
#include <malloc.h>
#include <unistd.h>

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

static void head(FILE *out, const char *name, const char *kind, const char *help)
{
	fprintf(
	    out, "# HELP hichat_live_%s %s\n# TYPE hichat_live_%s %s\n", name, help, name, kind);
}

static void counter(FILE *out, const char *name, const char *help, uint64_t value)
{
	head(out, name, "counter", help);
	fprintf(out, "hichat_live_%s %" PRIu64 "\n", name, value);
}

static void gauge(FILE *out, const char *name, const char *help, uint64_t value)
{
	head(out, name, "gauge", help);
	fprintf(out, "hichat_live_%s %" PRIu64 "\n", name, value);
}

static uint64_t resident_bytes(void)
{
	FILE *file = fopen("/proc/self/statm", "re");
	uint64_t pages = 0;

	if (file == NULL)
		return 0;
	if (fscanf(file, "%*u %" SCNu64, &pages) != 1)
		pages = 0;
	fclose(file);
	return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void print_closes(FILE *out, const struct metrics *metrics)
{
	head(out, "closes_total", "counter", "Connections that wsd closed, by code.");
	for (size_t i = 0; i < CLOSE_COUNT; i++)
		fprintf(out, "hichat_live_closes_total{code=\"%d\",reason=\"%s\"} %" PRIu64 "\n",
		    close_table[i].code, close_table[i].text, metrics->closes[i]);
}

static void print_state(FILE *out, const struct node *node)
{
	gauge(out, "connections", "Open live connections.", node->metrics.connections);
	gauge(out, "sessions", "Sessions, connected or waiting to be resumed.",
	    node->roster->sessions.count);
	gauge(out, "users", "Users with a session here.", node->roster->users.count);
	gauge(out, "redis_up", "Whether events arrive and tickets can be checked.",
	    feed_is_ready(node->feed));
	gauge(out, "resident_bytes", "Memory of the process.", resident_bytes());
	gauge(out, "heap_bytes", "Memory in use of the allocator.", mallinfo2().uordblks);
}

void metrics_print(const struct node *node, FILE *out)
{
	const struct metrics *metrics = &node->metrics;

	print_state(out, node);
	print_closes(out, metrics);
	counter(
	    out, "connections_total", "Upgrades that were accepted.", metrics->connections_total);
	counter(out, "refused_total", "Upgrades that were refused.", metrics->refused);
	counter(out, "cut_total", "Connections that ended without a close by wsd.", metrics->cut);
	counter(out, "envelopes_total", "Messages from Redis.", metrics->envelopes);
	counter(out, "envelopes_bad_total", "Messages that made no sense.", metrics->envelopes_bad);
	counter(out, "events_queued_total", "Events queued for a session.", metrics->events_queued);
	counter(out, "events_sent_total", "Events written to sockets, replays included.",
	    metrics->events_sent);
	counter(out, "events_dropped_total", "Unacknowledged events of sessions that ended.",
	    metrics->events_dropped);
	counter(out, "sessions_dropped_total", "Sessions that ended with such events.",
	    metrics->sessions_dropped);
	counter(out, "frames_received_total", "Frames from clients.", metrics->frames_in);
	counter(out, "resumed_total", "Sessions that were resumed.", metrics->resumed);
	counter(out, "resume_failed_total", "Resumes of sessions that were gone.",
	    metrics->resume_failed);
	counter(out, "redis_returns_total", "Times that Redis came back and clients were told.",
	    node->redis_returns);
}

void metrics_print_health(const struct node *node, FILE *out)
{
	bool ready = feed_is_ready(node->feed);

	fprintf(out,
	    "{\"status\":\"%s\",\"program\":\"wsd\",\"version\":\"" PACKAGE_VERSION
	    "\",\"redis\":\"%s\",\"connections\":%" PRIu64 "}\n",
	    ready ? "ok" : "degraded", ready ? "ok" : "away", node->metrics.connections);
}
