#include "cunbound.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <unbound.h>

/* The library's functions, found by name. */
static struct {
  __typeof__(&ub_ctx_create) create;
  __typeof__(&ub_ctx_delete) delete;
  __typeof__(&ub_ctx_set_option) set_option;
  __typeof__(&ub_ctx_set_fwd) set_fwd;
  __typeof__(&ub_ctx_add_ta_file) add_ta_file;
  __typeof__(&ub_ctx_async) async;
  __typeof__(&ub_ctx_zone_remove) zone_remove;
  __typeof__(&ub_fd) fd;
  __typeof__(&ub_process) process;
  __typeof__(&ub_resolve_async) resolve_async;
  __typeof__(&ub_resolve_free) resolve_free;
} unbound;
static int is_loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen("libunbound.so.8", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return;
  is_loaded = (unbound.create = dlsym(library, "ub_ctx_create")) && (unbound.delete = dlsym(library, "ub_ctx_delete")) &&
              (unbound.set_option = dlsym(library, "ub_ctx_set_option")) &&
              (unbound.set_fwd = dlsym(library, "ub_ctx_set_fwd")) &&
              (unbound.add_ta_file = dlsym(library, "ub_ctx_add_ta_file")) &&
              (unbound.async = dlsym(library, "ub_ctx_async")) &&
              (unbound.zone_remove = dlsym(library, "ub_ctx_zone_remove")) && (unbound.fd = dlsym(library, "ub_fd")) &&
              (unbound.process = dlsym(library, "ub_process")) &&
              (unbound.resolve_async = dlsym(library, "ub_resolve_async")) &&
              (unbound.resolve_free = dlsym(library, "ub_resolve_free"));
}

BackstampUnbound *backstamp_unbound_create(void) {
  pthread_once(&once, load);
  return is_loaded ? unbound.create() : NULL;
}

void backstamp_unbound_delete(BackstampUnbound *context) { unbound.delete(context); }
void backstamp_unbound_set(BackstampUnbound *context, const char *option, const char *value) {
  unbound.set_option(context, option, value);
}
void backstamp_unbound_forward(BackstampUnbound *context, const char *address) { unbound.set_fwd(context, address); }
void backstamp_unbound_trust(BackstampUnbound *context, const char *file) { unbound.add_ta_file(context, file); }
void backstamp_unbound_use_thread(BackstampUnbound *context) { unbound.async(context, 1); }
void backstamp_unbound_remove_zone(BackstampUnbound *context, const char *zone) { unbound.zone_remove(context, zone); }
int32_t backstamp_unbound_descriptor(BackstampUnbound *context) { return unbound.fd(context); }
void backstamp_unbound_process(BackstampUnbound *context) { unbound.process(context); }

static void answered(void *data, int status, struct ub_result *result) {
  const BackstampQuestion question = *(const BackstampQuestion *)data;
  if (status != 0 || result == NULL) {
    question.answered(question.ticket, NULL);
  } else {
    BackstampAnswer answer = {
        result->rcode, result->secure, result->bogus, result->ttl, (const uint8_t *const *)result->data, result->len, 0};
    while (result->data != NULL && result->data[answer.count] != NULL) answer.count++;
    question.answered(question.ticket, &answer);
  }
  unbound.resolve_free(result);
}

int32_t backstamp_unbound_ask(
    BackstampUnbound *context, const char *name, int32_t type, const BackstampQuestion *question) {
  return unbound.resolve_async(context, name, type, 1, (void *)question, answered, NULL);
}
