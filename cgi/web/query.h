/* The query string as a record: decoded, checked, bounded. */
#ifndef HICHAT_QUERY_H
#define HICHAT_QUERY_H

#include "error.h"
#include "record.h"

struct arena;

/* Fills `object` from "key=value&…".  Keys that the record does not know are ignored; 422 names
 * the first field that is missing, given twice or not acceptable; 400 for bad escapes. */
const struct error *query_fill(
    struct arena *arena, const struct record *record, const char *query, void *object);

#endif
