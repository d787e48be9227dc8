#include "cunbound.h"

#include <load.h>
#include <unbound.h>

#define FUNCTIONS(F)                                                                                            \
  F(ub_ctx_create) F(ub_ctx_delete) F(ub_ctx_set_option) F(ub_ctx_set_fwd) F(ub_ctx_add_ta_file) F(ub_ctx_async) \
  F(ub_ctx_zone_remove) F(ub_fd) F(ub_process) F(ub_resolve_async) F(ub_resolve_free)
DYNAMIC(unbound, "libunbound.so.8", FUNCTIONS)

BackstampUnbound *backstamp_unbound_create(void) {
  return backstamp_unbound_is_there() ? unbound.ub_ctx_create() : NULL;
}

void backstamp_unbound_delete(BackstampUnbound *context) { unbound.ub_ctx_delete(context); }
void backstamp_unbound_set(BackstampUnbound *context, const char *option, const char *value) {
  unbound.ub_ctx_set_option(context, option, value);
}
void backstamp_unbound_forward(BackstampUnbound *context, const char *address) { unbound.ub_ctx_set_fwd(context, address); }
void backstamp_unbound_trust(BackstampUnbound *context, const char *file) { unbound.ub_ctx_add_ta_file(context, file); }
void backstamp_unbound_use_thread(BackstampUnbound *context) { unbound.ub_ctx_async(context, 1); }
void backstamp_unbound_remove_zone(BackstampUnbound *context, const char *zone) { unbound.ub_ctx_zone_remove(context, zone); }
int32_t backstamp_unbound_descriptor(BackstampUnbound *context) { return unbound.ub_fd(context); }
void backstamp_unbound_process(BackstampUnbound *context) { unbound.ub_process(context); }

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
  unbound.ub_resolve_free(result);
}

int32_t backstamp_unbound_ask(
    BackstampUnbound *context, const char *name, int32_t type, const BackstampQuestion *question) {
  return unbound.ub_resolve_async(context, name, type, 1, (void *)question, answered, NULL);
}
