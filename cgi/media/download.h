/* Downloads: the bytes behind signed addresses, and those addresses. */
#ifndef HICHAT_DOWNLOAD_H
#define HICHAT_DOWNLOAD_H

#include "request.h"

struct url_list {
	struct id_list media_ids;
};
extern const struct record url_list_record;

const struct error *download(struct request *req);
const struct error *download_urls(struct request *req);

#endif
