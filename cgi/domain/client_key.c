/* Keys that clients choose. */
#include "client_key.h"
#include <string.h>

const struct error *client_key_check(struct request *req, const char *client_key)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789_-.:";

	if (client_key[strspn(client_key, letters)] != '\0')
		return error_field(req->arena, FAIL(INVALID), "client_key");
	return NULL;
}
