/* After a loss of Redis events are missing.  First every client is told {"event":"resync"}.  A
 * logout may be missing, too, so a little later everybody has to come back with a new ticket, which
 * those who were logged out do not get; sessions are resumed, and nobody misses an event.
 * Neither happens to all at once, since each client answers with requests to the database. */
#ifndef WSD_RESYNC_H
#define WSD_RESYNC_H

struct node;
struct resync;

struct resync *resync_new(struct node *node);
void resync_free(struct resync **resync);
void resync_begin(struct resync *resync);

#endif
