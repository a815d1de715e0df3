/* Batches of sends on a real database: what they store and what they refuse. */
#include "send_stage.h"

#include "arena.h"
#include "send_batch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* One batch, without a queue. */
static enum send_result commit_with(
    struct send_means *means, struct send_draft *drafts, size_t count)
{
	struct send_draft *batch[16];

	assert_true(count <= COUNT(batch));
	for (size_t i = 0; i < count; i++) {
		batch[i] = &drafts[i];
		batch[i]->tried = false;
	}
	return send_batch_commit(means, batch, count);
}

/* The same by somebody who remembers nothing. */
static enum send_result commit(struct db_fixture *fixture, struct send_draft *drafts, size_t count)
{
	struct send_means means = send_stage_means(fixture);
	enum send_result result = commit_with(&means, drafts, count);

	send_stage_dismiss(&means);
	return result;
}

static void a_batch_moves_everything(void **state)
{
	struct db_fixture *fixture = *state;
	struct arena *arena = fixture->arena;
	struct send_draft drafts[] = {
	    send_stage_draft(arena, 2, 4, "k", "{\"text\":\"你好 '\\\\\"}"),
	    send_stage_draft(arena, 1, 1, "k", "{\"text\":\"1\"}"),
	    send_stage_draft(arena, 2, 3, "k", "{\"text\":\"2\"}"),
	    send_stage_draft(arena, 2, 4, "l", "{\"text\":\"3\"}"),
	};
	static const int64_t seqs[] = {1, 1, 2, 3};

	assert_int_equal(commit(fixture, drafts, COUNT(drafts)), SEND_STORED);
	for (size_t i = 0; i < COUNT(drafts); i++) {
		assert_null(drafts[i].error);
		assert_false(drafts[i].repeated);
		assert_int_equal(drafts[i].stored.seq, seqs[i]);
		assert_int_equal(drafts[i].stored.ordinal, seqs[i]);
	}
	assert_int_equal(drafts[0].peer_id, 3);
	send_stage_expect(fixture, "SELECT COUNT(*) FROM message", 4);
	send_stage_expect(fixture,
	    "SELECT body = '{\"text\":\"你好 ''\\\\\\\\\"}' FROM message"
	    " WHERE conversation_id = 2 AND seq = 1",
	    1);
	send_stage_expect(fixture,
	    "SELECT last_seq * 100 + last_ordinal * 10 + last_message_seq"
	    " FROM conversation WHERE id = 2",
	    333);
	send_stage_expect(
	    fixture, "SELECT updated_at > 1 AND created_at = 1 FROM conversation WHERE id = 2", 1);
	send_stage_expect(fixture,
	    "SELECT read_seq * 100 + read_ordinal * 10 + delivered_seq FROM member"
	    " WHERE conversation_id = 2 AND user_id = 4",
	    333);
	send_stage_expect(fixture,
	    "SELECT read_seq * 10 + joined_at FROM member"
	    " WHERE conversation_id = 2 AND user_id = 3",
	    21);
	send_stage_expect(
	    fixture, "SELECT read_seq FROM member WHERE conversation_id = 1 AND user_id = 2", 0);
	send_stage_expect(fixture, "SELECT COUNT(*) FROM conversation", 2);
	send_stage_expect(fixture, "SELECT COUNT(*) FROM member", 4);
}

static void refused_drafts_fail_alone(void **state)
{
	struct db_fixture *fixture = *state;
	struct arena *arena = fixture->arena;
	struct send_draft drafts[] = {
	    send_stage_draft(arena, 1, 1, "a", "{}"),
	    send_stage_draft(arena, 1, 3, "b", "{}"), /* no member */
	    send_stage_draft(arena, 7, 1, "c", "{}"), /* of nothing */
	    send_stage_draft(arena, 2, 3, "d", "{}"), /* no friend any more */
	    send_stage_draft(arena, 1, 2, "e", "{}"), /* a reply to what only comes now */
	    send_stage_draft(arena, 1, 1, "a", "{\"text\":\"x\"}"),
	    send_stage_draft(arena, 1, 2, "f", "{}"),
	};
	const struct error *errors[] = {NULL, FAIL(NOT_MEMBER), FAIL(NOT_MEMBER), FAIL(NOT_FRIENDS),
	    FAIL(INVALID), FAIL(CONFLICT), NULL};

	drafts[4].wanted.reply_to = 1;
	db_must(fixture->other,
	    db_script(fixture->other, "DELETE FROM friendship WHERE user_id IN (3, 4)"));
	assert_int_equal(commit(fixture, drafts, COUNT(drafts)), SEND_STORED);
	for (size_t i = 0; i < COUNT(drafts); i++) {
		if (errors[i] == NULL)
			assert_null(drafts[i].error);
		else
			assert_true(error_is(drafts[i].error, errors[i]));
	}
	assert_int_equal(drafts[6].stored.seq, 2);
	send_stage_expect(fixture, "SELECT COUNT(*) FROM message", 2);
	send_stage_expect(fixture, "SELECT last_seq FROM conversation WHERE id = 2", 0);
	send_stage_expect(fixture, "SELECT COUNT(*) FROM conversation", 2);
}

/* A lone draft is looked up in another way than many. */
static void whom_a_block_parts_cannot_write(void **state)
{
	struct db_fixture *fixture = *state;
	struct arena *arena = fixture->arena;
	struct send_draft drafts[] = {
	    send_stage_draft(arena, 1, 1, "a", "{}"),
	    send_stage_draft(arena, 1, 2, "b", "{}"),
	    send_stage_draft(arena, 2, 3, "c", "{}"),
	};

	db_must(fixture->other,
	    db_script(fixture->other,
		"INSERT INTO block (user_id, blocked_id, created_at) VALUES (1, 2, 1)"));
	for (size_t count = 1; count <= COUNT(drafts); count++) {
		assert_int_equal(commit(fixture, drafts, count), SEND_STORED);
		for (size_t i = 0; i < count; i++)
			assert_ptr_equal(drafts[i].error, i < 2 ? FAIL(BLOCKED) : NULL);
	}
	assert_int_equal(commit(fixture, &drafts[1], 1), SEND_STORED);
	assert_ptr_equal(drafts[1].error, FAIL(BLOCKED));
	send_stage_expect(fixture, "SELECT COUNT(*) FROM message", 1);
}

static void twins_are_one_message(void **state)
{
	struct db_fixture *fixture = *state;
	struct arena *arena = fixture->arena;
	struct send_draft drafts[] = {
	    send_stage_draft(arena, 1, 1, "k", "{}"),
	    send_stage_draft(arena, 1, 2, "k", "{}"),
	    send_stage_draft(arena, 1, 1, "k", "{}"),
	};

	for (int round = 0; round < 2; round++) {
		assert_int_equal(commit(fixture, drafts, COUNT(drafts)), SEND_STORED);
		assert_int_equal(drafts[0].stored.seq, 1);
		assert_int_equal(drafts[1].stored.seq, 2);
		assert_int_equal(drafts[2].stored.seq, 1);
		assert_int_equal(drafts[0].repeated, round == 1);
		assert_true(drafts[2].repeated);
		assert_string_equal(drafts[2].stored.body.text, "{}");
	}
	send_stage_expect(fixture, "SELECT COUNT(*) FROM message", 2);
}

/* What changed since is no reason to call the retry of its send a conflict. */
static void retries_of_changed_messages_are_no_conflict(void **state)
{
	struct db_fixture *fixture = *state;
	struct send_draft draft = send_stage_draft(fixture->arena, 1, 1, "k", "{\"text\":\"x\"}");

	assert_int_equal(commit(fixture, &draft, 1), SEND_STORED);
	db_must(fixture->other,
	    db_script(fixture->other, "UPDATE message SET body = NULL, recalled_at = 5"));
	assert_int_equal(commit(fixture, &draft, 1), SEND_STORED);
	assert_null(draft.error);
	assert_true(draft.repeated);
	assert_null(draft.stored.body.text);
	db_must(fixture->other, db_script(fixture->other, "DELETE FROM friendship"));
	assert_int_equal(commit(fixture, &draft, 1), SEND_STORED);
	assert_null(draft.error);
}

static void run(struct db_fixture *fixture, const char *script)
{
	db_must(fixture->other, db_script(fixture->other, script));
}

/* A second send asks for nothing but the conversation; whatever its version says is new is read. */
static void what_is_remembered_is_as_old_as_its_version(void **state)
{
	struct db_fixture *fixture = *state;
	struct arena *arena = fixture->arena;
	struct send_means means = send_stage_means(fixture);
	struct send_draft first = send_stage_draft(arena, 1, 1, "a", "{}");
	struct send_draft drafts[] = {
	    send_stage_draft(arena, 1, 1, "b", "{}"),
	    send_stage_draft(arena, 2, 3, "c", "{}"),
	};
	struct send_draft last = send_stage_draft(arena, 1, 1, "d", "{}");

	assert_int_equal(commit_with(&means, &first, 1), SEND_STORED);
	run(fixture, "DELETE FROM friendship WHERE user_id IN (1, 2)");
	assert_int_equal(commit_with(&means, drafts, 2), SEND_STORED);
	assert_null(drafts[0].error);
	assert_int_equal(drafts[0].stored.seq, 2);
	assert_null(drafts[1].error);
	run(fixture, "UPDATE conversation SET member_version = member_version + 1 WHERE id = 1");
	assert_int_equal(commit_with(&means, &last, 1), SEND_STORED);
	assert_ptr_equal(last.error, FAIL(NOT_FRIENDS));
	run(fixture, "INSERT INTO friendship (user_id, friend_id, since) VALUES (1, 2, 1);"
		     "UPDATE conversation SET member_version = member_version + 1 WHERE id = 1");
	assert_int_equal(commit_with(&means, &last, 1), SEND_STORED);
	assert_null(last.error);
	assert_int_equal(last.stored.seq, 3);
	send_stage_expect(fixture, "SELECT COUNT(*) FROM message", 4);
	send_stage_dismiss(&means);
}

/* The unique key tells of a repetition that nobody asked for, and the second try finds it. */
static void a_repetition_is_found_at_the_second_try(void **state)
{
	struct db_fixture *fixture = *state;
	struct arena *arena = fixture->arena;
	struct send_means means = send_stage_means(fixture);
	struct send_draft drafts[] = {
	    send_stage_draft(arena, 1, 1, "a", "{}"),
	    send_stage_draft(arena, 2, 3, "b", "{}"),
	};
	struct send_draft *batch[] = {&drafts[0], &drafts[1]};

	assert_int_equal(commit_with(&means, drafts, 2), SEND_STORED);
	drafts[1].wanted.client_key = "c";
	assert_int_equal(commit_with(&means, drafts, 2), SEND_AGAIN);
	send_stage_expect(fixture, "SELECT COUNT(*) FROM message", 2);
	assert_int_equal(send_batch_commit(&means, batch, 2), SEND_STORED);
	assert_true(drafts[0].repeated);
	assert_int_equal(drafts[0].stored.seq, 1);
	assert_false(drafts[1].repeated);
	assert_int_equal(drafts[1].stored.seq, 2);
	send_stage_expect(fixture, "SELECT COUNT(*) FROM message", 3);
	send_stage_dismiss(&means);
}

/* Whoever may no longer write still learns what became of what they sent before. */
static void a_repetition_by_the_refused_is_found(void **state)
{
	struct db_fixture *fixture = *state;
	struct send_means means = send_stage_means(fixture);
	struct send_draft draft = send_stage_draft(fixture->arena, 1, 1, "a", "{}");

	run(fixture, "INSERT INTO block (user_id, blocked_id, created_at) VALUES (2, 1, 1)");
	assert_int_equal(commit_with(&means, &draft, 1), SEND_STORED);
	assert_ptr_equal(draft.error, FAIL(BLOCKED));
	run(fixture,
	    "INSERT INTO message (conversation_id, seq, ordinal, sender_id, client_key, kind,"
	    " body, mentions, created_at) VALUES (1, 1, 1, 1, 'a', 'text', '{}', '[]', 1);"
	    "UPDATE conversation SET last_seq = 1, last_ordinal = 1 WHERE id = 1");
	assert_int_equal(commit_with(&means, &draft, 1), SEND_STORED);
	assert_null(draft.error);
	assert_true(draft.repeated);
	send_stage_dismiss(&means);
}

static const char GROUP[] =
    "INSERT INTO conversation (id, kind, created_at, updated_at) VALUES (3, 'group', 1, 1);"
    "INSERT INTO chat_group (id, name, name_key, owner_id, join_policy, member_count,"
    " member_limit, created_at) VALUES (3, 'g', 'g', 1, 'open', 2, 500, 1);"
    "INSERT INTO member (conversation_id, user_id, role, joined_at)"
    " VALUES (3, 1, 'owner', 1), (3, 2, 'member', 1)";

/* What the group itself says is read with every send, what it says of a member with its version. */
static void groups_are_remembered_too(void **state)
{
	struct db_fixture *fixture = *state;
	struct arena *arena = fixture->arena;
	struct send_means means = send_stage_means(fixture);
	struct send_draft draft = send_stage_draft(arena, 3, 2, "a", "{}");

	run(fixture, GROUP);
	assert_int_equal(commit_with(&means, &draft, 1), SEND_STORED);
	assert_null(draft.error);
	assert_string_equal(draft.list->recipients, "1,2");
	run(fixture, "UPDATE conversation SET mute_all = 1 WHERE id = 3");
	draft.wanted.client_key = "b";
	assert_int_equal(commit_with(&means, &draft, 1), SEND_STORED);
	assert_true(error_is(draft.error, FAIL(MUTED)));
	run(fixture, "UPDATE conversation SET mute_all = 0 WHERE id = 3");
	assert_int_equal(commit_with(&means, &draft, 1), SEND_STORED);
	assert_null(draft.error);
	run(fixture, "UPDATE member SET muted_until = 9000000000000 WHERE user_id = 2;"
		     "UPDATE conversation SET member_version = 1 WHERE id = 3");
	draft.wanted.client_key = "c";
	assert_int_equal(commit_with(&means, &draft, 1), SEND_STORED);
	assert_true(error_is(draft.error, FAIL(MUTED)));
	arena_reset(arena); /* gives the list of members back */
	send_stage_dismiss(&means);
}

#define CASE(test) cmocka_unit_test_setup(test, send_stage_set)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    CASE(a_batch_moves_everything),
	    CASE(refused_drafts_fail_alone),
	    CASE(whom_a_block_parts_cannot_write),
	    CASE(twins_are_one_message),
	    CASE(retries_of_changed_messages_are_no_conflict),
	    CASE(what_is_remembered_is_as_old_as_its_version),
	    CASE(a_repetition_is_found_at_the_second_try),
	    CASE(a_repetition_by_the_refused_is_found),
	    CASE(groups_are_remembered_too),
	};

	(void)argc;
	db_fixture_server(argv);
	return cmocka_run_group_tests_name("send batch", tests, send_stage_open, db_fixture_close);
}
