/* moments: what friends share.  It answers /health, as every program does, and has no routes of
 * its own yet. */
#include "serve.h"

int main(int argc, char **argv)
{
	const struct program program = {.name = "moments", .workers = 1};

	return serve(argc, argv, &program);
}
