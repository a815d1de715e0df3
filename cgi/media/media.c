/* media: uploads and downloads.  It answers /health, as every program does, and has no routes of
 * its own yet. */
#include "serve.h"

int main(int argc, char **argv)
{
	const struct program program = {.name = "media", .workers = 1};

	return serve(argc, argv, &program);
}
