/* Fuzzes the configuration's reader with a whole file. */
#include "config.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	int file = memfd_create("hichat.conf", 0);
	FILE *mistakes = fopen("/dev/null", "w");
	struct config *config;
	char path[64];

	if (file < 0 || mistakes == NULL || write(file, bytes, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	config = config_load(path, mistakes);
	if (config != NULL)
		config_print(config, mistakes);
	config_free(&config);
	fclose(mistakes);
	close(file);
	return 0;
}
