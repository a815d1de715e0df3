/* What a profile may hold, beside the names that lib/identity.h judges. */
#ifndef HICHAT_PROFILE_FIELDS_H
#define HICHAT_PROFILE_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

#define BIO_MAX 200 /* code points */
#define REGION_MAX 64
#define SETTINGS_MAX 8192 /* bytes */

/* YYYY-MM-DD, a day that exists, from 1900 to tomorrow (it may be tomorrow elsewhere already). */
bool birthday_valid(const char *birthday, int64_t now_ms);
/* male, female or other. */
bool gender_valid(const char *gender);
/* One line. */
bool region_valid(const char *region);

#endif
