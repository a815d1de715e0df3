/* The media store as objects in a bucket; what is on its way is in a directory all the same. */
#include "arena.h"
#include "config.h"
#include "media_store_kind.h"
#include "s3.h"
#include <stddef.h>
#include <string.h>

struct question {
	struct s3_object object;
	const char *why;
};

static struct question *ask(struct media_store *store, struct arena *arena, const char *hash)
{
	struct question *question = arena_alloc(arena, sizeof(*question));

	question->why = "";
	question->object = (struct s3_object){
	    store->s3, arena, hash != NULL ? media_place(arena, hash) : NULL, &question->why};
	return question;
}

/* NULL and not_found pass. */
static const struct error *judge(struct media_store *store, const struct question *question,
    const struct error *error, const char *what)
{
	const char *key = question->object.key;

	if (error == NULL || error_is(error, FAIL(NOT_FOUND)) || *question->why == '\0')
		return error;
	return media_store_fail(
	    store, error, what, key != NULL ? key : store->config->s3.bucket, question->why);
}

static const struct error *measure(
    struct media_store *store, struct arena *arena, const char *hash, int64_t *size)
{
	struct question *question = ask(store, arena, hash);

	return judge(
	    store, question, s3_measure(&question->object, size), "an object cannot be looked at");
}

/* The same before the lock and behind it, where usually there is nothing left to do: it may have
 * been collected in between. */
static const struct error *keep(
    struct media_store *store, struct arena *arena, const struct media_staged *staged)
{
	struct question *question = ask(store, arena, staged->hash);
	int64_t size = -1;
	const struct error *error = measure(store, arena, staged->hash, &size);

	if (error != NULL && !error_is(error, FAIL(NOT_FOUND)))
		return error;
	if (error == NULL && size == staged->size)
		return NULL;
	return judge(store, question,
	    s3_put(&question->object, staged->file, staged->size, staged->hash),
	    "an object cannot be stored");
}

static const struct error *delete (struct media_store *store, struct arena *arena, const char *hash)
{
	struct question *question = ask(store, arena, hash);

	return judge(store, question, s3_delete(&question->object), "an object cannot be removed");
}

static const struct error *open_content(struct media_store *store, struct arena *arena,
    const char *hash, int64_t offset, int64_t length, struct byte_source **bytes)
{
	struct question *question = ask(store, arena, hash);

	return judge(store, question, s3_get(&question->object, offset, length, bytes),
	    "an object cannot be read");
}

static const char *path_of(struct media_store *store, struct arena *arena, const char *hash)
{
	(void)store;
	(void)arena;
	(void)hash;
	return NULL;
}

struct walking {
	media_visit *visit;
	void *context;
};

static const struct error *visit_object(void *context, const char *key, int64_t size)
{
	const struct walking *walking = context;
	const char *slash = strrchr(key, '/');
	const char *name = slash != NULL ? slash + 1 : key;

	return walking->visit(walking->context,
	    &(struct media_found){
		.path = key, .name = name, .content = media_is_place(key, name), .size = size});
}

/* A content that lies in the directory is in the wrong place here. */
static const struct error *walk(struct media_store *store, media_visit *visit, void *context)
{
	struct walking walking = {visit, context};
	struct arena *arena = arena_new();
	struct question *question = ask(store, arena, NULL);
	const struct error *error = media_directory_walk(store, false, visit, context);

	if (error == NULL)
		error = judge(store, question, s3_list(&question->object, visit_object, &walking),
		    "the objects cannot be listed");
	arena_free(&arena);
	return error;
}

const struct media_store_kind media_objects = {
    keep, keep, delete, measure, open_content, path_of, walk};
