/* RFC 8259 to the letter.  json-c takes more than the standard allows (single quotes, NaN,
 * comments, raw control characters, numbers too large), so nothing reaches it unchecked. */
#ifndef HICHAT_JSON_SYNTAX_H
#define HICHAT_JSON_SYNTAX_H

#include <stddef.h>

/* NULL when the text is one JSON object or array, at most `depth` (16 or less) levels deep, with
 * integers that fit int64_t and strings that are Unicode text without NUL; else what is wrong.
 * *members: how many "key": value pairs there are in all objects together. */
const char *json_syntax(const char *text, size_t length, unsigned depth, size_t *members);

#endif
