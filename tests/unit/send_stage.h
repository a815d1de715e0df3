/* A database with the stage that batches of sends are tested on: conversation 1 of the users 1 and
 * 2, conversation 2 of 3 and 4; both pairs are friends, and their conversations are empty. */
#ifndef HICHAT_SEND_STAGE_H
#define HICHAT_SEND_STAGE_H

#include "db_fixture.h"
#include "send_batch.h"
#include "send_queue.h"

/* For a group of tests, and before each of them; close with db_fixture_close(). */
int send_stage_open(void **state);
int send_stage_set(void **state);

/* A text without reply and mentions. */
struct send_draft send_stage_draft(
    struct arena *arena, int64_t conversation, int64_t sender, const char *key, const char *body);

/* The fixture's own connection, and nothing remembered; Redis is switched off. */
struct send_means send_stage_means(struct db_fixture *fixture);
void send_stage_dismiss(struct send_means *means);

/* The statement's only number is this. */
void send_stage_expect(struct db_fixture *fixture, const char *sql, int64_t value);

#endif
