/* New passwords for other people: typed twice at a terminal, read from standard input, or made up.
 * Never on the command line, where every user of the machine can read them. */
#ifndef HICHAT_PASSWORD_ENTRY_H
#define HICHAT_PASSWORD_ENTRY_H

#include <stdbool.h>

struct arena;

/* What was typed or read, one line without its end; NULL with the reason told. */
const char *password_enter(struct arena *arena);
/* 20 random characters, over 118 bits. */
const char *password_generate(struct arena *arena);

#endif
