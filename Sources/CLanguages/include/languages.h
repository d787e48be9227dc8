#include <stddef.h>

/// How many languages there are; English is the first.
size_t backstamp_language_count(void);
/// A language's id, such as `ru`, and the text of its file in UTF-8 with a zero behind it; Language.swift says how it is read.
const char *backstamp_language_id(size_t index);
const char *backstamp_language_text(size_t index);
