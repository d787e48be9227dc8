#include "cbytes.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* The first offset from `start` on where three bytes follow each other; `length` when there is none. */
static size_t find_three(const uint8_t *bytes, size_t start, size_t length, uint8_t first, uint8_t second, uint8_t third) {
  size_t position = start;
#if defined(__x86_64__)
  const __m128i a = _mm_set1_epi8((char)first), b = _mm_set1_epi8((char)second), c = _mm_set1_epi8((char)third);
  while (length - position >= 18) {
    __m128i is_a = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(bytes + position)), a);
    __m128i is_b = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(bytes + position + 1)), b);
    __m128i is_c = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(bytes + position + 2)), c);
    int mask = _mm_movemask_epi8(_mm_and_si128(_mm_and_si128(is_a, is_b), is_c));
    if (mask != 0) return position + (size_t)__builtin_ctz((unsigned)mask);
    position += 16;
  }
#endif
  for (; length - position >= 3; position++)
    if (bytes[position] == first && bytes[position + 1] == second && bytes[position + 2] == third) return position;
  return length;
}

size_t backstamp_find(const uint8_t *bytes, size_t length, const uint8_t *needle, size_t needle_length) {
  if (needle_length < 3 || needle_length > length) return length;
  size_t position = 0;
  while ((position = find_three(bytes, position, length, needle[0], needle[1], needle[2])) < length) {
    if (length - position < needle_length) return length;
    if (memcmp(bytes + position + 3, needle + 3, needle_length - 3) == 0) return position;
    position++;
  }
  return length;
}

static uint8_t lower(uint8_t byte) { return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte; }

size_t backstamp_find_any_case(const uint8_t *bytes, size_t length, const uint8_t *needle, size_t needle_length) {
  if (needle_length < 3 || needle_length > length) return length;
  size_t position = 0, last = length - needle_length;
  while (position <= last) {
#if defined(__x86_64__)
    /* The bit that tells small letters from capitals does not count, so more is found than is there. */
    const __m128i bit = _mm_set1_epi8(0x20), first = _mm_set1_epi8((char)(needle[0] | 0x20));
    const __m128i second = _mm_set1_epi8((char)(needle[1] | 0x20));
    while (length - position >= 17) {
      __m128i is_first = _mm_cmpeq_epi8(_mm_or_si128(_mm_loadu_si128((const __m128i *)(bytes + position)), bit), first);
      __m128i is_second = _mm_cmpeq_epi8(_mm_or_si128(_mm_loadu_si128((const __m128i *)(bytes + position + 1)), bit), second);
      int mask = _mm_movemask_epi8(_mm_and_si128(is_first, is_second));
      if (mask != 0) {
        position += (size_t)__builtin_ctz((unsigned)mask);
        break;
      }
      position += 16;
    }
    if (position > last) return length;
#endif
    size_t same = 0;
    while (same < needle_length && lower(bytes[position + same]) == needle[same]) same++;
    if (same == needle_length) return position;
    position++;
  }
  return length;
}

size_t backstamp_find_dashes(const uint8_t *bytes, size_t start, size_t length, uint8_t line_end) {
  if (start > length) return length;
  size_t found = find_three(bytes, start, length, line_end, '-', '-');
  return found < length ? found + 1 : length;
}

size_t backstamp_word_end(const uint8_t *bytes, size_t start, size_t end, size_t length) {
  size_t offset = start;
#if defined(__x86_64__)
  const __m128i semicolon = _mm_set1_epi8(';'), bracket = _mm_set1_epi8('('), angle = _mm_set1_epi8('<');
  const __m128i space = _mm_set1_epi8(' '), tab = _mm_set1_epi8('\t'), cr = _mm_set1_epi8('\r'), lf = _mm_set1_epi8('\n');
  for (; offset < end && length - offset >= 16; offset += 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)(bytes + offset));
    __m128i blank = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(block, space), _mm_cmpeq_epi8(block, tab)),
        _mm_or_si128(_mm_cmpeq_epi8(block, cr), _mm_cmpeq_epi8(block, lf)));
    __m128i mark = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(block, semicolon), _mm_cmpeq_epi8(block, bracket)), _mm_cmpeq_epi8(block, angle));
    int mask = _mm_movemask_epi8(_mm_or_si128(blank, mark));
    if (mask != 0) {
      offset += (size_t)__builtin_ctz((unsigned)mask);
      return offset < end ? offset : end;
    }
  }
#endif
  for (; offset < end; offset++) {
    uint8_t byte = bytes[offset];
    if (byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' || byte == ';' || byte == '(' || byte == '<') return offset;
  }
  return end;
}

size_t backstamp_comment_mark(const uint8_t *bytes, size_t start, size_t end, size_t length) {
  size_t offset = start;
#if defined(__x86_64__)
  const __m128i open = _mm_set1_epi8('('), close = _mm_set1_epi8(')'), quote = _mm_set1_epi8('\\');
  for (; offset < end && length - offset >= 16; offset += 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)(bytes + offset));
    __m128i mark = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(block, open), _mm_cmpeq_epi8(block, close)), _mm_cmpeq_epi8(block, quote));
    int mask = _mm_movemask_epi8(mark);
    if (mask != 0) {
      offset += (size_t)__builtin_ctz((unsigned)mask);
      return offset < end ? offset : end;
    }
  }
#endif
  for (; offset < end; offset++)
    if (bytes[offset] == '(' || bytes[offset] == ')' || bytes[offset] == '\\') return offset;
  return end;
}

#if defined(__x86_64__)
/* A bit for each byte that does not stand for itself in JSON. */
static unsigned escaped(__m128i block) {
  /* As signed numbers, 8-bit bytes are below a space too. */
  __m128i other = _mm_or_si128(
      _mm_cmplt_epi8(block, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(block, _mm_set1_epi8(0x7F)));
  __m128i quoted = _mm_or_si128(
      _mm_cmpeq_epi8(block, _mm_set1_epi8('"')), _mm_cmpeq_epi8(block, _mm_set1_epi8('\\')));
  /* '<' and '>' differ by one bit. */
  __m128i markup = _mm_or_si128(
      _mm_cmpeq_epi8(_mm_or_si128(block, _mm_set1_epi8(2)), _mm_set1_epi8('>')),
      _mm_cmpeq_epi8(block, _mm_set1_epi8('&')));
  return (unsigned)_mm_movemask_epi8(_mm_or_si128(other, _mm_or_si128(quoted, markup)));
}

/* Four to fifteen bytes, as the first half of them and the last, which can overlap. */
static size_t json_copy_few(const uint8_t *bytes, size_t length, uint8_t *written) {
  size_t half = length >= 8 ? 8 : 4;
  uint64_t first = 0, last = 0;
  if (half == 8) {
    memcpy(&first, bytes, 8);
    memcpy(&last, bytes + length - 8, 8);
    memcpy(written, &first, 8);
    memcpy(written + length - 8, &last, 8);
  } else {
    memcpy(&first, bytes, 4);
    memcpy(&last, bytes + length - 4, 4);
    memcpy(written, &first, 4);
    memcpy(written + length - 4, &last, 4);
  }
  unsigned mask = escaped(_mm_set_epi64x((long long)last, (long long)first));
  unsigned lanes = (1u << half) - 1;
  if ((mask & lanes) != 0) return (size_t)__builtin_ctz(mask);
  unsigned rest = mask >> 8 & lanes;
  return rest == 0 ? length : length - half + (size_t)__builtin_ctz(rest);
}
#endif

size_t backstamp_json_copy(const uint8_t *bytes, size_t length, uint8_t *written) {
  size_t offset = 0;
#if defined(__x86_64__)
  for (; length - offset >= 16; offset += 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)(bytes + offset));
    _mm_storeu_si128((__m128i *)(written + offset), block);
    unsigned mask = escaped(block);
    if (mask != 0) return offset + (size_t)__builtin_ctz(mask);
  }
  if (length - offset >= 4) return offset + json_copy_few(bytes + offset, length - offset, written + offset);
#endif
  for (; offset < length; offset++) {
    uint8_t byte = bytes[offset];
    if (byte < ' ' || byte >= 0x7F || byte == '"' || byte == '\\' || byte == '<' || byte == '>' || byte == '&') break;
    written[offset] = byte;
  }
  return offset;
}

size_t backstamp_ascii_prefix(const uint8_t *bytes, size_t length) {
  size_t position = 0;
#if defined(__x86_64__)
  while (position + 16 <= length) {
    int mask = _mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(bytes + position)));
    if (mask != 0) return position + (size_t)__builtin_ctz((unsigned)mask);
    position += 16;
  }
#endif
  while (position < length && bytes[position] < 0x80) position++;
  return position;
}

size_t backstamp_unfold(const uint8_t *bytes, size_t length, uint8_t *unfolded, unsigned *kinds) {
  size_t in = 0, out = 0;
  unsigned found = 0;
#if defined(__x86_64__)
  const __m128i cr = _mm_set1_epi8('\r'), lf = _mm_set1_epi8('\n'), equals = _mm_set1_epi8('='), mark = _mm_set1_epi8('?');
  /* One byte more than a block is looked at, and `out` is never ahead of `in`. */
  while (in + 17 <= length) {
    __m128i block = _mm_loadu_si128((const __m128i *)(bytes + in));
    __m128i next = _mm_loadu_si128((const __m128i *)(bytes + in + 1));
    if (_mm_movemask_epi8(block) != 0) found |= BACKSTAMP_HAS_8BIT;
    if (_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(block, equals), _mm_cmpeq_epi8(next, mark))) != 0)
      found |= BACKSTAMP_HAS_ENCODED_WORD;
    _mm_storeu_si128((__m128i *)(unfolded + out), block);
    unsigned ends = (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(block, cr), _mm_cmpeq_epi8(block, lf)));
    if (ends == 0) {
      in += 16;
      out += 16;
    } else {
      unsigned before = (unsigned)__builtin_ctz(ends);
      in += before + 1;
      out += before;
    }
  }
#endif
  for (; in < length; in++) {
    uint8_t byte = bytes[in];
    if (byte == '\r' || byte == '\n') continue;
    if (byte >= 0x80) found |= BACKSTAMP_HAS_8BIT;
    if (byte == '=' && in + 1 < length && bytes[in + 1] == '?') found |= BACKSTAMP_HAS_ENCODED_WORD;
    unfolded[out++] = byte;
  }
  *kinds = found;
  return out;
}

/* 0 to 63 for a digit, 0xFF for anything else. RFC 4648 §4 */
static const uint8_t values[256] = {
#define N8 255, 255, 255, 255, 255, 255, 255, 255
    N8, N8, N8, N8, N8, 255, 255, 255, 62, 255, 255, 255, 63, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 255, 255, 255, 255,
    255, 255, 255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 255, 255,
    255, 255, 255, 255, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50,
    51, 255, 255, 255, 255, 255, N8, N8, N8, N8, N8, N8, N8, N8, N8, N8, N8, N8, N8, N8, N8, N8};

/* A line end where a group could begin. */
static size_t line_end(const uint8_t *bytes, size_t position, size_t length) {
  if (position < length && bytes[position] == '\n') return 1;
  return position + 1 < length && bytes[position] == '\r' && bytes[position + 1] == '\n' ? 2 : 0;
}

/* Goes on from `in` and `*written`. */
static size_t groups_by_table(
    const uint8_t *bytes, size_t in, size_t length, uint8_t *decoded, size_t capacity, size_t *written) {
  size_t out = *written;
  while (length - in >= 4 && capacity - out >= 3) {
    uint32_t a = values[bytes[in]], b = values[bytes[in + 1]], c = values[bytes[in + 2]], d = values[bytes[in + 3]];
    if ((a | b | c | d) > 63) {
      size_t skipped = line_end(bytes, in, length);
      if (skipped == 0) break;
      in += skipped;
      continue;
    }
    uint32_t group = a << 18 | b << 12 | c << 6 | d;
    decoded[out] = (uint8_t)(group >> 16);
    decoded[out + 1] = (uint8_t)(group >> 8);
    decoded[out + 2] = (uint8_t)group;
    in += 4;
    out += 3;
  }
  *written = out;
  return in;
}

#if defined(__x86_64__)
/* After W. Muła and D. Lemire, "Faster Base64 Encoding and Decoding Using AVX2 Instructions", ACM TWEB 12 (3), 2018. A block that
 * holds anything else than digits is decoded as if it did not, and only its whole groups before that are kept. */
__attribute__((target("avx2"))) static size_t groups_by_avx2(
    const uint8_t *bytes, size_t length, uint8_t *decoded, size_t capacity, size_t *written) {
  const __m256i low_kinds = _mm256_setr_epi8(
      0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1A, 0x1B, 0x1B, 0x1B, 0x1A, 0x15, 0x11, 0x11, 0x11,
      0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1A, 0x1B, 0x1B, 0x1B, 0x1A);
  const __m256i high_kinds = _mm256_setr_epi8(
      0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x01, 0x02,
      0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10);
  const __m256i shifts = _mm256_setr_epi8(
      0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0);
  const __m256i nibble = _mm256_set1_epi8(0x0F), slash = _mm256_set1_epi8('/');
  const __m256i order = _mm256_setr_epi8(
      2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1, 2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
  const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 7, 7);
  size_t in = 0, out = 0;
  /* A whole block is read and stored. */
  while (length - in >= 32 && capacity - out >= 32) {
    __m256i block = _mm256_loadu_si256((const __m256i *)(bytes + in));
    __m256i high = _mm256_and_si256(_mm256_srli_epi32(block, 4), nibble);
    __m256i low = _mm256_and_si256(block, nibble);
    __m256i kinds = _mm256_and_si256(_mm256_shuffle_epi8(low_kinds, low), _mm256_shuffle_epi8(high_kinds, high));
    unsigned other = ~(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(kinds, _mm256_setzero_si256()));
    __m256i shift = _mm256_shuffle_epi8(shifts, _mm256_add_epi8(_mm256_cmpeq_epi8(block, slash), high));
    __m256i digits = _mm256_add_epi8(block, shift);
    __m256i pairs = _mm256_maddubs_epi16(digits, _mm256_set1_epi32(0x01400140));
    __m256i groups = _mm256_shuffle_epi8(_mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000)), order);
    _mm256_storeu_si256((__m256i *)(decoded + out), _mm256_permutevar8x32_epi32(groups, lanes));
    if (other == 0) {
      in += 32;
      out += 24;
      continue;
    }
    size_t whole = (size_t)__builtin_ctz(other) / 4;
    in += whole * 4;
    out += whole * 3;
    size_t skipped = line_end(bytes, in, length);
    if (skipped == 0) {
      *written = out;
      return in;
    }
    in += skipped;
  }
  *written = out;
  return groups_by_table(bytes, in, length, decoded, capacity, written);
}
#endif

size_t backstamp_base64_groups(
    const uint8_t *bytes, size_t length, uint8_t *decoded, size_t capacity, size_t *written) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return groups_by_avx2(bytes, length, decoded, capacity, written);
#endif
  *written = 0;
  return groups_by_table(bytes, 0, length, decoded, capacity, written);
}
