/* Names of people: rules and keys, by libunistring. */
#include "identity.h"
#include "arena.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#define KEY_MAX 96 /* code points: the width of the columns *_key of people */
#define GROUP_KEY_MAX 192
#define PATTERN_ESCAPE '|'
#define PHONE_DIGITS_MIN 7
#define PHONE_DIGITS_MAX 15
#define ZERO_WIDTH_NON_JOINER 0x200C
#define ZERO_WIDTH_JOINER 0x200D
#define EMOJI_TAG_FIRST 0xE0020
#define EMOJI_TAG_LAST 0xE007F

/* libunistring answers with malloc(); NULL means out of memory, which aborts as in an arena. */
static const char *adopt(struct arena *arena, uint8_t *bytes, size_t length)
{
	char *text;

	if (bytes == NULL)
		abort();
	text = arena_text_n(arena, (const char *)bytes, length);
	free(bytes);
	return text;
}

static const char *normal_form(struct arena *arena, uninorm_t form, const char *text)
{
	size_t length = 0;
	uint8_t *bytes = u8_normalize(form, (const uint8_t *)text, strlen(text), NULL, &length);

	return adopt(arena, bytes, length);
}

static const char *fold(struct arena *arena, const char *text)
{
	size_t length = 0;
	uint8_t *bytes =
	    u8_casefold((const uint8_t *)text, strlen(text), NULL, UNINORM_NFKC, NULL, &length);

	return adopt(arena, bytes, length);
}

/* Reads one code point of valid UTF-8 and returns what follows it; NULL at the end. */
static const char *next_point(const char *text, ucs4_t *point)
{
	return (const char *)u8_next(point, (const uint8_t *)text);
}

static size_t points(const char *text)
{
	return u8_mbsnlen((const uint8_t *)text, strlen(text));
}

static const char *trim(struct arena *arena, const char *text)
{
	const char *start = NULL, *end = text, *at = text, *next;
	ucs4_t point;

	while ((next = next_point(at, &point)) != NULL) {
		if (!uc_is_property_white_space(point)) {
			if (start == NULL)
				start = at;
			end = next;
		}
		at = next;
	}
	return start == NULL ? "" : arena_text_n(arena, start, (size_t)(end - start));
}

static const char *cut(struct arena *arena, const char *text, size_t most)
{
	const char *at = text, *next;
	ucs4_t point;

	for (size_t i = 0; i < most && (next = next_point(at, &point)) != NULL; i++)
		at = next;
	return *at == '\0' ? text : arena_text_n(arena, text, (size_t)(at - text));
}

const char *identity_key(struct arena *arena, const char *text, size_t most)
{
	/* NFKC can bring capitals back (from "mathematical bold A"), hence the second round. */
	return cut(arena, fold(arena, fold(arena, text)), most);
}

const char *identity_prefix(struct arena *arena, const char *text)
{
	return identity_key(arena, trim(arena, text), KEY_MAX);
}

const char *identity_pattern(struct arena *arena, const char *prefix)
{
	char *pattern = arena_alloc(arena, 2 * strlen(prefix) + 2);
	char *end = pattern;

	for (; *prefix != '\0'; prefix++) {
		if (*prefix == '%' || *prefix == '_' || *prefix == PATTERN_ESCAPE)
			*end++ = PATTERN_ESCAPE;
		*end++ = *prefix;
	}
	*end = '%';
	return pattern;
}

static const struct error *refuse(struct arena *arena, const char *field)
{
	return error_field(arena, FAIL(INVALID), field);
}

static bool letter_or_digit(ucs4_t point)
{
	return uc_is_general_category_withtable(point, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_Nd) &&
	       !uc_is_property_default_ignorable_code_point(point);
}

/* Marks only after something that carries them; fillers that nobody sees are no letters. */
static bool username_shape(const char *text)
{
	bool carries = false, letters = false;
	ucs4_t point;

	while ((text = next_point(text, &point)) != NULL) {
		if (letter_or_digit(point)) {
			carries = letters = true;
			continue;
		}
		if (uc_is_general_category_withtable(point, UC_CATEGORY_MASK_M) && carries &&
		    !uc_is_property_default_ignorable_code_point(point))
			continue;
		if (point != '_' && point != '.' && point != '-')
			return false;
		carries = false;
	}
	return letters;
}

const struct error *identity_username(
    struct arena *arena, const char *given, struct identity_name *username)
{
	size_t length;

	username->shown = normal_form(arena, UNINORM_NFC, given);
	username->key = identity_key(arena, username->shown, SIZE_MAX);
	length = points(username->shown);
	/* The key too: a ligature may unfold into a whole phrase, with spaces. */
	if (length < USERNAME_MIN || length > USERNAME_MAX || points(username->key) > KEY_MAX ||
	    !username_shape(username->shown) || !username_shape(username->key))
		return refuse(arena, "username");
	return NULL;
}

/* Joiners and tags belong to scripts and emoji; everything else of these classes
 * is invisible, breaks lines or turns the reading direction around. */
static bool title_point(ucs4_t point)
{
	if (point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER ||
	    (point >= EMOJI_TAG_FIRST && point <= EMOJI_TAG_LAST))
		return true;
	return !uc_is_general_category_withtable(
	    point, UC_CATEGORY_MASK_C | UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp);
}

bool identity_is_line(const char *text)
{
	ucs4_t point;

	while ((text = next_point(text, &point)) != NULL)
		if (!title_point(point))
			return false;
	return true;
}

static bool title_shape(const char *text)
{
	bool visible = false;
	ucs4_t point;

	while ((text = next_point(text, &point)) != NULL) {
		if (!title_point(point))
			return false;
		if (!uc_is_property_white_space(point) &&
		    !uc_is_property_default_ignorable_code_point(point))
			visible = true;
	}
	return visible;
}

/* What people call themselves and their groups: any text of one line that shows something. */
static bool read_title(struct arena *arena, const char *given, size_t most, size_t key_most,
    struct identity_name *title)
{
	title->shown = trim(arena, normal_form(arena, UNINORM_NFC, given));
	title->key = identity_key(arena, title->shown, key_most);
	return points(title->shown) <= most && title_shape(title->shown);
}

const struct error *identity_nickname(
    struct arena *arena, const char *given, struct identity_name *nickname)
{
	if (!read_title(arena, given, NICKNAME_MAX, KEY_MAX, nickname))
		return refuse(arena, "nickname");
	return NULL;
}

const struct error *identity_group_name(
    struct arena *arena, const char *given, struct identity_name *name)
{
	if (!read_title(arena, given, GROUP_NAME_MAX, GROUP_KEY_MAX, name))
		return refuse(arena, "name");
	return NULL;
}

/* Dots separate labels that are not empty, and there is one at least. */
static bool domain_shape(const char *domain)
{
	const char *dot = strchr(domain, '.');

	return dot != NULL && *domain != '.' && domain[strlen(domain) - 1] != '.' &&
	       strstr(domain, "..") == NULL;
}

static bool email_shape(const char *email)
{
	const char *at = strchr(email, '@'), *rest = email;
	ucs4_t point;

	if (at == NULL || at == email || strchr(at + 1, '@') != NULL || strlen(email) > EMAIL_MAX)
		return false;
	while ((rest = next_point(rest, &point)) != NULL)
		if (uc_is_property_white_space(point) ||
		    uc_is_general_category_withtable(point, UC_CATEGORY_MASK_C) ||
		    (point < 0x80 && strchr("()<>,;:\\\"[]", (int)point) != NULL))
			return false;
	return domain_shape(at + 1);
}

const struct error *identity_email(
    struct arena *arena, const char *given, struct identity_name *email)
{
	email->shown = trim(arena, normal_form(arena, UNINORM_NFC, given));
	email->key = identity_key(arena, email->shown, SIZE_MAX);
	if (!email_shape(email->shown) || !email_shape(email->key))
		return refuse(arena, "email");
	return NULL;
}

const struct error *identity_phone(struct arena *arena, const char *given, const char **phone)
{
	/* NFKC makes the wide digits of Chinese keyboards plain ones. */
	const char *text = trim(arena, normal_form(arena, UNINORM_NFKC, given));
	char *number = arena_alloc(arena, PHONE_DIGITS_MAX + 2);
	size_t digits = 0;

	if (*text != '+')
		return refuse(arena, "phone");
	number[0] = '+';
	for (text++; *text != '\0'; text++) {
		if (strchr(" -.()", *text) != NULL)
			continue;
		if (*text < '0' || *text > '9' || digits == PHONE_DIGITS_MAX ||
		    (digits == 0 && *text == '0'))
			return refuse(arena, "phone");
		number[++digits] = *text;
	}
	if (digits < PHONE_DIGITS_MIN)
		return refuse(arena, "phone");
	*phone = number;
	return NULL;
}

struct identity_login identity_login(struct arena *arena, const char *given)
{
	const char *text = trim(arena, normal_form(arena, UNINORM_NFKC, given));
	struct identity_login login = {NULL, NULL, NULL};
	struct identity_name name;

	if (*text == '+') {
		if (identity_phone(arena, text, &login.phone) != NULL)
			login.phone = NULL;
	} else if (strchr(text, '@') != NULL) {
		if (identity_email(arena, text, &name) == NULL)
			login.email_key = name.key;
	} else if (identity_username(arena, text, &name) == NULL) {
		login.username_key = name.key;
	}
	return login;
}

const char *identity_login_text(
    struct arena *arena, const struct identity_login *login, const char *given)
{
	if (login->phone != NULL)
		return login->phone;
	if (login->email_key != NULL)
		return login->email_key;
	return login->username_key != NULL ? login->username_key
					   : identity_key(arena, given, KEY_MAX);
}
