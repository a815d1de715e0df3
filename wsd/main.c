/* wsd: holds live connections and carries events to them.  Options, signals, the loop, and the
 * life of the parts. */
#include "arena.h"
#include "audience.h"
#include "clock.h"
#include "config.h"
#include "connection.h"
#include "feed.h"
#include "hello.h"
#include "log.h"
#include "node.h"
#include "parting.h"
#include "presence.h"
#include "recipients.h"
#include "reload.h"
#include "resync.h"
#include "roster.h"
#include "server.h"
#include "session.h"
#include "watch.h"
#include "wheel.h"
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

#define SIGNALS 3
#define STOP_MS 5000 /* for close frames to go out and be answered */

/* What lives on the loop beside the parts. */
struct daemon {
	struct node node;
	uv_loop_t loop;
	uv_timer_t ticker;
	uv_signal_t signals[SIGNALS];
	const char *config_path;
	struct config *config;
	int64_t stop_at; /* monotonic ms, 0: not stopping */
};

static void tick(uv_timer_t *ticker)
{
	struct daemon *daemon = ticker->data;
	struct node *node = &daemon->node;
	int64_t now = clock_monotonic_ms();

	wheel_advance(node->wheel, now);
	if (daemon->stop_at != 0 && (now >= daemon->stop_at || (node->metrics.connections == 0 &&
								   feed_is_flushed(node->feed))))
		uv_stop(&daemon->loop);
}

/* Everybody is told to come back; the loop ends when they are gone. */
static void stop(uv_signal_t *signal, int number)
{
	struct daemon *daemon = signal->data;

	if (daemon->stop_at != 0) {
		uv_stop(&daemon->loop);
		return;
	}
	LOG(INFO, "stopping", LOG_FIELD("signal", (const char *)strsignal(number)),
	    LOG_FIELD("connections", (size_t)daemon->node.metrics.connections));
	daemon->stop_at = clock_monotonic_ms() + STOP_MS;
	presence_depart_all(daemon->node.presence);
	daemon->node.stopping = true;
	session_end_all(&daemon->node);
	server_wake_all(daemon->node.server);
}

static void hang_up(uv_signal_t *signal, int number)
{
	struct daemon *daemon = signal->data;

	(void)number;
	reload(&daemon->node, &daemon->config, daemon->config_path);
}

static void daemon_watch(struct daemon *daemon)
{
	static const struct {
		int number;
		uv_signal_cb act;
	} signals[SIGNALS] = {{SIGTERM, stop}, {SIGINT, stop}, {SIGHUP, hang_up}};

	for (size_t i = 0; i < SIGNALS; i++) {
		uv_signal_init(&daemon->loop, &daemon->signals[i]);
		daemon->signals[i].data = daemon;
		uv_signal_start(&daemon->signals[i], signals[i].act, signals[i].number);
	}
	uv_timer_init(&daemon->loop, &daemon->ticker);
	daemon->ticker.data = daemon;
	uv_timer_start(&daemon->ticker, tick, WHEEL_TICK_MS, WHEEL_TICK_MS);
}

static bool daemon_start(struct daemon *daemon)
{
	struct node *node = &daemon->node;

	uv_loop_init(&daemon->loop);
	node->loop = &daemon->loop;
	node->config = daemon->config;
	node->scratch = arena_new();
	node->wheel = wheel_new(clock_monotonic_ms());
	node->checks = checks_new();
	node->roster = roster_new();
	node->watches = watches_new();
	node->audiences = audiences_new();
	node->recipients = recipients_new();
	node->partings = partings_new();
	node->presence = presence_new(node);
	node->resync = resync_new(node);
	node->feed = feed_new(node);
	node->server = server_new(node);
	daemon_watch(daemon);
	return server_start(node->server);
}

/* In the order in which they need each other. */
static void daemon_end(struct daemon *daemon)
{
	struct node *node = &daemon->node;

	node->stopping = true;
	session_end_all(node);
	server_stop(node->server);
	feed_free(&node->feed);
	resync_free(&node->resync);
	presence_free(&node->presence);
	partings_free(&node->partings);
	recipients_free(&node->recipients);
	audiences_free(&node->audiences);
	watches_free(&node->watches);
	roster_free(&node->roster);
	checks_free(&node->checks);
	uv_close((uv_handle_t *)&daemon->ticker, NULL);
	for (size_t i = 0; i < SIGNALS; i++)
		uv_close((uv_handle_t *)&daemon->signals[i], NULL);
	uv_run(&daemon->loop, UV_RUN_DEFAULT);
	uv_loop_close(&daemon->loop);
	server_free(&node->server);
	wheel_free(&node->wheel);
	arena_free(&node->scratch);
	config_free(&daemon->config);
}

static void usage(FILE *out)
{
	fputs("usage: wsd [--config PATH]\n"
	      "       wsd --version | --help\n"
	      "Holds the live connections of HiChat; see wsd(8) and hichat.conf(5).\n",
	    out);
}

/* False: the process is done, with *status. */
static bool read_options(int count, char **words, const char **config_path, int *status)
{
	static const struct option options[] = {
	    {"config", required_argument, NULL, 'c'},
	    {"version", no_argument, NULL, 'v'},
	    {"help", no_argument, NULL, 'h'},
	    {NULL, 0, NULL, 0},
	};
	int option;

	while ((option = getopt_long(count, words, "", options, NULL)) != -1) {
		if (option == 'c') {
			*config_path = optarg;
			continue;
		}
		if (option == 'v')
			puts("wsd (HiChat) " PACKAGE_VERSION);
		else
			usage(option == 'h' ? stdout : stderr);
		*status = option == '?' ? EXIT_FAILURE : EXIT_SUCCESS;
		return false;
	}
	if (optind == count)
		return true;
	usage(stderr);
	*status = EXIT_FAILURE;
	return false;
}

static struct config *read_config(const char *path)
{
	struct config *config = config_load(path, stderr);

	if (config == NULL) {
		fputs("wsd: not started: the configuration is not usable\n", stderr);
		return NULL;
	}
	if (!config->redis.enabled) {
		fputs("wsd: not started: [redis] enabled is no, and wsd needs Redis\n", stderr);
		config_free(&config);
		return NULL;
	}
	if (!reload_log(config))
		fprintf(stderr, "wsd: cannot open the log %s, logging to stderr\n",
		    config->log.destination);
	return config;
}

int main(int count, char **words)
{
	struct daemon daemon = {0};
	int status = EXIT_SUCCESS;

	if (!read_options(count, words, &daemon.config_path, &status))
		return status;
	daemon.config = read_config(daemon.config_path);
	if (daemon.config == NULL)
		return EXIT_FAILURE;
	signal(SIGPIPE, SIG_IGN);
	srandom((unsigned)(clock_wall_ms() ^ getpid()));
	if (daemon_start(&daemon)) {
		LOG(INFO, "started", LOG_FIELD("version", PACKAGE_VERSION));
		uv_run(&daemon.loop, UV_RUN_DEFAULT);
	} else {
		status = EXIT_FAILURE;
	}
	daemon_end(&daemon);
	LOG(INFO, "stopped");
	log_close();
	return status;
}
