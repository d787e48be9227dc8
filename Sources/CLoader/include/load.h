/* Libraries that are loaded when they are first needed: each is a list of functions, found by name. */
#ifndef BACKSTAMP_LOAD_H
#define BACKSTAMP_LOAD_H

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

/*
 *   #define FUNCTIONS(F) F(first_function) F(second_function)
 *   DYNAMIC(library, "liblibrary.so.1", FUNCTIONS)
 *
 * The functions are `library.first_function` and so on, of the types that the library's header gives them. They are there once
 * `backstamp_library_is_there()` has said so, which loads the library when it is called first, and may be called by any thread. `backstamp_library_is_missing()` loads nothing:
 * it says whether the library was needed and is not there.
 */
#define DYNAMIC(library, soname, FUNCTIONS)                                 \
  static struct {                                                           \
    FUNCTIONS(BACKSTAMP_FIELD)                                              \
  } library;                                                                \
  /* 1 when it is there, -1 when it is not, 0 while nobody has asked. */     \
  static int library##_state;                                               \
  static pthread_once_t library##_once = PTHREAD_ONCE_INIT;                 \
  static void library##_load(void) {                                        \
    void *handle = dlopen(soname, RTLD_NOW | RTLD_LOCAL);                   \
    __typeof__(library) *functions = &library;                              \
    int has_all = handle != NULL;                                           \
    if (has_all) {                                                          \
      FUNCTIONS(BACKSTAMP_FIND)                                             \
    }                                                                       \
    __atomic_store_n(&library##_state, has_all ? 1 : -1, __ATOMIC_RELEASE); \
  }                                                                         \
  int backstamp_##library##_is_there(void) {                                \
    pthread_once(&library##_once, library##_load);                          \
    return library##_state > 0;                                             \
  }                                                                         \
  int backstamp_##library##_is_missing(void) {                              \
    return __atomic_load_n(&library##_state, __ATOMIC_ACQUIRE) < 0;         \
  }

#define BACKSTAMP_FIELD(name) __typeof__(&name) name;
#define BACKSTAMP_FIND(name) has_all = (functions->name = dlsym(handle, BACKSTAMP_NAME(name))) != NULL && has_all;
/* A library can name its functions with macros, as ICU does: ucnv_open is ucnv_open_72. */
#define BACKSTAMP_NAME(name) BACKSTAMP_TEXT(name)
#define BACKSTAMP_TEXT(name) #name

#endif
