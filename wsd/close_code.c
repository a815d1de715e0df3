/* The table of close codes, see close_code.h. */
#include "close_code.h"

#define X(id, code, text) [CLOSE_##id] = {code, text},
const struct close_code close_table[CLOSE_COUNT] = {CLOSE_TABLE(X)};
#undef X
