#include "cuchardet.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>
#include <uchardet/uchardet.h>

/* Loaded when first needed: most texts say truly what they are in. */
static struct {
  __typeof__(&uchardet_new) make;
  __typeof__(&uchardet_delete) delete;
  __typeof__(&uchardet_handle_data) handle_data;
  __typeof__(&uchardet_data_end) data_end;
  __typeof__(&uchardet_get_charset) get_charset;
} detector;
static int is_loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen("libuchardet.so.0", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return;
  is_loaded = (detector.make = dlsym(library, "uchardet_new")) && (detector.delete = dlsym(library, "uchardet_delete")) &&
              (detector.handle_data = dlsym(library, "uchardet_handle_data")) &&
              (detector.data_end = dlsym(library, "uchardet_data_end")) &&
              (detector.get_charset = dlsym(library, "uchardet_get_charset"));
}

int backstamp_guess_charset(const uint8_t *bytes, size_t length, char *name, size_t capacity) {
  if (capacity == 0) return 0;
  name[0] = '\0';
  pthread_once(&once, load);
  if (!is_loaded) return 0;
  uchardet_t object = detector.make();
  if (object == NULL) return 0;
  if (detector.handle_data(object, (const char *)bytes, length) == 0) {
    detector.data_end(object);
    const char *found = detector.get_charset(object);
    if (strlen(found) < capacity) strcpy(name, found);
  }
  detector.delete(object);
  return name[0] != '\0';
}
