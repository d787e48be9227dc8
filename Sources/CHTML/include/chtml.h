/* libxml2's HTML push parser in plain C types. Debian's libxml2 headers include ICU's, whose enums clash in Swift
   with those of Foundation's private copy; so they stay out of Swift. */
#ifndef BACKSTAMP_CHTML_H
#define BACKSTAMP_CHTML_H

#include <stdint.h>

/* What is told while reading. `offset` counts the bytes read so far. Names and text are UTF-8. */
typedef struct {
  /* attributes: name, value, name, value, … NULL; a value may be NULL. */
  void (*start)(void *reader, const char *name, const char *const *attributes, int64_t offset);
  void (*end)(void *reader, const char *name, int64_t offset);
  void (*text)(void *reader, const char *text, int32_t length, int64_t offset);
  /* A comment, a CDATA section: passed over. */
  void (*passed)(void *reader, int64_t offset);
} BackstampHTMLEvents;

/* Whether libxml2 can be loaded. */
int backstamp_libxml2_is_there(void);
/* A parser of UTF-8 that builds no tree, loads nothing and prints nothing; NULL without libxml2, or memory. */
void *backstamp_html_open(BackstampHTMLEvents events, void *reader);
void backstamp_html_feed(void *parser, const uint8_t *bytes, int32_t count, int32_t is_last);
/* No more is told after this; may be called while being told something. */
void backstamp_html_stop(void *parser);
void backstamp_html_close(void *parser);

#endif
