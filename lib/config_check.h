/* What makes one text of the configuration acceptable.  Each check answers NULL, or how
 * the value should look, to follow "it must be".  None is called for an empty text. */
#ifndef HICHAT_CONFIG_CHECK_H
#define HICHAT_CONFIG_CHECK_H

const char *check_socket(const char *text);	 /* a path */
const char *check_directory(const char *text);	 /* a path */
const char *check_destination(const char *text); /* stderr, syslog or a path */
const char *check_level(const char *text);
const char *check_prefix(const char *text); /* what may stand in a Redis key and channel */
const char *check_listen(const char *text); /* loopback address and port, or unix:/path */
const char *check_url(const char *text);
const char *check_path(const char *text); /* how a browser reaches wsd */
const char *check_store(const char *text);
const char *check_endpoint(const char *text);	/* scheme, host and port */
const char *check_key_prefix(const char *text); /* of an object: needs no encoding */
const char *check_origins(const char *text);	/* a list, or "*" */

#endif
