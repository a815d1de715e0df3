/* The SQL of muting and reporting posts. */
#ifndef HICHAT_ATTENTION_STORE_H
#define HICHAT_ATTENTION_STORE_H

#include "attention.h"
#include "post_store.h"

const struct error *attention_set_muted(
    struct db *db, int64_t user_id, int64_t post_id, bool muted);
/* With what the post says now.  *added: this person had not reported it yet. */
const struct error *attention_add_report(struct db *db, int64_t user_id, const struct post *post,
    const struct report_draft *draft, bool *added);

#endif
