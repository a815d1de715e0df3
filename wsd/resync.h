/* After a loss of Redis events may be missing: {"event":"resync"} to every client, not all at
 * once, since each of them answers with a request to the database. */
#ifndef WSD_RESYNC_H
#define WSD_RESYNC_H

struct node;
struct resync;

struct resync *resync_new(struct node *node);
void resync_free(struct resync **resync);
void resync_begin(struct resync *resync);

#endif
