/* Users with sessions on this node, see roster.h. */
#include "roster.h"
#include "container.h"
#include "heap.h"
#include "record.h"
#include <stdlib.h>
#include <string.h>

struct roster *roster_new(void)
{
	return heap_new(sizeof(struct roster));
}

void roster_free(struct roster **roster)
{
	if (*roster == NULL)
		return;
	table_free(&(*roster)->users);
	table_free(&(*roster)->sessions);
	table_free(&(*roster)->logins);
	free(*roster);
	*roster = NULL;
}

struct user *roster_user(const struct roster *roster, int64_t id)
{
	struct table_entry *entry = table_find(&roster->users, id);

	return entry == NULL ? NULL : CONTAINER(entry, struct user, by_id);
}

struct user *roster_join(struct roster *roster, int64_t id)
{
	struct user *user = roster_user(roster, id);

	if (user == NULL) {
		user = heap_new(sizeof *user);
		table_add(&roster->users, &user->by_id, id);
	}
	return user;
}

void roster_leave(struct roster *roster, struct user **user)
{
	table_remove(&roster->users, &(*user)->by_id);
	free((*user)->directs);
	free(*user);
	*user = NULL;
}

int64_t user_id(const struct user *user)
{
	return user->by_id.key;
}

void user_set_directs(struct user *user, const struct direct *directs, size_t count)
{
	user->directs = heap_resize(user->directs, count + 1, sizeof *directs);
	user->direct_count = count;
	if (count > 0)
		memcpy(user->directs, directs, count * sizeof *directs);
}

void user_drop_direct(struct user *user, int64_t peer)
{
	size_t kept = 0;

	for (size_t i = 0; i < user->direct_count; i++)
		if (user->directs[i].peer != peer)
			user->directs[kept++] = user->directs[i];
	user->direct_count = kept;
}

int64_t user_direct_peer(const struct user *user, int64_t conversation)
{
	for (size_t i = 0; i < user->direct_count; i++)
		if (user->directs[i].conversation == conversation)
			return user->directs[i].peer;
	return ABSENT;
}
