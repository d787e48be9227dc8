/* libunbound, loaded when the first question is asked: a run that asks DNS nothing does not pay for it. */
#ifndef BACKSTAMP_CUNBOUND_H
#define BACKSTAMP_CUNBOUND_H

#include <stdint.h>

typedef struct ub_ctx BackstampUnbound;

/* The answer to one question; see struct ub_result in unbound.h. */
typedef struct {
  int32_t rcode;
  int32_t is_secure;
  int32_t is_bogus;
  int32_t time_to_live;
  /* Record data, `count` of them. */
  const uint8_t *const *data;
  const int32_t *lengths;
  int32_t count;
} BackstampAnswer;

/* Whether libunbound can be loaded. */
int backstamp_unbound_is_there(void);
/* NULL when the library is not installed or has no memory. */
BackstampUnbound *backstamp_unbound_create(void);
void backstamp_unbound_delete(BackstampUnbound *context);
void backstamp_unbound_set(BackstampUnbound *context, const char *option, const char *value);
void backstamp_unbound_forward(BackstampUnbound *context, const char *address);
void backstamp_unbound_trust(BackstampUnbound *context, const char *anchor_file);
/* A thread of the library's own does the work. */
void backstamp_unbound_use_thread(BackstampUnbound *context);
void backstamp_unbound_remove_zone(BackstampUnbound *context, const char *zone);
/* Readable when answers are waiting for backstamp_unbound_process. */
int32_t backstamp_unbound_descriptor(BackstampUnbound *context);
void backstamp_unbound_process(BackstampUnbound *context);

/* Called from backstamp_unbound_process; `answer` is NULL when the library failed. */
typedef void (*BackstampAnswered)(void *ticket, const BackstampAnswer *answer);

/* Asks; returns 0 unless the question could not be sent. The ticket lives until it is answered. */
typedef struct {
  BackstampAnswered answered;
  void *ticket;
} BackstampQuestion;
int32_t backstamp_unbound_ask(
    BackstampUnbound *context, const char *name, int32_t type, const BackstampQuestion *question);

#endif
