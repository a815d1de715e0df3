/* The configuration: one INI file (inih), each value overridable by the environment
 * (HICHAT_SECTION_KEY).  One table in config.c names every key with kind, bounds and
 * default; unknown keys and bad values are refused with file and line number. */
#ifndef HICHAT_CONFIG_H
#define HICHAT_CONFIG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct config {
	struct {
		const char *host;   /* "localhost" */
		int64_t port;	    /* 3306 */
		const char *socket; /* "" : use host and port */
		const char *user;
		const char *password;
		const char *name;
		int64_t connect_timeout; /* s, 3 */
		int64_t query_timeout;	 /* s, 10: read, write and max_statement_time */
	} database;
	struct {
		bool enabled; /* yes */
		const char *host;
		int64_t port;
		const char *socket;
		const char *password;
		const char *prefix; /* "hichat" */
		int64_t timeout_ms; /* 100 */
	} redis;
	struct {
		const char *token_keys; /* "k1:hex…": required by the programs */
		const char *issuer;	/* "hichat" */
		int64_t access_ttl;	/* s, 600 */
		int64_t refresh_ttl;	/* s, 2592000 */
		bool secure_cookies;	/* yes; no only for plain http on a loopback address */
		int64_t scrypt_ln;	/* 14 */
		int64_t scrypt_r;	/* 8 */
		int64_t scrypt_p;	/* 5 */
	} auth;
	struct {
		int64_t
		    erase_days; /* from asking for it until the account is erased, 7; 0: at once */
	} account;
	struct {
		const char *destination; /* stderr | syslog | a path */
		const char *level;	 /* error | warning | info | debug */
	} log;
	struct {
		int64_t workers;	       /* 0: the program's own default */
		int64_t max_body;	       /* bytes of a JSON body, 65536 */
		const char *runtime_directory; /* "/run/hichat": lock files */
	} serve;
	struct {
		int64_t batch;	       /* messages that one transaction stores at most, 128 */
		int64_t recall_window; /* s, 120; 0: any time */
		int64_t edit_window;   /* s, 86400; 0: any time */
	} chat;
	struct {
		int64_t group_size; /* members that a new group takes, 500 */
	} social;
	struct {
		const char
		    *url; /* "/live": as the browser reaches wsd; "" : no daemon, clients poll */
		const char *listen;	    /* "127.0.0.1:7071" or "unix:/path" */
		const char *metrics_listen; /* "127.0.0.1:7072"; "" : none */
		const char *
		    origins; /* "https://chat.example.org, …"; "*" : any; "" : the Host asked for */
		int64_t heartbeat;	    /* s, 25 */
		int64_t silence;	    /* s, 60 */
		int64_t ack_timeout;	    /* s, 15 */
		int64_t linger;		    /* s, 120: a cut session waits for resume */
		int64_t reauthenticate;	    /* s, 900: then a connection needs a new ticket */
		int64_t queue_events;	    /* 1000 */
		int64_t queue_bytes;	    /* 1048576 */
		int64_t max_connections;    /* 20000 */
		int64_t per_user;	    /* sessions of one user, 20 */
		bool poll_files;	    /* no */
		const char *poll_directory; /* "/run/hichat/poll": served by the web server as … */
		const char *poll_url;	    /* "/poll" */
	} live;
	struct {
		const char *store;  /* "directory" | "s3": where contents are */
		const char *path;   /* "/var/lib/hichat/media": a directory of the programs' own */
		int64_t piece_size; /* bytes that one request may bring, 98304 */
		int64_t image_size; /* bytes of a whole upload, 20 MiB */
		int64_t voice_size; /* 10 MiB */
		int64_t video_size; /* 200 MiB */
		int64_t file_size;  /* 200 MiB */
		int64_t sticker_size; /* 1 MiB */
		int64_t max_pixels;   /* of an image, all its frames together, 100000000 */
		int64_t quota;	      /* bytes that one user stores, 2 GiB; 0: no limit */
		int64_t url_lifetime; /* s, 3600 */
		int64_t keep_unused;  /* s, 86400: what nothing refers to, and unfinished uploads */
		bool sendfile;	      /* no: the web server sends files that X-Sendfile names */
	} media;
	struct {
		const char *endpoint; /* "https://s3.eu-central-1.amazonaws.com" */
		const char *region;   /* "us-east-1" */
		const char *bucket;
		const char *prefix; /* "": of every key, without a slash at its end */
		const char *key_id;
		const char *key;	 /* the secret of it */
		bool path_style;	 /* yes: the bucket in the path, not in the host's name */
		int64_t connect_timeout; /* s, 3 */
		int64_t stall_timeout;	 /* s, 10: in which nothing moves */
	} s3;
	struct {
		int64_t login_account;	 /* failed attempts per account in 15 min, 10 */
		int64_t login_address;	 /* attempts per address in 15 min, 100 */
		int64_t registrations;	 /* per address and hour, 20 */
		int64_t sends;		 /* per user and minute, 240 */
		int64_t searches;	 /* per user and minute, 60 */
		int64_t friend_requests; /* per user and hour, 60 */
		int64_t groups;		 /* made by one user in an hour, 20 */
		int64_t group_requests;	 /* to join, per user and hour, 60 */
		int64_t group_changes;	 /* by one user in an hour, of all groups, 120 */
		int64_t uploads;	 /* begun by one user in an hour, 300 */
		int64_t posts;		 /* moments per user and hour, 60 */
		int64_t interactions;	 /* with moments, per user and minute, 120 */
	} limits;
};

/* The path from --config, HICHAT_CONFIG or the compiled-in default, in this order.
 * NULL path: that choice.  NULL with every mistake explained on `mistakes` when the
 * configuration is not usable (bad file, unknown key, bad value, unreadable). */
struct config *config_load(const char *path, FILE *mistakes);
void config_free(struct config **config);

/* "section.key = value" for every key, secrets as "(set)" or "(not set)". */
void config_print(const struct config *config, FILE *out);

#endif
