#include "cicu.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <unicode/ucnv.h>
#include <unicode/uidna.h>
#include <unicode/uspoof.h>
#include <unicode/uvernum.h>

/* Loaded when first needed: most messages are ASCII or UTF-8, and ICU takes longer to load than they to read. */
static struct {
  __typeof__(&ucnv_open) open;
  __typeof__(&ucnv_close) close;
  __typeof__(&ucnv_toUnicode) to_unicode;
  __typeof__(&uidna_openUTS46) open_idna;
  __typeof__(&uidna_close) close_idna;
  __typeof__(&uidna_nameToASCII_UTF8) to_ascii;
  __typeof__(&uidna_nameToUnicodeUTF8) name_to_unicode;
} common;
static struct {
  __typeof__(&uspoof_open) open;
  __typeof__(&uspoof_close) close;
  __typeof__(&uspoof_getSkeletonUTF8) skeleton;
  __typeof__(&uspoof_setChecks) set_checks;
  __typeof__(&uspoof_setRestrictionLevel) set_level;
  __typeof__(&uspoof_checkUTF8) check;
} spoof;
static int has_common, has_spoof;
static pthread_once_t once_common = PTHREAD_ONCE_INIT, once_spoof = PTHREAD_ONCE_INIT;

#define TEXT_OF(x) #x
/* ucnv_open is a macro for ucnv_open_72, so the name is expanded before it becomes text. */
#define NAME(x) TEXT_OF(x)

static void load_common(void) {
  void *library = dlopen("libicuuc.so." U_ICU_VERSION_SHORT, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return;
  has_common = (common.open = dlsym(library, NAME(ucnv_open))) && (common.close = dlsym(library, NAME(ucnv_close))) &&
               (common.to_unicode = dlsym(library, NAME(ucnv_toUnicode))) &&
               (common.open_idna = dlsym(library, NAME(uidna_openUTS46))) &&
               (common.close_idna = dlsym(library, NAME(uidna_close))) &&
               (common.to_ascii = dlsym(library, NAME(uidna_nameToASCII_UTF8))) &&
               (common.name_to_unicode = dlsym(library, NAME(uidna_nameToUnicodeUTF8)));
}

static void load_spoof(void) {
  void *library = dlopen("libicui18n.so." U_ICU_VERSION_SHORT, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return;
  has_spoof = (spoof.open = dlsym(library, NAME(uspoof_open))) && (spoof.close = dlsym(library, NAME(uspoof_close))) &&
              (spoof.skeleton = dlsym(library, NAME(uspoof_getSkeletonUTF8))) &&
              (spoof.set_checks = dlsym(library, NAME(uspoof_setChecks))) &&
              (spoof.set_level = dlsym(library, NAME(uspoof_setRestrictionLevel))) &&
              (spoof.check = dlsym(library, NAME(uspoof_checkUTF8)));
}

void *backstamp_converter_open(const char *name) {
  pthread_once(&once_common, load_common);
  if (!has_common) return NULL;
  UErrorCode error = U_ZERO_ERROR;
  UConverter *converter = common.open(name, &error);
  return U_FAILURE(error) ? NULL : converter;
}

void backstamp_converter_close(void *converter) { common.close(converter); }

int32_t backstamp_converter_decode(
    void *converter, const uint8_t **source, const uint8_t *limit, uint16_t *target, int32_t capacity, int32_t *offsets,
    int32_t flush) {
  UErrorCode error = U_ZERO_ERROR;
  UChar *out = (UChar *)target;
  const char *in = (const char *)*source;
  common.to_unicode(converter, &out, (UChar *)target + capacity, &in, (const char *)limit, offsets, flush != 0, &error);
  *source = (const uint8_t *)in;
  if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR) return -1;
  return (int32_t)(out - (UChar *)target);
}

static int32_t named(int to_ascii, const char *name, int32_t length, char *result, int32_t capacity) {
  pthread_once(&once_common, load_common);
  if (!has_common) return -1;
  UErrorCode error = U_ZERO_ERROR;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UIDNA *idna =
      common.open_idna(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE | UIDNA_CHECK_BIDI | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ, &error);
  if (U_FAILURE(error)) return -1;
  int32_t written = (to_ascii ? common.to_ascii : common.name_to_unicode)(
      idna, name, length, result, capacity, &info, &error);
  common.close_idna(idna);
  return U_FAILURE(error) || info.errors != 0 || written > capacity ? -1 : written;
}

int32_t backstamp_idna_to_ascii(const char *name, int32_t length, char *result, int32_t capacity) {
  return named(1, name, length, result, capacity);
}

int32_t backstamp_idna_to_unicode(const char *name, int32_t length, char *result, int32_t capacity) {
  return named(0, name, length, result, capacity);
}

int32_t backstamp_skeleton(const char *name, int32_t length, char *result, int32_t capacity) {
  pthread_once(&once_spoof, load_spoof);
  if (!has_spoof) return -1;
  UErrorCode error = U_ZERO_ERROR;
  USpoofChecker *checker = spoof.open(&error);
  if (U_FAILURE(error)) return -1;
  int32_t written = spoof.skeleton(checker, 0, name, length, result, capacity, &error);
  spoof.close(checker);
  return U_FAILURE(error) || written > capacity ? -1 : written;
}

int32_t backstamp_mixes_scripts(const char *word, int32_t length) {
  pthread_once(&once_spoof, load_spoof);
  if (!has_spoof) return -1;
  UErrorCode error = U_ZERO_ERROR;
  USpoofChecker *checker = spoof.open(&error);
  if (U_FAILURE(error)) return -1;
  spoof.set_checks(checker, USPOOF_RESTRICTION_LEVEL, &error);
  spoof.set_level(checker, USPOOF_HIGHLY_RESTRICTIVE);
  int32_t found = spoof.check(checker, word, length, NULL, &error);
  spoof.close(checker);
  return U_FAILURE(error) ? -1 : found != 0;
}
