#include "languages.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// The files are compiled in whole; `#embed` names them as what this file depends on. A language is a file, its text here, and a
// line of the table.
static const char en[] = {
#embed "../../languages/en.txt" suffix(, )
    0};

static const char ru[] = {
#embed "../../languages/ru.txt" suffix(, )
    0};

static const struct {
  const char *id, *text;
} languages[] = {
    {"en", en},
    {"ru", ru},
};

size_t backstamp_language_count(void) { return sizeof languages / sizeof *languages; }
const char *backstamp_language_id(size_t index) { return languages[index].id; }
const char *backstamp_language_text(size_t index) { return languages[index].text; }
