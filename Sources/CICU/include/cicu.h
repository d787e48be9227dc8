/* What the program uses of ICU, in plain C types. ICU's own headers stay out of Swift: its public names are
   token-pasting macros, and its enums clash with those of Foundation's private copy. */
#ifndef BACKSTAMP_CICU_H
#define BACKSTAMP_CICU_H

#include <stdint.h>

/* Whether ICU can be loaded: charsets and internationalised names, and what is confusable. */
int backstamp_icuuc_is_there(void);
int backstamp_icui18n_is_there(void);
/* Whether either was needed and is not there. */
int backstamp_icuuc_is_missing(void);
int backstamp_icui18n_is_missing(void);

/* A charset converter, or NULL when ICU does not know the name, or is not there. */
void *backstamp_converter_open(const char *name);
void backstamp_converter_close(void *converter);

/* Decodes bytes to UTF-16. Advances *source; offsets[i] is the offset of unit i's byte from the *source given.
   Returns the number of units written (at most capacity), or -1 when ICU fails. */
int32_t backstamp_converter_decode(
    void *converter, const uint8_t **source, const uint8_t *limit, uint16_t *target, int32_t capacity, int32_t *offsets,
    int32_t flush);

/* UTS 46, nontransitional. Returns the length in UTF-8 bytes, or -1 when the name is not valid, or ICU is not there. */
int32_t backstamp_idna_to_ascii(const char *name, int32_t length, char *result, int32_t capacity);
int32_t backstamp_idna_to_unicode(const char *name, int32_t length, char *result, int32_t capacity);

/* The UTS 39 skeleton: equal for names that look alike; for comparing only. Returns its length, or -1. */
int32_t backstamp_skeleton(const char *name, int32_t length, char *result, int32_t capacity);

/* Whether a word mixes scripts beyond what UTS 39 §5.2 calls highly restrictive: 1, 0, or -1 when ICU cannot tell. */
int32_t backstamp_mixes_scripts(const char *word, int32_t length);

#endif
