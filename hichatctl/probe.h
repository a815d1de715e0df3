/* Asking a listening socket over HTTP, in seconds at most. */
#ifndef HICHAT_PROBE_H
#define HICHAT_PROBE_H

struct arena;

/* GET of `path` at "host:port", "[address]:port" or "unix:/path": the status, or 0 with
 * the reason in *why. */
int probe_http(struct arena *arena, const char *listen, const char *path, const char **why);

#endif
