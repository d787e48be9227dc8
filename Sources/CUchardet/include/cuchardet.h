#ifndef BACKSTAMP_CUCHARDET_H
#define BACKSTAMP_CUCHARDET_H

#include <stddef.h>
#include <stdint.h>

/* Whether libuchardet can be loaded. */
int backstamp_uchardet_is_there(void);
/* Names the charset that `bytes` look like. Gives back 0, and leaves `name` empty, when there is no telling or no library. */
int backstamp_guess_charset(const uint8_t *bytes, size_t length, char *name, size_t capacity);

#endif
