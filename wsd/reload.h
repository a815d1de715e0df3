/* The configuration while the process runs: SIGHUP. */
#ifndef WSD_RELOAD_H
#define WSD_RELOAD_H

#include <stdbool.h>

struct config;
struct node;

/* Opens the log as the configuration wants it. */
bool reload_log(const struct config *config);

/* Reads the file again.  When it is not usable, the log says why and the old one stays. */
void reload(struct node *node, struct config **config, const char *path);

#endif
