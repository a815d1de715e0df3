/* The drafts of a batch beside what the database, or this process, knows of them. */
#include "send_entry.h"
#include "send_group.h"
#include "send_right.h"
#include <stdlib.h>
#include <string.h>

static int by_conversation(const void *left, const void *right)
{
	const struct send_entry *one = left, *other = right;
	int64_t here = one->draft->wanted.conversation_id;
	int64_t there = other->draft->wanted.conversation_id;

	if (here != there)
		return here < there ? -1 : 1;
	return one->arrival < other->arrival ? -1 : 1;
}

struct send_entry *send_entries_new(
    struct arena *arena, struct send_draft *const *drafts, size_t count, int64_t now)
{
	struct send_entry *entries = arena_array(arena, count, sizeof(*entries));

	for (size_t i = 0; i < count; i++)
		entries[i] = (struct send_entry){.draft = drafts[i], .arrival = i, .now = now};
	qsort(entries, count, sizeof(*entries), by_conversation);
	return entries;
}

/* Entries whose standings are to be read, and the messages that ask for them. */
struct question {
	struct send_entry **entries;
	struct message *wanted;
	size_t count;
};

static struct question question_new(struct arena *arena, size_t most)
{
	return (struct question){
	    .entries = arena_array(arena, most, sizeof(struct send_entry *)),
	    .wanted = arena_array(arena, most, sizeof(struct message)),
	};
}

static void ask(struct question *question, struct send_entry *entry)
{
	question->entries[question->count] = entry;
	question->wanted[question->count++] = entry->draft->wanted;
}

static struct rows question_rows(const struct question *question)
{
	return (struct rows){NULL, question->wanted, question->count};
}

/* What is remembered, with the version of the conversation that it is of. */
struct memory {
	int64_t version;
	struct send_standing standing;
};

/* NULL: nothing, or not enough.  Memory has neither client keys nor the beginning of what the
 * sender sees, so what was tried before is looked up, and what refers to messages or people. */
static struct memory *recall(const struct send_means *means, const struct send_draft *draft)
{
	const struct message *wanted = &draft->wanted;
	struct memory *memory;
	struct standing known;
	int64_t version;

	if (draft->tried || wanted->reply_to != ABSENT || draft->mentions.count > 0 ||
	    draft->mention_all ||
	    !standing_cache_find(
		means->standings, wanted->conversation_id, wanted->sender_id, &version, &known))
		return NULL;
	memory = arena_alloc(means->arena, sizeof(*memory));
	*memory = (struct memory){version, {
					       .floor = ABSENT,
					       .peer_id = known.peer_id,
					       .friends = known.friends,
					       .blocked = known.blocked,
					       .role = arena_text(means->arena, known.role),
					       .muted_until = known.muted_until,
					       .stored_seq = ABSENT,
					   }};
	return memory;
}

static void remember(const struct send_means *means, const struct send_entry *entry)
{
	const struct send_standing *standing = entry->standing;
	struct standing known = {
	    .peer_id = standing->peer_id,
	    .friends = standing->friends,
	    .blocked = standing->blocked,
	    .muted_until = standing->muted_until,
	};
	size_t length = strlen(standing->role);

	if (length >= sizeof(known.role))
		return;
	memcpy(known.role, standing->role, length + 1);
	standing_cache_keep(means->standings, entry->place->id, entry->draft->wanted.sender_id,
	    entry->place->member_version, &known);
}

/* Whom memory would refuse may have sent the same before, and then is not. */
static bool free_to_write(const struct send_entry *entry, const struct send_standing *standing)
{
	return send_right(entry->draft->arena, entry->place, standing, entry->now) == NULL;
}

static struct id_list conversations_of(
    struct arena *arena, const struct send_entry *entries, size_t count)
{
	int64_t *ids = arena_array(arena, count, sizeof(*ids));
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		int64_t id = entries[i].draft->wanted.conversation_id;

		if (used == 0 || ids[used - 1] != id)
			ids[used++] = id;
	}
	return (struct id_list){ids, used};
}

static int by_id(const void *left, const void *right)
{
	const struct send_place *one = left, *other = right;

	return (one->id > other->id) - (one->id < other->id);
}

static void set_places(struct send_entry *entries, size_t count, const struct rows *places)
{
	struct send_place *list = places->items;
	size_t next = 0;

	if (places->count > 1)
		qsort(list, places->count, sizeof(*list), by_id);
	for (size_t i = 0; i < count; i++) {
		int64_t id = entries[i].draft->wanted.conversation_id;

		while (next < places->count && list[next].id < id)
			next++;
		if (next < places->count && list[next].id == id)
			entries[i].place = &list[next];
	}
}

static void set_standings(
    const struct send_means *means, const struct question *question, const struct rows *standings)
{
	for (size_t i = 0; i < standings->count; i++) {
		const struct send_standing *standing = ROW(struct send_standing, standings, i);
		struct send_entry *entry = question->entries[standing->draft - 1];

		if (entry->place == NULL) /* it was made just now */
			continue;
		entry->standing = standing;
		remember(means, entry);
	}
}

/* The conversations are locked: what memory said is taken or asked for. */
static const struct error *check_memories(const struct send_means *means,
    struct send_entry *entries, struct memory *const *memories, size_t count)
{
	struct question question = question_new(means->arena, count);
	struct rows messages, standings;

	for (size_t i = 0; i < count; i++) {
		struct send_entry *entry = &entries[i];

		if (memories[i] == NULL || entry->place == NULL)
			continue;
		if (memories[i]->version == entry->place->member_version &&
		    free_to_write(entry, &memories[i]->standing))
			entry->standing = &memories[i]->standing;
		else
			ask(&question, entry);
	}
	if (question.count == 0)
		return NULL;
	messages = question_rows(&question);
	TRY(send_batch_standings(means->db, means->arena, &messages, &standings));
	set_standings(means, &question, &standings);
	return NULL;
}

/* The messages that were stored before, which is rare: a round trip more. */
static const struct error *read_stored(
    const struct send_means *means, struct send_entry *entries, size_t count)
{
	struct message *numbers = arena_array(means->arena, count, sizeof(*numbers));
	struct rows wanted = {NULL, numbers, 0}, stored;

	for (size_t i = 0; i < count; i++) {
		const struct send_standing *standing = entries[i].standing;

		if (standing == NULL || standing->stored_seq == ABSENT)
			continue;
		numbers[wanted.count] = entries[i].draft->wanted;
		numbers[wanted.count++].seq = standing->stored_seq;
	}
	if (wanted.count == 0)
		return NULL;
	TRY(send_batch_stored(means->db, means->arena, &wanted, &stored));
	for (size_t i = 0; i < count; i++) {
		struct send_entry *entry = &entries[i];

		for (size_t j = 0; entry->standing != NULL && j < stored.count; j++) {
			const struct message *message = ROW(struct message, &stored, j);

			if (message->seq == entry->standing->stored_seq &&
			    message->conversation_id == entry->place->id)
				entry->stored = message;
		}
	}
	return NULL;
}

/* Whom the messages of groups reach; the entries of one group stand side by side. */
static const struct error *read_lists(
    const struct send_means *means, struct send_entry *entries, size_t count)
{
	const struct send_entry *known = NULL;

	for (size_t i = 0; i < count; i++) {
		struct send_entry *entry = &entries[i];

		if (entry->standing == NULL || entry->standing->peer_id != ABSENT)
			continue;
		if (known == NULL || known->place != entry->place)
			TRY(send_group_members(means, entry->place, &entry->list));
		else
			entry->list = known->list;
		known = entry;
	}
	return NULL;
}

const struct error *send_entries_read(
    const struct send_means *means, struct send_entry *entries, size_t count)
{
	struct memory **memories = arena_array(means->arena, count, sizeof(struct memory *));
	struct question question = question_new(means->arena, count);
	struct id_list conversations = conversations_of(means->arena, entries, count);
	struct rows messages, places, standings;

	for (size_t i = 0; i < count; i++) {
		memories[i] = recall(means, entries[i].draft);
		entries[i].draft->tried = true;
		if (memories[i] == NULL)
			ask(&question, &entries[i]);
	}
	messages = question_rows(&question);
	TRY(send_batch_read(
	    means->db, means->arena, conversations, &messages, &places, &standings));
	set_places(entries, count, &places);
	set_standings(means, &question, &standings);
	TRY(check_memories(means, entries, memories, count));
	TRY(read_lists(means, entries, count));
	return read_stored(means, entries, count);
}
