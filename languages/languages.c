#include "languages.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// The files are compiled in whole; `#embed` names them as what this file depends on.
static const char en[] = {
#embed "en.txt" suffix(, )
    0};

static const char ru[] = {
#embed "ru.txt" suffix(, )
    0};

const char *backstamp_language_en(void) { return en; }
const char *backstamp_language_ru(void) { return ru; }
