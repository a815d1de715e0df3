/* The configuration, see config.h: the table of every key, and what has to fit together.  How
 * values are read is in config_reader.c, what makes one acceptable in config_check.c. */
#include "config.h"
#include "arena.h"
#include "config_check.h"
#include "config_reader.h"
#include "password.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#ifndef HICHAT_CONFIG_PATH
#define HICHAT_CONFIG_PATH "/etc/hichat/hichat.conf"
#endif

#define DAY INT64_C(86400)
#define GIB (INT64_C(1) << 30)

/* clang-format off */
/* NOLINTBEGIN(bugprone-macro-parentheses): members and initializers, not expressions */
#define KEY(a, b, least, most, initial, marks, test) \
	{ \
		.section = #a, .name = #b, .offset = offsetof(struct config, a.b), \
		.kind = _Generic(((struct config *)0)->a.b, \
		    const char *: KEY_TEXT, int64_t: KEY_INT, bool: KEY_BOOL), \
		.min = least, .max = most, .fallback = initial, .flags = marks, .check = test \
	}
#define TEXT(section, name, min, max, fallback, flags, check) \
	KEY(section, name, min, max, fallback, flags, check)
#define INT(section, name, min, max, fallback) KEY(section, name, min, max, fallback, 0, NULL)
#define BOOL(section, name, fallback) KEY(section, name, 0, 1, fallback, 0, NULL)
/* NOLINTEND(bugprone-macro-parentheses) */
/* clang-format on */

static const struct config_key keys[] = {
    TEXT(database, host, 1, 255, "localhost", 0, NULL),
    INT(database, port, 1, 65535, "3306"),
    TEXT(database, socket, 0, 107, "", 0, check_socket),
    TEXT(database, user, 1, 80, "hichat", 0, NULL),
    TEXT(database, password, 0, 180, "", KEY_SECRET, NULL),
    TEXT(database, name, 1, 64, "hichat", 0, NULL),
    INT(database, connect_timeout, 1, 60, "3"),
    INT(database, query_timeout, 1, 300, "10"),

    BOOL(redis, enabled, "yes"),
    TEXT(redis, host, 1, 255, "127.0.0.1", 0, NULL),
    INT(redis, port, 1, 65535, "6379"),
    TEXT(redis, socket, 0, 107, "", 0, check_socket),
    TEXT(redis, password, 0, 180, "", KEY_SECRET, NULL),
    TEXT(redis, prefix, 1, 32, "hichat", 0, check_prefix),
    INT(redis, timeout_ms, 1, 10000, "250"),

    TEXT(auth, token_keys, 0, 4096, "", KEY_SECRET | KEY_LIST, NULL),
    TEXT(auth, issuer, 1, 64, "hichat", 0, NULL),
    INT(auth, access_ttl, 30, DAY, "600"),
    INT(auth, refresh_ttl, 300, 3650 * DAY, "2592000"),
    BOOL(auth, secure_cookies, "yes"),
    INT(auth, scrypt_ln, 10, 20, "14"),
    INT(auth, scrypt_r, 1, 32, "8"),
    INT(auth, scrypt_p, 1, 16, "5"),

    INT(account, erase_days, 0, 365, "7"),

    TEXT(log, destination, 1, 180, "stderr", 0, check_destination),
    TEXT(log, level, 1, 16, "info", 0, check_level),

    INT(serve, workers, 0, 256, "0"),
    INT(serve, max_body, 1024, 262144, "65536"),
    TEXT(serve, runtime_directory, 1, 180, "/run/hichat", 0, check_directory),

    INT(chat, batch, 1, 1024, "128"),
    INT(chat, recall_window, 0, 3650 * DAY, "120"),
    INT(chat, edit_window, 0, 3650 * DAY, "86400"),

    INT(social, group_size, 2, 10000, "500"),

    TEXT(live, url, 0, 180, "/live", 0, check_url),
    TEXT(live, listen, 1, 180, "127.0.0.1:7071", 0, check_listen),
    TEXT(live, metrics_listen, 0, 180, "127.0.0.1:7072", 0, check_listen),
    TEXT(live, origins, 0, 4096, "", KEY_LIST, check_origins),
    INT(live, heartbeat, 1, 300, "25"),
    INT(live, silence, 2, 900, "60"),
    INT(live, ack_timeout, 1, 300, "15"),
    INT(live, linger, 0, 3600, "120"),
    INT(live, reauthenticate, 30, DAY, "900"),
    INT(live, queue_events, 32, 100000, "1000"),
    INT(live, queue_bytes, 65536, 67108864, "1048576"),
    INT(live, max_connections, 1, 1000000, "20000"),
    INT(live, per_user, 1, 1000, "20"),
    BOOL(live, poll_files, "no"),
    TEXT(live, poll_directory, 1, 180, "/run/hichat/poll", 0, check_directory),
    TEXT(live, poll_url, 2, 180, "/poll", 0, check_path),

    TEXT(media, store, 1, 16, "directory", 0, check_store),
    TEXT(media, path, 1, 180, "/var/lib/hichat/media", 0, check_directory),
    INT(media, piece_size, 16384, 8388608, "98304"),
    INT(media, image_size, 1024, GIB, "20971520"),
    INT(media, voice_size, 1024, GIB, "10485760"),
    INT(media, video_size, 1024, 64 * GIB, "209715200"),
    INT(media, file_size, 1024, 64 * GIB, "209715200"),
    INT(media, sticker_size, 1024, GIB, "1048576"),
    INT(media, max_pixels, 10000, 10000000000, "100000000"),
    INT(media, quota, 0, INT64_C(1) << 50, "2147483648"),
    INT(media, url_lifetime, 60, 7 * DAY, "3600"),
    INT(media, keep_unused, 60, 365 * DAY, "86400"),
    BOOL(media, sendfile, "no"),

    TEXT(s3, endpoint, 0, 180, "", 0, check_endpoint),
    TEXT(s3, region, 1, 64, "us-east-1", 0, check_prefix),
    TEXT(s3, bucket, 0, 63, "", 0, check_prefix),
    TEXT(s3, prefix, 0, 180, "", 0, check_key_prefix),
    TEXT(s3, key_id, 0, 180, "", 0, NULL),
    TEXT(s3, key, 0, 180, "", KEY_SECRET, NULL),
    BOOL(s3, path_style, "yes"),
    INT(s3, connect_timeout, 1, 60, "3"),
    INT(s3, stall_timeout, 1, 300, "10"),

    INT(limits, login_account, 0, 1000000, "10"),
    INT(limits, login_address, 0, 1000000, "100"),
    INT(limits, registrations, 0, 1000000, "20"),
    INT(limits, sends, 0, 1000000, "240"),
    INT(limits, searches, 0, 1000000, "60"),
    INT(limits, friend_requests, 0, 1000000, "60"),
    INT(limits, groups, 0, 1000000, "20"),
    INT(limits, group_requests, 0, 1000000, "60"),
    INT(limits, group_changes, 0, 1000000, "120"),
    INT(limits, uploads, 0, 1000000, "300"),
    INT(limits, posts, 0, 1000000, "60"),
    INT(limits, interactions, 0, 1000000, "120"),
};

#define KEY_COUNT (sizeof keys / sizeof keys[0])

/* A member of struct config that has no key would silently stay zero.  Where pointers have eight
 * bytes every member takes eight, so counting them is enough. */
_Static_assert(sizeof(void *) != 8 || sizeof(struct config) == 8 * KEY_COUNT,
    "each member of struct config needs a line in keys[]");

/* What config_load() returns is the first member, so that config_free() finds the arena. */
struct loaded {
	struct config config;
	struct arena *arena;
};

/* What one request can bring there. */
#define OBJECT_MAX (5 * GIB)

static void check_bucket(struct config_reader *reader)
{
	const struct config *config = reader->values;

	if (strcmp(config->media.store, "s3") != 0)
		return;
	if (*config->s3.endpoint == '\0' || *config->s3.bucket == '\0' ||
	    *config->s3.key_id == '\0' || *config->s3.key == '\0')
		config_mistake(
		    reader, "[media] store = s3 needs endpoint, bucket, key_id and key in [s3]");
	if (config->media.video_size > OBJECT_MAX || config->media.file_size > OBJECT_MAX)
		config_mistake(reader,
		    "[media] store = s3 takes no video_size and file_size above %lld",
		    (long long)OBJECT_MAX);
}

static void check_together(struct config_reader *reader)
{
	const struct config *config = reader->values;
	int64_t memory = config->auth.scrypt_r << (config->auth.scrypt_ln + 7);

	if (config->live.silence <= config->live.heartbeat)
		config_mistake(reader, "[live] silence = %lld must be more than heartbeat = %lld",
		    (long long)config->live.silence, (long long)config->live.heartbeat);
	if (config->auth.refresh_ttl <= config->auth.access_ttl)
		config_mistake(reader,
		    "[auth] refresh_ttl = %lld must be more than access_ttl = %lld",
		    (long long)config->auth.refresh_ttl, (long long)config->auth.access_ttl);
	if (memory > PASSWORD_MEMORY_MAX)
		config_mistake(reader,
		    "[auth] scrypt_ln and scrypt_r ask for %lld MiB a password, at most %d are "
		    "possible",
		    (long long)(memory >> 20), PASSWORD_MEMORY_MAX >> 20);
	if (*config->live.metrics_listen != '\0' &&
	    strcmp(config->live.listen, config->live.metrics_listen) == 0)
		config_mistake(reader,
		    "[live] listen and metrics_listen are both %s: give each its own",
		    config->live.listen);
	check_bucket(reader);
}

struct config *config_load(const char *path, FILE *mistakes)
{
	struct arena *arena = arena_new();
	struct loaded *loaded = arena_alloc(arena, sizeof *loaded);
	struct config_reader reader = {
	    .keys = keys,
	    .key_count = KEY_COUNT,
	    .given = arena_array(arena, KEY_COUNT, sizeof *reader.given),
	    .values = &loaded->config,
	    .arena = arena,
	    .path = path,
	    .mistakes = mistakes,
	};

	loaded->arena = arena;
	if (reader.path == NULL)
		reader.path = getenv("HICHAT_CONFIG");
	if (reader.path == NULL || *reader.path == '\0')
		reader.path = HICHAT_CONFIG_PATH;
	config_read_fallbacks(&reader);
	config_read_file(&reader);
	config_read_environment(&reader);
	check_together(&reader);
	if (!reader.failed)
		return &loaded->config;
	arena_free(&arena);
	return NULL;
}

void config_free(struct config **config)
{
	struct arena *arena;

	if (*config == NULL)
		return;
	arena = ((struct loaded *)*config)->arena;
	*config = NULL;
	arena_free(&arena);
}

void config_print(const struct config *config, FILE *out)
{
	for (const struct config_key *key = keys; key < keys + KEY_COUNT; key++) {
		const void *value = (const char *)config + key->offset;

		fprintf(out, "%s.%s = ", key->section, key->name);
		if (key->kind == KEY_INT)
			fprintf(out, "%lld\n", (long long)*(const int64_t *)value);
		else if (key->kind == KEY_BOOL)
			fprintf(out, "%s\n", *(const bool *)value ? "yes" : "no");
		else if ((key->flags & KEY_SECRET) != 0)
			fprintf(out, "%s\n",
			    **(const char *const *)value != '\0' ? "(set)" : "(not set)");
		else
			fprintf(out, "%s\n", *(const char *const *)value);
	}
}
