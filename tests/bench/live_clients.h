/* Thousands of live connections in one process, opened at wsd itself with tickets that are written
 * straight into its Redis, and how long after a moment events reach them.  Whatever goes wrong ends
 * the process. */
#ifndef HICHAT_LIVE_CLIENTS_H
#define HICHAT_LIVE_CLIENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct config;
struct live_clients;
struct redis;
struct sample;

/* A connection for each of the users first … first + count - 1, once live_clients_open() is done.
 * Never freed: they are as old as the process. */
struct live_clients *live_clients_new(
    const struct config *config, struct redis *redis, int64_t first, size_t count);
/* Until all of them are live, also those that were replaced. */
void live_clients_open(struct live_clients *all);
/* Takes what arrives until nothing does: presence announces all these people. */
void live_clients_settle(struct live_clients *all);
/* What arrives from now on goes into the sample, as time since now. */
void live_clients_measure(struct live_clients *all, struct sample *sample);
/* Until so many have arrived; then nothing is measured any more. */
void live_clients_wait(struct live_clients *all, size_t events);
void live_clients_acknowledge(struct live_clients *all);
/* Takes what arrives within so many milliseconds; how many events have come since it was measured.
 */
size_t live_clients_pass(struct live_clients *all, int milliseconds);
/* Closes one that is live, with a close frame or as a dying network does, and opens it anew. */
void live_clients_replace(struct live_clients *all, size_t index, bool politely);

/* What a process has computed until now: on a machine that does other things too, the truer
 * figure. */
int64_t processor_us(long pid);
long resident_kib(long pid);

#endif
