#ifndef BACKSTAMP_CBYTES_H
#define BACKSTAMP_CBYTES_H

#include <stddef.h>
#include <stdint.h>

/* Loops over bytes that Swift cannot write as fast: it has no movemask and no pshufb. None reads or writes outside what it is
 * given. */

/* The first offset of `needle`, three bytes or more, in `bytes`; `length` when there is none. */
size_t backstamp_find(const uint8_t *bytes, size_t length, const uint8_t *needle, size_t needle_length);

/* The same for a needle in lower case, of letters in any case. */
size_t backstamp_find_any_case(const uint8_t *bytes, size_t length, const uint8_t *needle, size_t needle_length);

/* The first offset after `start` where a line begins with "--"; `length` when there is none. Lines end in `line_end`. */
size_t backstamp_find_dashes(const uint8_t *bytes, size_t start, size_t length, uint8_t line_end);

/* The first offset in `start..<end` of white space, ';', '(' or '<', which end a word of a trace line; `end` when there is none.
 * `length` is how many bytes there are. */
size_t backstamp_word_end(const uint8_t *bytes, size_t start, size_t end, size_t length);

/* The same of what counts in a comment: '(', ')' and '\\'. */
size_t backstamp_comment_mark(const uint8_t *bytes, size_t start, size_t end, size_t length);

/* Copies the bytes at the start that stand in JSON, put into a page, as they are: printable ASCII but '"', '\\', '<', '>' and '&'.
 * Gives back how many; `written` has room for `length` and `BACKSTAMP_JSON_SLACK` more. */
size_t backstamp_json_copy(const uint8_t *bytes, size_t length, uint8_t *written);
#define BACKSTAMP_JSON_SLACK 16

/* How many bytes at the start of `bytes` are ASCII. */
size_t backstamp_ascii_prefix(const uint8_t *bytes, size_t length);

/* Copies `bytes` without CR and LF; `unfolded` has room for `length`. Gives back how many were written, and in `kinds` what else
 * there was. */
size_t backstamp_unfold(const uint8_t *bytes, size_t length, uint8_t *unfolded, unsigned *kinds);
#define BACKSTAMP_HAS_8BIT 1u
#define BACKSTAMP_HAS_ENCODED_WORD 2u /* "=?" */

/* Decodes whole groups of four base64 digits, and passes over a line end between two groups. Stops before anything else. Gives
 * back how many bytes were read; `written` how many were written. With room for `BACKSTAMP_BASE64_SLACK` bytes more than come out
 * it is fast to the end. */
size_t backstamp_base64_groups(
    const uint8_t *bytes, size_t length, uint8_t *decoded, size_t capacity, size_t *written);
#define BACKSTAMP_BASE64_SLACK 32

#endif
