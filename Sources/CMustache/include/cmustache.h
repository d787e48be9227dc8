/* kainjow::mustache, a template library in one C++ header, behind plain C. */
#ifndef BACKSTAMP_CMUSTACHE_H
#define BACKSTAMP_CMUSTACHE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Values; each is consumed by what it is put into, or by rendering. NULL when there is no memory, which whatever it is put into
   remembers. */
void *backstamp_value_text(const char *bytes, size_t count);
void *backstamp_value_flag(int flag);
void *backstamp_value_list(void);
void *backstamp_value_object(void);
void backstamp_value_append(void *list, void *value);
void backstamp_value_set(void *object, const char *name, void *value);

/* Fills a template in, in one pass; {{name}} is escaped for HTML. Consumes the value. The result, or the message about
   a template that is not well-formed (then *failed is 1), is to be freed with backstamp_text_free. NULL when there was no memory
   for all of it. */
char *backstamp_template_render(const char *text, size_t count, void *value, size_t *length, int *failed);
void backstamp_text_free(char *text);

#ifdef __cplusplus
}
#endif

#endif
