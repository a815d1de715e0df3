/* The SQL of what a member changes about a conversation for themselves alone. */
#ifndef HICHAT_MY_CONVERSATION_STORE_H
#define HICHAT_MY_CONVERSATION_STORE_H

#include "my_conversation.h"

/* Absent members stay as they are; cleared_seq only rises, to the last row at most. */
const struct error *my_conversation_store(
    struct request *req, int64_t conversation, const struct conversation_change *change);

/* Keeps what was begun there in the place of what was before. */
const struct error *my_conversation_keep(
    struct request *req, int64_t conversation, const struct unsent *unsent);

/* Lists it again; *changed: it was hidden. */
const struct error *my_conversation_unhide(
    struct request *req, int64_t conversation, bool *changed);

#endif
