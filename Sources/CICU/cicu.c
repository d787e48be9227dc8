#include "cicu.h"

#include <stddef.h>
#include <unicode/ucnv.h>
#include <unicode/uidna.h>
#include <unicode/uspoof.h>

void *backstamp_converter_open(const char *name) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &error);
  return U_FAILURE(error) ? NULL : converter;
}

void backstamp_converter_close(void *converter) { ucnv_close(converter); }

int32_t backstamp_converter_decode(
    void *converter, const uint8_t **source, const uint8_t *limit, uint16_t *target, int32_t capacity, int32_t *offsets,
    int32_t flush) {
  UErrorCode error = U_ZERO_ERROR;
  UChar *out = (UChar *)target;
  const char *in = (const char *)*source;
  ucnv_toUnicode(converter, &out, (UChar *)target + capacity, &in, (const char *)limit, offsets, flush != 0, &error);
  *source = (const uint8_t *)in;
  if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR) return -1;
  return (int32_t)(out - (UChar *)target);
}

typedef int32_t (*Naming)(const UIDNA *, const char *, int32_t, char *, int32_t, UIDNAInfo *, UErrorCode *);

static int32_t name_with(Naming function, const char *name, int32_t length, char *result, int32_t capacity) {
  UErrorCode error = U_ZERO_ERROR;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UIDNA *idna =
      uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE | UIDNA_CHECK_BIDI, &error);
  if (U_FAILURE(error)) return -1;
  int32_t written = function(idna, name, length, result, capacity, &info, &error);
  uidna_close(idna);
  return U_FAILURE(error) || info.errors != 0 || written > capacity ? -1 : written;
}

int32_t backstamp_idna_to_ascii(const char *name, int32_t length, char *result, int32_t capacity) {
  return name_with(uidna_nameToASCII_UTF8, name, length, result, capacity);
}

int32_t backstamp_idna_to_unicode(const char *name, int32_t length, char *result, int32_t capacity) {
  return name_with(uidna_nameToUnicodeUTF8, name, length, result, capacity);
}

int32_t backstamp_skeleton(const char *name, int32_t length, char *result, int32_t capacity) {
  UErrorCode error = U_ZERO_ERROR;
  USpoofChecker *checker = uspoof_open(&error);
  if (U_FAILURE(error)) return -1;
  int32_t written = uspoof_getSkeletonUTF8(checker, 0, name, length, result, capacity, &error);
  uspoof_close(checker);
  return U_FAILURE(error) || written > capacity ? -1 : written;
}
