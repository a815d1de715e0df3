/* Handlers of one's own profile. */
#include "profile.h"
#include "avatar.h"
#include "clock.h"
#include "deliver.h"
#include "friendship.h"
#include "openness.h"
#include "presence.h"
#include "profile_fields.h"
#include "profile_store.h"
#include "respond.h"
#include "showing.h"
#include "user.h"
#include <string.h>

#define TEXT_MAX 320 /* the exact bounds are the identity module's business */

static const struct field profile_input_fields[] = {
    OPTIONAL(struct profile_input, nickname, 0, TEXT_MAX),
    OPTIONAL(struct profile_input, bio, 0, BIO_MAX),
    OPTIONAL(struct profile_input, gender, 0, TEXT_MAX),
    OPTIONAL(struct profile_input, avatar, 0, TEXT_MAX),
    OPTIONAL(struct profile_input, phone, 0, TEXT_MAX),
    OPTIONAL(struct profile_input, email, 0, TEXT_MAX),
    OPTIONAL(struct profile_input, birthday, 0, TEXT_MAX),
    OPTIONAL(struct profile_input, region, 0, REGION_MAX),
    OPTIONAL(struct profile_input, settings, 0, SETTINGS_MAX),
    FLAG(struct profile_input, findable_by_username, FIELD_OPTIONAL),
    FLAG(struct profile_input, findable_by_phone, FIELD_OPTIONAL),
    FLAG(struct profile_input, findable_by_email, FIELD_OPTIONAL),
    FLAG(struct profile_input, takes_requests, FIELD_OPTIONAL),
    FLAG(struct profile_input, sends_read_receipts, FIELD_OPTIONAL),
    FLAG(struct profile_input, shows_presence, FIELD_OPTIONAL),
    FLAG(struct profile_input, sends_typing, FIELD_OPTIONAL),
};
const struct record profile_input_record = RECORD(struct profile_input, profile_input_fields);

const struct error *profile_own(struct request *req, int64_t user_id, struct json_object **user)
{
	struct profile profile;

	TRY(profile_load(req, user_id, &profile));
	*user = json_record(&profile_record, &profile);
	return NULL;
}

static const struct error *respond_profile(struct request *req, const struct profile *profile)
{
	struct json_object *answer = json_new(req->arena);

	json_set(answer, "user", json_record(&profile_record, profile));
	return respond(req, 200, answer);
}

const struct error *profile_get(struct request *req)
{
	struct profile profile;

	TRY(presence_seen(req));
	TRY(profile_load(req, req->user_id, &profile));
	return respond_profile(req, &profile);
}

/* True for a text that was sent and says something. */
static bool filled(const char *text)
{
	return text != NULL && *text != '\0';
}

static const struct error *check_names(
    struct request *req, const struct profile_input *input, struct profile_change *change)
{
	if (input->nickname != NULL)
		TRY(identity_nickname(req->arena, input->nickname, &change->nickname));
	change->phone = input->phone;
	if (filled(input->phone))
		TRY(identity_phone(req->arena, input->phone, &change->phone));
	change->email = (struct identity_name){input->email, input->email};
	if (filled(input->email))
		TRY(identity_email(req->arena, input->email, &change->email));
	return NULL;
}

static const struct error *check_fields(
    struct request *req, const struct profile_input *input, struct profile_change *change)
{
	const char *wrong = NULL;

	change->avatar = input->avatar;
	change->gender = input->gender;
	change->birthday = input->birthday;
	change->region = input->region;
	change->bio = input->bio;
	change->settings = input->settings;
	if (filled(input->gender) && !gender_valid(input->gender))
		wrong = "gender";
	else if (filled(input->birthday) && !birthday_valid(input->birthday, clock_wall_ms()))
		wrong = "birthday";
	else if (filled(input->region) && !region_valid(input->region))
		wrong = "region";
	else if (input->settings.text != NULL && strlen(input->settings.text) > SETTINGS_MAX)
		wrong = "settings";
	if (wrong != NULL)
		return error_field(req->arena, FAIL(INVALID), wrong);
	return filled(input->avatar) ? avatar_check(req, input->avatar) : NULL;
}

static void take_privacy(const struct profile_input *input, struct profile_change *change)
{
	change->findable_by_username = input->findable_by_username;
	change->findable_by_phone = input->findable_by_phone;
	change->findable_by_email = input->findable_by_email;
	change->takes_requests = input->takes_requests;
	change->sends_read_receipts = input->sends_read_receipts;
	change->shows_presence = input->shows_presence;
	change->sends_typing = input->sends_typing;
}

static struct json_object *profile_event(struct request *req, struct json_object *user)
{
	struct json_object *event = json_new(req->arena);

	json_set_text(event, "event", EVENT_PROFILE);
	json_set(event, "user", user);
	return event;
}

/* What friends see of it. */
static struct json_object *card_of(const struct profile *profile)
{
	struct user_card card = {.id = profile->id,
	    .username = profile->username,
	    .nickname = profile->nickname,
	    .avatar = profile->avatar,
	    .bio = profile->bio,
	    .gender = profile->gender,
	    .region = profile->region};

	return json_record(&user_card_record, &card);
}

static bool changes_card(const struct profile_change *change)
{
	return change->nickname.shown != NULL || change->avatar != NULL || change->bio != NULL ||
	       change->gender != NULL || change->region != NULL;
}

static bool changes_openness(const struct profile_change *change)
{
	return change->sends_read_receipts != ABSENT || change->shows_presence != ABSENT ||
	       change->sends_typing != ABSENT;
}

static bool changes_anything(const struct profile_change *change)
{
	return changes_card(change) || change->phone != NULL || change->email.shown != NULL ||
	       change->birthday != NULL || change->settings.text != NULL ||
	       change->findable_by_username != ABSENT || change->findable_by_phone != ABSENT ||
	       change->findable_by_email != ABSENT || change->takes_requests != ABSENT ||
	       changes_openness(change);
}

/* The other devices see all of it, friends only the card, and only when that changed. */
static const struct error *tell(
    struct request *req, const struct profile_change *change, const struct profile *profile)
{
	struct id_list friends;

	deliver_to(
	    req, &req->user_id, 1, profile_event(req, json_record(&profile_record, profile)));
	if (!changes_card(change))
		return NULL;
	TRY(friendship_near_ids(req->db, req->arena, req->user_id, &friends));
	if (friends.count > 0)
		deliver_to(req, friends.ids, friends.count, profile_event(req, card_of(profile)));
	return NULL;
}

const struct error *profile_patch(struct request *req)
{
	struct profile_change change = {0};
	struct openness before;
	struct profile profile;

	TRY(check_names(req, req->input, &change));
	TRY(check_fields(req, req->input, &change));
	take_privacy(req->input, &change);
	if (changes_openness(&change))
		TRY(openness_load(req->db, req->arena, req->user_id, &before));
	if (changes_anything(&change))
		TRY(profile_update(req, &change));
	TRY(profile_load(req, req->user_id, &profile));
	if (changes_openness(&change))
		TRY(showing_tell(req, &before, &profile));
	if (changes_anything(&change))
		TRY(tell(req, &change, &profile));
	return respond_profile(req, &profile);
}
