/* Pins: what a conversation keeps at hand for everybody. */
#ifndef HICHAT_PIN_H
#define HICHAT_PIN_H

#include "request.h"

const struct error *pin_list(struct request *req);
const struct error *pin_put(struct request *req);
const struct error *pin_delete(struct request *req);

#endif
