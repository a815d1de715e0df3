/* What carries speed: Redis and wsd.  Without them clients poll, which is worth a warning. */
#include "probe.h"
#include "verdict.h"

static void check_redis(struct check *check)
{
	struct tool *tool = check->tool;

	if (!tool->config->redis.enabled)
		verdict(
		    check, VERDICT_OK, "redis", "not used ([redis] enabled = no), clients poll");
	else if (redis_ping(tool->redis))
		verdict(check, VERDICT_OK, "redis", "answers");
	else
		verdict(check, VERDICT_FAILED, "redis", "%s. Until it is back clients poll",
		    redis_reason(tool->redis));
}

static void check_wsd(struct check *check)
{
	const struct config *config = check->tool->config;
	const char *listen = config->live.metrics_listen, *why;
	int status;

	if (*config->live.url == '\0') {
		verdict(check, VERDICT_OK, "wsd", "not used ([live] url is empty), clients poll");
		return;
	}
	if (*listen == '\0') {
		verdict(check, VERDICT_WARNING, "wsd",
		    "cannot be asked: [live] metrics_listen is empty");
		return;
	}
	status = probe_http(check->tool->arena, listen, "/health", &why);
	if (status == 200)
		verdict(check, VERDICT_OK, "wsd", "healthy at %s", listen);
	else if (status != 0)
		verdict(check, VERDICT_FAILED, "wsd", "not healthy: /health at %s answers %d",
		    listen, status);
	else
		verdict(check, VERDICT_FAILED, "wsd", "%s: %s. Until it is back clients poll",
		    listen, why);
}

void check_live(struct check *check)
{
	check_redis(check);
	check_wsd(check);
}
