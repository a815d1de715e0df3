/* The encoder of BlurHash, after its specification. */
#include "blurhash.h"

#include <math.h>

#define ACROSS 4
#define DOWN 3
#define COMPONENTS ((size_t)ACROSS * DOWN)

struct colour {
	double red, green, blue;
};

static double to_linear(unsigned char value)
{
	double v = value / 255.0;

	return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static unsigned to_srgb(double value)
{
	double v = fmax(0, fmin(1, value));

	return (
	    unsigned)((v <= 0.0031308 ? v * 12.92 : 1.055 * pow(v, 1 / 2.4) - 0.055) * 255 + 0.5);
}

/* How much of one wave there is in the picture. */
static struct colour component(
    const unsigned char *pixels, size_t width, size_t height, size_t across, size_t down)
{
	struct colour sum = {0, 0, 0};
	double scale = (across == 0 && down == 0 ? 1.0 : 2.0) / (double)(width * height);

	for (size_t y = 0; y < height; y++) {
		for (size_t x = 0; x < width; x++, pixels += 3) {
			double wave = cos(M_PI * (double)(across * x) / (double)width) *
				      cos(M_PI * (double)(down * y) / (double)height);

			sum.red += wave * to_linear(pixels[0]);
			sum.green += wave * to_linear(pixels[1]);
			sum.blue += wave * to_linear(pixels[2]);
		}
	}
	return (struct colour){sum.red * scale, sum.green * scale, sum.blue * scale};
}

static char *put(char *text, unsigned value, int digits)
{
	static const char alphabet[] =
	    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

	for (int i = digits; i-- > 0; value /= 83)
		text[i] = alphabet[value % 83];
	return text + digits;
}

static double largest(const struct colour *waves)
{
	double most = 0;

	for (size_t i = 1; i < COMPONENTS; i++)
		most = fmax(most,
		    fmax(fabs(waves[i].red), fmax(fabs(waves[i].green), fabs(waves[i].blue))));
	return most;
}

static unsigned quantize(double value, double most)
{
	double part = value / most;
	double root = copysign(sqrt(fabs(part)), part);

	return (unsigned)fmax(0, fmin(18, floor(root * 9 + 9.5)));
}

void blurhash_write(
    const unsigned char *pixels, size_t width, size_t height, char text[BLURHASH_LENGTH + 1])
{
	struct colour waves[COMPONENTS];
	unsigned level;
	double most;

	for (size_t i = 0; i < COMPONENTS; i++)
		waves[i] = component(pixels, width, height, i % ACROSS, i / ACROSS);
	most = largest(waves);
	level = (unsigned)fmax(0, fmin(82, floor(most * 166 - 0.5)));
	most = (level + 1) / 166.0;
	text = put(text, ACROSS - 1 + (DOWN - 1) * 9, 1);
	text = put(text, level, 1);
	text = put(text,
	    to_srgb(waves[0].red) << 16 | to_srgb(waves[0].green) << 8 | to_srgb(waves[0].blue), 4);
	for (size_t i = 1; i < COMPONENTS; i++)
		text = put(text,
		    (quantize(waves[i].red, most) * 19 + quantize(waves[i].green, most)) * 19 +
			quantize(waves[i].blue, most),
		    2);
	*text = '\0';
}
