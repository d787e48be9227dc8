#include "cuchardet.h"

#include <load.h>
#include <string.h>
#include <uchardet/uchardet.h>

#define FUNCTIONS(F) \
  F(uchardet_new) F(uchardet_delete) F(uchardet_handle_data) F(uchardet_data_end) F(uchardet_get_charset)
DYNAMIC(uchardet, "libuchardet.so.0", FUNCTIONS)

int backstamp_guess_charset(const uint8_t *bytes, size_t length, char *name, size_t capacity) {
  if (capacity == 0) return 0;
  name[0] = '\0';
  if (!backstamp_uchardet_is_there()) return 0;
  uchardet_t object = uchardet.uchardet_new();
  if (object == NULL) return 0;
  if (uchardet.uchardet_handle_data(object, (const char *)bytes, length) == 0) {
    uchardet.uchardet_data_end(object);
    const char *found = uchardet.uchardet_get_charset(object);
    if (strlen(found) < capacity) strcpy(name, found);
  }
  uchardet.uchardet_delete(object);
  return name[0] != '\0';
}
