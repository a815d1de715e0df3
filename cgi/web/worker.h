/* The FastCGI side: threads that accept, answer and accept again. */
#ifndef HICHAT_WORKER_H
#define HICHAT_WORKER_H

#include "service.h"

/* Before anything starts a thread: signals wait until workers_run() asks for them, and every
 * thread inherits that. */
void workers_hold_signals(void);

/* Runs `count` workers on the listening socket until SIGTERM, SIGINT or SIGUSR1; then they take
 * no new request, and those in flight have some seconds.  SIGHUP reopens the log.
 * True when every worker came to its end. */
bool workers_run(struct service *service, int64_t count);

#endif
