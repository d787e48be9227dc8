#include "cicu.h"

#include <load.h>
#include <unicode/ucnv.h>
#include <unicode/uidna.h>
#include <unicode/uspoof.h>
#include <unicode/uvernum.h>

/* Most messages are ASCII or UTF-8, and ICU takes longer to load than they to read. */
#define COMMON(F)                                                                            \
  F(ucnv_open) F(ucnv_close) F(ucnv_toUnicode) F(uidna_openUTS46) F(uidna_close)             \
  F(uidna_nameToASCII_UTF8) F(uidna_nameToUnicodeUTF8)
#define SPOOF(F)                                                                             \
  F(uspoof_open) F(uspoof_close) F(uspoof_getSkeletonUTF8) F(uspoof_setChecks)               \
  F(uspoof_setRestrictionLevel) F(uspoof_checkUTF8)
DYNAMIC(icuuc, "libicuuc.so." U_ICU_VERSION_SHORT, COMMON)
DYNAMIC(icui18n, "libicui18n.so." U_ICU_VERSION_SHORT, SPOOF)

void *backstamp_converter_open(const char *name) {
  if (!backstamp_icuuc_is_there()) return NULL;
  UErrorCode error = U_ZERO_ERROR;
  UConverter *converter = icuuc.ucnv_open(name, &error);
  return U_FAILURE(error) ? NULL : converter;
}

void backstamp_converter_close(void *converter) { icuuc.ucnv_close(converter); }

int32_t backstamp_converter_decode(
    void *converter, const uint8_t **source, const uint8_t *limit, uint16_t *target, int32_t capacity, int32_t *offsets,
    int32_t flush) {
  UErrorCode error = U_ZERO_ERROR;
  UChar *out = (UChar *)target;
  const char *in = (const char *)*source;
  icuuc.ucnv_toUnicode(converter, &out, (UChar *)target + capacity, &in, (const char *)limit, offsets, flush != 0, &error);
  *source = (const uint8_t *)in;
  if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR) return -1;
  return (int32_t)(out - (UChar *)target);
}

static int32_t named(int to_ascii, const char *name, int32_t length, char *result, int32_t capacity) {
  if (!backstamp_icuuc_is_there()) return -1;
  UErrorCode error = U_ZERO_ERROR;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UIDNA *idna = icuuc.uidna_openUTS46(
      UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ,
      &error);
  if (U_FAILURE(error)) return -1;
  int32_t written = (to_ascii ? icuuc.uidna_nameToASCII_UTF8 : icuuc.uidna_nameToUnicodeUTF8)(
      idna, name, length, result, capacity, &info, &error);
  icuuc.uidna_close(idna);
  return U_FAILURE(error) || info.errors != 0 || written > capacity ? -1 : written;
}

int32_t backstamp_idna_to_ascii(const char *name, int32_t length, char *result, int32_t capacity) {
  return named(1, name, length, result, capacity);
}

int32_t backstamp_idna_to_unicode(const char *name, int32_t length, char *result, int32_t capacity) {
  return named(0, name, length, result, capacity);
}

int32_t backstamp_skeleton(const char *name, int32_t length, char *result, int32_t capacity) {
  if (!backstamp_icui18n_is_there()) return -1;
  UErrorCode error = U_ZERO_ERROR;
  USpoofChecker *checker = icui18n.uspoof_open(&error);
  if (U_FAILURE(error)) return -1;
  int32_t written = icui18n.uspoof_getSkeletonUTF8(checker, 0, name, length, result, capacity, &error);
  icui18n.uspoof_close(checker);
  return U_FAILURE(error) || written > capacity ? -1 : written;
}

int32_t backstamp_mixes_scripts(const char *word, int32_t length) {
  if (!backstamp_icui18n_is_there()) return -1;
  UErrorCode error = U_ZERO_ERROR;
  USpoofChecker *checker = icui18n.uspoof_open(&error);
  if (U_FAILURE(error)) return -1;
  icui18n.uspoof_setChecks(checker, USPOOF_RESTRICTION_LEVEL, &error);
  icui18n.uspoof_setRestrictionLevel(checker, USPOOF_HIGHLY_RESTRICTIVE);
  int32_t found = icui18n.uspoof_checkUTF8(checker, word, length, NULL, &error);
  icui18n.uspoof_close(checker);
  return U_FAILURE(error) ? -1 : found != 0;
}
