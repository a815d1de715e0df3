/* The program's whole REST API.  Posts, audiences, likes, comments and the feed: what friends
 * share. */
#include "serve.h"

int main(int argc, char **argv)
{
	const struct program program = {.name = "moments", .workers = 1};

	return serve(argc, argv, &program);
}
