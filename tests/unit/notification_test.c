/* Notifications for many: who gets which, stored and delivered. */
#include "delivery.h"
#include "event.h"
#include "notification.h"
#include "send_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define PEOPLE 2500 /* more than one insertion takes */
#define FIRST 1000

static const char PEOPLE_SQL[] =
    "INSERT INTO user (id, username, username_key, nickname, nickname_key, password, created_at)"
    " SELECT 999 + seq, seq, seq, seq, seq, '', 1 FROM seq_1_to_2500";

static const char SQL_RECEIVER[] = "SELECT user_id FROM notification WHERE id = ?";
static const char SQL_COUNT[] =
    "SELECT COUNT(*) FROM notification WHERE kind = 'group_announcement'"
    " AND actor_id = 1 AND subject = '{\"name\":\"群\"}'";

struct adding {
	struct arena *arena;
	struct id_list users;
	struct id_list ids;
};

static const struct error *add(struct db *db, void *context)
{
	struct adding *adding = context;

	return notification_add_many(db, adding->arena, adding->users, "group_announcement", 1,
	    (struct json_text){"{\"name\":\"群\"}"}, &adding->ids);
}

static int set(void **state)
{
	struct db_fixture *fixture = *state;

	db_must(fixture->other, db_script(fixture->other, "DELETE FROM notification"));
	send_stage_set(state);
	db_must(fixture->other, db_script(fixture->other, PEOPLE_SQL));
	return 0;
}

static struct adding add_to_all(struct db_fixture *fixture)
{
	int64_t *users = arena_array(fixture->arena, PEOPLE, sizeof(*users));
	struct adding adding = {.arena = fixture->arena, .users = {users, PEOPLE}};

	/* In no order that the server would choose. */
	for (size_t i = 0; i < PEOPLE; i++)
		users[i] = FIRST + (int64_t)(i * 7) % PEOPLE;
	db_must(fixture->db, db_transaction(fixture->db, false, add, &adding));
	return adding;
}

static void expect_each_has_theirs(struct db_fixture *fixture, const struct adding *adding)
{
	assert_int_equal(adding->ids.count, PEOPLE);
	assert_int_equal(db_fixture_int(fixture, SQL_COUNT, NO_PARAMS), PEOPLE);
	for (size_t i = 0; i < PEOPLE; i++)
		assert_int_equal(
		    db_fixture_int(fixture, SQL_RECEIVER, PARAMS(P(adding->ids.ids[i]))),
		    adding->users.ids[i]);
}

static void ids_are_those_of_the_receivers(void **state)
{
	struct adding adding = add_to_all(*state);

	expect_each_has_theirs(*state, &adding);
}

/* As on a cluster of several servers that all take writes. */
static void ids_may_come_in_larger_steps(void **state)
{
	struct db_fixture *fixture = *state;
	struct adding adding;

	db_must(fixture->db,
	    db_exec(fixture->db,
		"SET SESSION auto_increment_increment = 3, auto_increment_offset = 2", NO_PARAMS));
	adding = add_to_all(fixture);
	assert_int_equal(adding.ids.ids[1] - adding.ids.ids[0], 3);
	expect_each_has_theirs(fixture, &adding);
}

static void nobody_is_no_work(void **state)
{
	struct db_fixture *fixture = *state;
	struct adding adding = {.arena = fixture->arena, .users = {NULL, 0}};
	struct delivery delivery = {0};
	struct request req = {.arena = fixture->arena,
	    .db = fixture->db,
	    .config = &fixture->config,
	    .delivery = &delivery};

	db_must(fixture->db, db_transaction(fixture->db, false, add, &adding));
	assert_int_equal(adding.ids.count, 0);
	db_must(fixture->db, notification_deliver_many(&req, adding.ids));
	assert_int_equal(delivery.count, 0);
}

/* {"id":…, … "actor":{"id":1, …}, "event":"notification"} to its receiver alone. */
static void expect_event(struct arena *arena, const char *message, struct json_object *seen)
{
	struct json_object *payload;
	struct event event;
	const char *receiver;

	assert_true(event_read(arena, message, strlen(message), &event));
	assert_int_equal(event.kind, EVENT_TO);
	assert_int_equal(event.count, 1);
	assert_true(event.conversation == ABSENT);
	assert_null(json_read(arena, event.payload, event.payload_length, &payload));
	assert_string_equal(json_get_text(payload, "event"), "notification");
	assert_string_equal(json_get_text(payload, "kind"), "group_announcement");
	assert_string_equal(json_get_text(json_get(payload, "subject"), "name"), "群");
	assert_int_equal(json_get_int(json_get(payload, "actor"), "id"), 1);
	receiver = arena_printf(arena, "%lld", (long long)event.ids[0]);
	assert_null(json_get(seen, receiver));
	json_set_int(seen, receiver, json_get_int(payload, "id"));
}

static void each_is_delivered_to_its_receiver(void **state)
{
	struct db_fixture *fixture = *state;
	struct adding adding = add_to_all(fixture);
	struct delivery delivery = {0};
	struct request req = {.arena = fixture->arena,
	    .db = fixture->db,
	    .config = &fixture->config,
	    .delivery = &delivery};
	struct json_object *seen = json_new(fixture->arena);

	db_must(fixture->db, notification_deliver_many(&req, adding.ids));
	assert_int_equal(delivery.count, PEOPLE);
	for (size_t i = 0; i < delivery.count; i++)
		expect_event(fixture->arena, delivery.messages[i], seen);
	for (size_t i = 0; i < PEOPLE; i++) {
		const char *receiver =
		    arena_printf(fixture->arena, "%lld", (long long)adding.users.ids[i]);

		assert_int_equal(json_get_int(seen, receiver), adding.ids.ids[i]);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(ids_are_those_of_the_receivers, set),
	    cmocka_unit_test_setup(ids_may_come_in_larger_steps, set),
	    cmocka_unit_test_setup(nobody_is_no_work, set),
	    cmocka_unit_test_setup(each_is_delivered_to_its_receiver, set),
	};

	(void)argc;
	db_fixture_server(argv);
	return cmocka_run_group_tests(tests, send_stage_open, db_fixture_close);
}
