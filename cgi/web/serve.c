/* main() of every program: what to do, how the web server started us, and the way out. */
#include "serve.h"

#include "exchange.h"
#include "worker.h"
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EXIT_USAGE = 2 };

enum action { ACTION_SERVE, ACTION_ROUTES, ACTION_VERSION, ACTION_HELP, ACTION_REFUSE };

struct options {
	enum action action;
	const char *config_path; /* NULL: HICHAT_CONFIG, or the compiled-in one */
};

static struct options read_options(int argc, char **argv)
{
	static const struct option known[] = {
	    {"config", required_argument, NULL, 'c'},
	    {"help", no_argument, NULL, 'h'},
	    {"routes", no_argument, NULL, 'r'},
	    {"version", no_argument, NULL, 'v'},
	    {NULL, 0, NULL, 0},
	};
	struct options options = {ACTION_SERVE, NULL};
	int letter;

	while ((letter = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (letter == 'c')
			options.config_path = optarg;
		else if (letter == 'r')
			options.action = ACTION_ROUTES;
		else if (letter == 'v')
			options.action = ACTION_VERSION;
		else
			options.action = letter == 'h' ? ACTION_HELP : ACTION_REFUSE;
		if (options.action == ACTION_REFUSE)
			return options;
	}
	if (optind < argc)
		options.action = ACTION_REFUSE;
	return options;
}

static void print_help(const char *program, FILE *out)
{
	fprintf(out,
	    "Usage: %s.fcgi [--config PATH]\n"
	    "       %s.fcgi --routes | --version | --help\n"
	    "\n"
	    "Answers /api/v1/%s for a web server: as FastCGI, with the listening socket on\n"
	    "descriptor 0, or as CGI, one request from the environment.\n"
	    "\n"
	    "  --config PATH  the configuration, instead of $HICHAT_CONFIG or the default\n"
	    "  --routes       print every route: method, pattern, who may\n"
	    "  --version      print the version\n"
	    "  --help         print this\n",
	    program, program, program);
}

static void print_routes(const struct service *service)
{
	for (size_t i = 0; i < service->count; i++) {
		const struct route *route = &service->routes[i];
		const char *method = route->method == GET     ? "GET"
				     : route->method == POST  ? "POST"
				     : route->method == PUT   ? "PUT"
				     : route->method == PATCH ? "PATCH"
							      : "DELETE";

		printf("%s %s %s\n", method, route->pattern,
		    route->access == PUBLIC ? "PUBLIC" : "USER");
	}
}

static bool started_as_fcgi(void)
{
	int listening = 0;
	socklen_t size = sizeof(listening);

	return getsockopt(STDIN_FILENO, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 &&
	       listening != 0;
}

static bool started_as_cgi(void)
{
	return getenv("GATEWAY_INTERFACE") != NULL && getenv("REQUEST_METHOD") != NULL;
}

/* Nobody reads a FastCGI program's stderr (lighttpd drops it), so the system's log has it too. */
static void log_mistakes(const char *program, char *mistakes)
{
	char *rest = mistakes;
	char *line;

	if (!log_open(program, "syslog", LOG_LEVEL_ERROR))
		return;
	while ((line = strsep(&rest, "\n")) != NULL)
		if (*line != '\0')
			LOG(ERROR, line);
	log_close();
}

static bool open_or_explain(struct service *service, const char *config_path, bool fcgi)
{
	char *mistakes = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&mistakes, &length);
	bool usable;

	if (stream == NULL)
		abort();
	usable = service_open(service, config_path, stream);
	fclose(stream);
	if (!usable) {
		fprintf(stderr, "%s: the configuration is not usable:\n%s", service->program->name,
		    mistakes);
		if (fcgi)
			log_mistakes(service->program->name, mistakes);
	}
	free(mistakes);
	return usable;
}

/* The answer of a CGI program that cannot even read its configuration. */
static void apologize(void)
{
	static const char answer[] =
	    "Status: 500 Internal Server Error\r\n"
	    "Content-Type: application/problem+json\r\n"
	    "Cache-Control: no-store\r\n"
	    "\r\n"
	    "{\"type\":\"about:blank\",\"title\":\"The server is not configured.\","
	    "\"status\":500,\"code\":\"internal\"}\n";

	(void)!write(STDOUT_FILENO, answer, sizeof(answer) - 1);
}

static int serve_cgi(struct service *service, const char *config_path)
{
	struct gateway gateway;
	struct desk desk;

	if (!open_or_explain(service, config_path, false)) {
		apologize();
		service_close(service);
		return EXIT_FAILURE;
	}
	gateway_open_cgi(&gateway);
	desk_open(&desk, service->config, service->breaker);
	exchange_run(service, &desk, &gateway);
	if (service->program->after != NULL) {
		/* The web server waits for the end of the answer, not for that of the process. */
		close(STDOUT_FILENO);
		(void)exchange_after(service, &desk);
	}
	desk_close(&desk);
	service_close(service);
	return EXIT_SUCCESS;
}

/* A program must not outlive what supervises it: the next start would find it on the socket.
 * A session leader was sent to the background on purpose, by a parent that left at once. */
static void die_with_parent(void)
{
	if (getsid(0) != getpid())
		(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
}

static int serve_fcgi(struct service *service, const char *config_path)
{
	const struct program *program = service->program;
	int64_t workers;

	die_with_parent();
	workers_hold_signals();
	if (!open_or_explain(service, config_path, true)) {
		service_close(service);
		return EXIT_FAILURE;
	}
	workers = service->config->serve.workers;
	if (workers == 0)
		workers = program->workers;
	LOG(INFO, "started", LOG_FIELD("version", PACKAGE_VERSION), LOG_FIELD("workers", workers));
	if (!workers_run(service, workers))
		_exit(EXIT_FAILURE); /* its threads still use what would be freed */
	LOG(INFO, "stopped");
	service_close(service);
	return EXIT_SUCCESS;
}

static int serve_requests(struct service *service, const char *config_path)
{
	signal(SIGPIPE, SIG_IGN);
	if (started_as_fcgi())
		return serve_fcgi(service, config_path);
	if (started_as_cgi())
		return serve_cgi(service, config_path);
	fprintf(stderr,
	    "%s: this program answers requests for a web server. Start it with a listening\n"
	    "socket on descriptor 0 (FastCGI, as spawn-fcgi does) or from a web server (CGI).\n"
	    "See --help.\n",
	    service->program->name);
	return EXIT_USAGE;
}

int serve(int argc, char **argv, const struct program *program)
{
	struct options options = read_options(argc, argv);
	struct service service = {0};
	int status = EXIT_SUCCESS;

	service_routes(&service, program);
	if (options.action == ACTION_SERVE)
		status = serve_requests(&service, options.config_path);
	else if (options.action == ACTION_ROUTES)
		print_routes(&service);
	else if (options.action == ACTION_VERSION)
		printf("HiChat %s %s\n", program->name, PACKAGE_VERSION);
	else
		print_help(program->name, options.action == ACTION_HELP ? stdout : stderr);
	if (options.action == ACTION_REFUSE)
		status = EXIT_USAGE;
	free(service.routes);
	return status;
}
