/* The program's whole REST API.  Uploads, thumbnails, voice, files and stickers. */
#include "serve.h"

int main(int argc, char **argv)
{
	const struct program program = {.name = "media", .workers = 1};

	return serve(argc, argv, &program);
}
