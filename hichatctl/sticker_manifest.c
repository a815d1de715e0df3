/* Reading pack.json. */
#include "sticker_manifest.h"
#include "arena.h"
#include "emoji.h"
#include "json.h"
#include <string.h>

#define NAME_MAX_LENGTH 64
#define FILE_MAX_LENGTH 100
#define WORDS_MAX 200
#define TITLE_MAX 100
#define KEYWORDS_MAX 20
#define KEYWORD_MAX 50
#define POSITION_MAX 1000000

static const char LOWER[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";
static const char ANY[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

struct manifest_head {
	const char *name;
	struct json_text title;
	const char *author;
	const char *licence;
	int64_t position;
};

static const struct field manifest_head_fields[] = {
    REQUIRED(struct manifest_head, name, 1, NAME_MAX_LENGTH),
    REQUIRED(struct manifest_head, title, 0, 0),
    REQUIRED(struct manifest_head, author, 1, WORDS_MAX),
    REQUIRED(struct manifest_head, licence, 1, WORDS_MAX),
    OPTIONAL(struct manifest_head, position, 0, POSITION_MAX),
};
static const struct record manifest_head_record =
    RECORD(struct manifest_head, manifest_head_fields);

struct manifest_title {
	const char *en;
	const char *zh;
};

static const struct field manifest_title_fields[] = {
    REQUIRED(struct manifest_title, en, 1, TITLE_MAX),
    {"zh-CN", offsetof(struct manifest_title, zh), FIELD_TEXT, FIELD_OPTIONAL, 1, TITLE_MAX, NULL,
	NULL},
};
static const struct record manifest_title_record =
    RECORD(struct manifest_title, manifest_title_fields);

static const struct field manifest_sticker_fields[] = {
    REQUIRED(struct manifest_sticker, file, 1, FILE_MAX_LENGTH),
    OPTIONAL(struct manifest_sticker, emoji, 1, EMOJI_MAX),
    OPTIONAL(struct manifest_sticker, keywords, 0, KEYWORDS_MAX),
};
static const struct record manifest_sticker_record =
    RECORD(struct manifest_sticker, manifest_sticker_fields);

static bool made_of(const char *text, const char *characters)
{
	return *text != '.' && text[strspn(text, characters)] == '\0';
}

static const char *not_acceptable(struct arena *arena, const char *field)
{
	return arena_printf(arena, "\"%s\" is missing or not acceptable", field);
}

static const char *read_title(
    struct arena *arena, struct json_object *root, struct sticker_manifest *manifest)
{
	struct json_object *title = json_new(arena);
	struct manifest_title texts;

	if (json_fill(arena, &manifest_title_record, json_get(root, "title"), &texts) != NULL)
		return "\"title\" needs a text for \"en\", and may have one for \"zh-CN\"";
	json_set_text(title, "en", texts.en);
	if (texts.zh != NULL)
		json_set_text(title, "zh-CN", texts.zh);
	manifest->title.text = json_write(title);
	manifest->english = texts.en;
	return NULL;
}

static const char *read_head(
    struct arena *arena, struct json_object *root, struct sticker_manifest *manifest)
{
	struct manifest_head head;
	const struct error *error = json_fill(arena, &manifest_head_record, root, &head);

	if (error != NULL)
		return not_acceptable(arena, error->field != NULL ? error->field : "name");
	if (!made_of(head.name, LOWER))
		return "\"name\" takes small letters, digits, - and _ only";
	manifest->name = head.name;
	manifest->author = head.author;
	manifest->licence = head.licence;
	manifest->position = head.position != ABSENT ? head.position : 0;
	return read_title(arena, root, manifest);
}

static bool keywords_fit(const struct text_list *keywords)
{
	for (size_t i = 0; i < keywords->count; i++) {
		size_t length = json_utf8_length(keywords->texts[i]);

		if (length == 0 || length > KEYWORD_MAX)
			return false;
	}
	return true;
}

static bool named_before(const struct sticker_manifest *manifest, const char *file)
{
	for (size_t i = 0; i < manifest->count; i++)
		if (strcmp(manifest->stickers[i].file, file) == 0)
			return true;
	return false;
}

static const char *read_sticker(
    struct arena *arena, struct json_object *json, struct sticker_manifest *manifest)
{
	struct manifest_sticker *sticker = &manifest->stickers[manifest->count];
	const struct error *error = json_fill(arena, &manifest_sticker_record, json, sticker);
	const char *field = NULL;

	if (error != NULL)
		field = error->field != NULL ? error->field : "file";
	else if (!made_of(sticker->file, ANY))
		field = "file";
	else if (sticker->emoji != NULL && !emoji_valid(sticker->emoji))
		field = "emoji";
	else if (!keywords_fit(&sticker->keywords))
		field = "keywords";
	if (field != NULL)
		return arena_printf(
		    arena, "sticker %zu: %s", manifest->count + 1, not_acceptable(arena, field));
	if (named_before(manifest, sticker->file))
		return arena_printf(arena, "%s is named twice", sticker->file);
	manifest->count++;
	return NULL;
}

const char *sticker_manifest_read(
    struct arena *arena, const char *text, size_t length, struct sticker_manifest *manifest)
{
	struct json_object *root, *stickers;
	const char *wrong;
	size_t count;

	*manifest = (struct sticker_manifest){.count = 0};
	if (json_read(arena, text, length, &root) != NULL)
		return "is not valid JSON";
	wrong = read_head(arena, root, manifest);
	stickers = json_get(root, "stickers");
	count = json_count(stickers);
	if (wrong == NULL && (count == 0 || count > MANIFEST_STICKERS_MAX))
		wrong = arena_printf(arena, "\"stickers\" lists 1 to %d", MANIFEST_STICKERS_MAX);
	if (wrong != NULL)
		return wrong;
	manifest->stickers = arena_array(arena, count, sizeof(*manifest->stickers));
	for (size_t i = 0; i < count && wrong == NULL; i++)
		wrong = read_sticker(arena, json_at(stickers, i), manifest);
	return wrong;
}
