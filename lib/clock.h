/* Time.  Wall time is what is stored and shown; monotonic time is what is measured and waited. */
#ifndef HICHAT_CLOCK_H
#define HICHAT_CLOCK_H

#include <stdint.h>

int64_t clock_wall_ms(void);	  /* milliseconds since 1970 UTC */
int64_t clock_monotonic_ms(void); /* never goes back */

#endif
