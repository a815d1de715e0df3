/* Password hashes, see password.h. */
#include "password.h"
#include "arena.h"
#include "base64.h"
#include "config.h"
#include "hash_slot.h"
#include "log.h"
#include "randomness.h"
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <stdint.h>
#include <string.h>

#define SALT_BYTES 16
#define HASH_BYTES 32
#define SALT_BYTES_MAX 64
#define HASH_BYTES_MAX 64
#define LN_MAX 20
#define R_MAX 32
#define P_MAX 16

struct phc {
	uint32_t ln, r, p;
	unsigned char salt[SALT_BYTES_MAX];
	size_t salt_size;
	unsigned char hash[HASH_BYTES_MAX];
	size_t hash_size;
};

static bool affordable(const struct phc *phc)
{
	return phc->ln >= 1 && phc->ln <= LN_MAX && phc->r >= 1 && phc->r <= R_MAX && phc->p >= 1 &&
	       phc->p <= P_MAX && (uint64_t)phc->r << (phc->ln + 7) <= PASSWORD_MEMORY_MAX;
}

static bool scrypt(const struct phc *phc, const char *password, unsigned char *out, size_t size)
{
	EVP_KDF *kdf = EVP_KDF_fetch(NULL, "SCRYPT", NULL);
	EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);
	uint64_t n = UINT64_C(1) << phc->ln;
	uint32_t r = phc->r, p = phc->p;
	/* What RFC 7914 needs and a little more: OpenSSL's default of 32 MiB ends at ln = 14. */
	uint64_t room = 128 * (uint64_t)r * (n + p + 2) + 65536;
	const OSSL_PARAM params[] = {
	    OSSL_PARAM_construct_octet_string(
		OSSL_KDF_PARAM_PASSWORD, (char *)password, strlen(password)),
	    OSSL_PARAM_construct_octet_string(
		OSSL_KDF_PARAM_SALT, (unsigned char *)phc->salt, phc->salt_size),
	    OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
	    OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
	    OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
	    OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &room),
	    OSSL_PARAM_construct_end(),
	};
	bool done = context != NULL && EVP_KDF_derive(context, out, size, params) == 1;

	EVP_KDF_CTX_free(context);
	EVP_KDF_free(kdf);
	return done;
}

/* Hashes when it is our turn: 503 busy when it never was. */
static const struct error *hash_in_turn(const struct config *config, struct arena *arena,
    const struct phc *phc, const char *password, unsigned char *out, size_t size)
{
	struct hash_slot slot;
	bool done;

	if (!hash_slot_take(config, &slot)) {
		LOG(WARNING, "too many passwords to hash at once, one was turned away");
		return error_retry(arena, FAIL(BUSY), 2);
	}
	done = scrypt(phc, password, out, size);
	hash_slot_release(&slot);
	if (done)
		return NULL;
	LOG(ERROR, "scrypt failed, probably for want of memory", LOG_FIELD("ln", phc->ln),
	    LOG_FIELD("r", phc->r), LOG_FIELD("p", phc->p));
	return FAIL(INTERNAL);
}

static struct phc wanted(const struct config *config)
{
	return (struct phc){
	    .ln = (uint32_t)config->auth.scrypt_ln,
	    .r = (uint32_t)config->auth.scrypt_r,
	    .p = (uint32_t)config->auth.scrypt_p,
	    .salt_size = SALT_BYTES,
	    .hash_size = HASH_BYTES,
	};
}

const struct error *password_hash(
    const struct config *config, struct arena *arena, const char *password, const char **text)
{
	struct phc phc = wanted(config);

	random_bytes(phc.salt, phc.salt_size);
	TRY(hash_in_turn(config, arena, &phc, password, phc.hash, phc.hash_size));
	*text = arena_printf(arena, "$scrypt$ln=%u,r=%u,p=%u$%s$%s", phc.ln, phc.r, phc.p,
	    base64_write(arena, BASE64_STANDARD, phc.salt, phc.salt_size),
	    base64_write(arena, BASE64_STANDARD, phc.hash, phc.hash_size));
	return NULL;
}

static bool skip(const char **at, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(*at, word, length) != 0)
		return false;
	*at += length;
	return true;
}

/* One or two digits without a leading zero: no bound of ours needs more. */
static bool read_cost(const char **at, const char *name, uint32_t *value)
{
	if (!skip(at, name) || **at < '1' || **at > '9')
		return false;
	*value = (uint32_t)(*(*at)++ - '0');
	if (**at >= '0' && **at <= '9')
		*value = *value * 10 + (uint32_t)(*(*at)++ - '0');
	return true;
}

static bool read_bytes(
    const char **at, unsigned char *bytes, size_t least, size_t room, size_t *size)
{
	size_t length = strcspn(*at, "$");
	bool good = base64_read(BASE64_STANDARD, *at, length, bytes, room, size) && *size >= least;

	*at += length;
	return good;
}

/* The strings come from the database, but also by import from elsewhere: a hostile one must
 * neither eat the memory nor be right for every password (an empty hash). */
static bool read_phc(const char *text, struct phc *phc)
{
	return skip(&text, "$scrypt$") && read_cost(&text, "ln=", &phc->ln) &&
	       read_cost(&text, ",r=", &phc->r) && read_cost(&text, ",p=", &phc->p) &&
	       skip(&text, "$") && affordable(phc) &&
	       read_bytes(&text, phc->salt, 8, sizeof phc->salt, &phc->salt_size) &&
	       skip(&text, "$") &&
	       read_bytes(&text, phc->hash, 16, sizeof phc->hash, &phc->hash_size) && *text == '\0';
}

static bool weaker(const struct phc *phc, const struct phc *want)
{
	return phc->ln < want->ln || phc->r < want->r || phc->p < want->p ||
	       phc->salt_size < want->salt_size || phc->hash_size < want->hash_size;
}

const struct error *password_verify(const struct config *config, struct arena *arena,
    const char *password, const char *text, bool *matches, bool *stale)
{
	struct phc want = wanted(config), phc = want;
	unsigned char hash[HASH_BYTES_MAX];
	bool known = text != NULL;

	*matches = *stale = false;
	if (known && !read_phc(text, &phc)) {
		LOG(ERROR, "a stored password hash cannot be read, nobody can log in by it");
		phc = want;
		known = false;
	}
	TRY(hash_in_turn(config, arena, &phc, password, hash, phc.hash_size));
	*matches = known && CRYPTO_memcmp(hash, phc.hash, phc.hash_size) == 0;
	*stale = *matches && weaker(&phc, &want);
	OPENSSL_cleanse(hash, sizeof hash);
	return NULL;
}
