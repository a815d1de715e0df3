/* The stage of the tests of send batches. */
#include "send_stage.h"

#include "redis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char STAGE[] =
    "DELETE FROM message; DELETE FROM member; DELETE FROM conversation; DELETE FROM friendship;"
    "DELETE FROM block; DELETE FROM user;"
    "INSERT INTO user (id, username, username_key, nickname, nickname_key, password, created_at)"
    " VALUES (1, 'a', 'a', 'a', 'a', '', 1), (2, 'b', 'b', 'b', 'b', '', 1),"
    " (3, 'c', 'c', 'c', 'c', '', 1), (4, 'd', 'd', 'd', 'd', '', 1);"
    "INSERT INTO friendship (user_id, friend_id, since)"
    " VALUES (1, 2, 1), (2, 1, 1), (3, 4, 1), (4, 3, 1);"
    "INSERT INTO conversation (id, kind, direct_key, created_at, updated_at)"
    " VALUES (1, 'direct', '1:2', 1, 1), (2, 'direct', '3:4', 1, 1);"
    "INSERT INTO member (conversation_id, user_id, joined_at)"
    " VALUES (1, 1, 1), (1, 2, 1), (2, 3, 1), (2, 4, 1)";

static void load(struct db *db, const char *name)
{
	static char text[65536];
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", MIGRATIONS_DIRECTORY, name);
	file = fopen(path, "r");
	assert_non_null(file);
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	db_must(db, db_script(db, text));
}

int send_stage_open(void **state)
{
	struct db_fixture *fixture;

	db_fixture_open(state);
	fixture = *state;
	load(fixture->other, "0001_accounts.sql");
	load(fixture->other, "0002_friends.sql");
	load(fixture->other, "0003_conversations.sql");
	load(fixture->other, "0004_blocks_and_privacy.sql");
	load(fixture->other, "0005_groups.sql");
	load(fixture->other, "0006_message_changes.sql");
	load(fixture->other, "0007_conversation_state.sql");
	load(fixture->other, "0008_departures_and_turns.sql");
	return 0;
}

int send_stage_set(void **state)
{
	struct db_fixture *fixture = *state;

	db_fixture_reset(state);
	db_must(fixture->other, db_script(fixture->other, STAGE));
	return 0;
}

struct send_draft send_stage_draft(
    struct arena *arena, int64_t conversation, int64_t sender, const char *key, const char *body)
{
	return (struct send_draft){
	    .wanted =
		{
		    .conversation_id = conversation,
		    .seq = ABSENT,
		    .ordinal = ABSENT,
		    .sender_id = sender,
		    .client_key = key,
		    .kind = "text",
		    .body = {body},
		    .reply_to = ABSENT,
		    .mentions = {"[]"},
		    .created_at = ABSENT,
		    .edited_at = ABSENT,
		    .recalled_at = ABSENT,
		    .changed_seq = ABSENT,
		    .pinned_at = ABSENT,
		    .reactions = {"[]"},
		},
	    .arena = arena,
	};
}

struct send_means send_stage_means(struct db_fixture *fixture)
{
	return (struct send_means){
	    .arena = fixture->arena,
	    .db = fixture->db,
	    .redis = redis_new(&fixture->config, NULL),
	    .members = member_cache_new(100),
	    .standings = standing_cache_new(64),
	    .config = &fixture->config,
	};
}

void send_stage_dismiss(struct send_means *means)
{
	redis_free(&means->redis);
	member_cache_free(&means->members);
	standing_cache_free(&means->standings);
}

void send_stage_expect(struct db_fixture *fixture, const char *sql, int64_t value)
{
	int64_t found = db_fixture_int(fixture, sql, NO_PARAMS);

	if (found != value)
		fail_msg("%s: %lld", sql, (long long)found);
}
