/* A web server's side of FastCGI, as small as tests need it. */
#ifndef HICHAT_FCGI_CLIENT_H
#define HICHAT_FCGI_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

/* A listening socket at `path`. */
int fcgi_listen(const char *path);
int fcgi_connect(const char *path);

/* Begins a request: `variables` are "NAME=value", NULL after the last; `keep` asks the program
 * to leave the connection open. */
void fcgi_send(
    int connection, const char *const *variables, const char *body, size_t length, bool keep);

/* The same in pieces: all but the body, then as much of that as there is at a time; a piece
 * of nothing ends it. */
void fcgi_begin(int connection, const char *const *variables, bool keep);
void fcgi_send_body(int connection, const char *piece, size_t length);

/* The whole answer up to the end of the request, NUL-terminated, to be freed; NULL when the
 * program hung up before its end. */
char *fcgi_receive(int connection);

#endif
