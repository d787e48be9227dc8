/* GMime beside ours: gmime index|full FILE. Reads an mbox into memory, then every message in it; prints seconds, messages,
 * parts, header fields and decoded bytes. */
#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static gboolean full;
static long messages, parts, fields, decoded;

static void headers(GMimeObject *object) {
  GMimeHeaderList *list = g_mime_object_get_header_list(object);
  int count = g_mime_header_list_get_count(list);
  fields += count;
  if (full)
    for (int i = 0; i < count; i++) g_mime_header_get_value(g_mime_header_list_get_header_at(list, i));
}

static void visit(GMimeObject *parent, GMimeObject *part, gpointer data) {
  (void)parent;
  parts++;
  headers(part);
  if (GMIME_IS_MESSAGE_PART(part)) {
    GMimeMessage *inner = g_mime_message_part_get_message((GMimeMessagePart *)part);
    if (inner) headers((GMimeObject *)inner), g_mime_message_foreach(inner, visit, data);
  } else if (full && GMIME_IS_PART(part)) {
    GMimeDataWrapper *content = g_mime_part_get_content((GMimePart *)part);
    if (!content) return;
    GMimeStream *null = g_mime_stream_null_new(), *out = null;
    GMimeContentType *type = g_mime_object_get_content_type(part);
    const char *charset = g_mime_object_get_content_type_parameter(part, "charset");
    if (charset && g_mime_content_type_is_type(type, "text", "*")) {
      GMimeFilter *filter = g_mime_filter_charset_new(charset, "utf-8");
      if (filter) {
        out = g_mime_stream_filter_new(null);
        g_mime_stream_filter_add((GMimeStreamFilter *)out, filter);
        g_object_unref(filter);
        g_object_unref(null);
      }
    }
    ssize_t written = g_mime_data_wrapper_write_to_stream(content, out);
    if (written > 0) decoded += written;
    g_object_unref(out);
  }
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  full = strcmp(argv[1], "full") == 0;
  gchar *bytes;
  gsize size;
  if (!g_file_get_contents(argv[2], &bytes, &size, NULL)) return 3;
  g_mime_init();
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  GByteArray *array = g_byte_array_new_take((guint8 *)bytes, size);
  GMimeStream *all = g_mime_stream_mem_new_with_byte_array(array);
  const char *position = bytes, *last = bytes + size;
  while (position < last) {
    const char *first = memchr(position, '\n', last - position);
    if (!first) break;
    first++;
    const char *next = memmem(first, last - first, "\n\nFrom ", 7);
    const char *stop = next ? next + 1 : last;
    GMimeStream *stream = g_mime_stream_substream(all, first - bytes, stop - bytes);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    if (message) {
      messages++;
      headers((GMimeObject *)message);
      if (full) {
        g_mime_message_get_date(message);
        g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_FROM);
      }
      parts++;
      GMimeObject *top = g_mime_message_get_mime_part(message);
      if (top) parts--, g_mime_message_foreach(message, visit, NULL);
      g_object_unref(message);
    }
    g_object_unref(parser);
    g_object_unref(stream);
    position = next ? next + 2 : last;
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  printf("%.6f %ld %ld %ld %ld\n", (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) / 1e9, messages, parts, fields,
         decoded);
  return 0;
}
