/* Durations in microseconds, and their percentiles. */
#ifndef HICHAT_SAMPLE_H
#define HICHAT_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

struct sample;

struct sample *sample_new(void);
void sample_free(struct sample **sample);
void sample_add(struct sample *sample, int64_t us);
void sample_merge(struct sample *sample, const struct sample *other);
size_t sample_count(const struct sample *sample);
/* The smallest duration that `percent` of them do not exceed; 0 without any. */
int64_t sample_at(struct sample *sample, int percent);

int64_t sample_now_us(void); /* monotonic */

#endif
