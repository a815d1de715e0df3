/* Migration files: 0001_what.sql, 0002_what.sql and so on, without a gap. */
#include "arena.h"
#include "migration.h"
#include "token.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS 4
#define FILE_MAX ((size_t)4 << 20)

static bool is_migration(const char *name)
{
	size_t length = strlen(name);

	return strspn(name, "0123456789") == DIGITS && name[DIGITS] == '_' && length > DIGITS + 5 &&
	       strcmp(name + length - 4, ".sql") == 0;
}

static int listed(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return entry->d_name[0] != '.' && length > 4 &&
	       strcmp(entry->d_name + length - 4, ".sql") == 0;
}

static const char *read_file(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = NULL;
	size_t length;

	if (file == NULL)
		return NULL;
	text = arena_alloc(arena, FILE_MAX + 1);
	length = fread(text, 1, FILE_MAX + 1, file);
	if (ferror(file) || length > FILE_MAX || strlen(text) != length)
		text = NULL;
	fclose(file);
	return text;
}

static bool read_one(struct arena *arena, const char *directory, const char *name, FILE *mistakes,
    struct migration *migration)
{
	const char *path = arena_printf(arena, "%s/%s", directory, name);
	const char *text = read_file(arena, path);

	if (text == NULL) {
		fprintf(mistakes, "%s cannot be read as text: %s\n", path,
		    errno != 0 ? strerror(errno) : "too long, or no text");
		return false;
	}
	migration->version = strtol(name, NULL, 10);
	migration->name = arena_text(arena, name);
	migration->checksum = token_hash(arena, text);
	migration->script = sql_script_split(arena, text);
	return true;
}

static bool in_sequence(const char *directory, const char *name, int64_t version, FILE *mistakes)
{
	if (is_migration(name) && strtol(name, NULL, 10) == version)
		return true;
	fprintf(mistakes,
	    "%s/%s is out of sequence: expected is %04lld_<what>.sql. Numbers start at 0001, none "
	    "is"
	    " left out and none given twice.\n",
	    directory, name, (long long)version);
	return false;
}

static bool read_all(struct arena *arena, const char *directory, struct dirent **entries,
    size_t count, FILE *mistakes, struct migration *items)
{
	for (size_t i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;

		errno = 0;
		if (!in_sequence(directory, name, (int64_t)i + 1, mistakes) ||
		    !read_one(arena, directory, name, mistakes, &items[i]))
			return false;
	}
	return true;
}

bool migrations_read(
    struct arena *arena, const char *directory, FILE *mistakes, struct migrations *migrations)
{
	struct dirent **entries;
	int count = scandir(directory, &entries, listed, alphasort);
	struct migration *items;
	bool good;

	if (count <= 0) {
		fprintf(mistakes, "no migrations in %s: %s. Name the right directory with --dir.\n",
		    directory, count < 0 ? strerror(errno) : "it has no .sql files");
		if (count == 0)
			free(entries);
		return false;
	}
	items = arena_array(arena, (size_t)count, sizeof(*items));
	good = read_all(arena, directory, entries, (size_t)count, mistakes, items);
	for (int i = 0; i < count; i++)
		free(entries[i]);
	free(entries);
	*migrations = (struct migrations){items, (size_t)count};
	return good;
}

const char *migration_contradiction(
    struct arena *arena, const struct migrations *migrations, const struct rows *applied)
{
	for (size_t i = 0; i < applied->count; i++) {
		const struct migration_applied *row = ROW(struct migration_applied, applied, i);
		const struct migration *file = i < migrations->count ? &migrations->items[i] : NULL;

		if (file == NULL || row->version != file->version)
			return arena_printf(arena,
			    "the database has %s, which is not among the files: they belong to an"
			    " older release. Use the files of the release that migrated it",
			    row->name);
		if (strcmp(row->checksum, file->checksum) != 0)
			return arena_printf(arena,
			    "%s is not the file that was applied (%.12s… now, %.12s… then)."
			    " Applied migrations never change: restore the file, and put what is"
			    " new into a migration of its own",
			    file->name, file->checksum, row->checksum);
	}
	return NULL;
}
