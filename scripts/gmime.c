/* GMime beside ours.
 *
 * gmime index|full FILE: reads an mbox into memory, then every message in it; prints seconds, messages, parts, header fields and
 * decoded bytes.
 * gmime tree: for each path of standard input, prints the parts of that message: media types, file names, SHA-256 of the decoded
 * bodies with LF line ends and without blanks before them. */
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

static void print_digest(GMimePart *part) {
  GMimeStream *memory = g_mime_stream_mem_new();
  GMimeDataWrapper *content = g_mime_part_get_content(part);
  if (content) g_mime_data_wrapper_write_to_stream(content, memory);
  GByteArray *bytes = g_mime_stream_mem_get_byte_array((GMimeStreamMem *)memory);
  gsize length = 0;
  guint8 *kept = g_malloc(bytes->len + 1);
  for (gsize i = 0; i < bytes->len; i++) {
    guint8 byte = bytes->data[i];
    if (byte == '\r' && i + 1 < bytes->len && bytes->data[i + 1] == '\n') continue;
    if (byte == '\r') byte = '\n';
    if (byte == '\n')
      while (length > 0 && (kept[length - 1] == ' ' || kept[length - 1] == '\t')) length--;
    kept[length++] = byte;
  }
  while (length > 0 && (kept[length - 1] == ' ' || kept[length - 1] == '\t' || kept[length - 1] == '\n')) length--;
  gchar *digest = g_compute_checksum_for_data(G_CHECKSUM_SHA256, kept, length);
  const char *name = g_mime_part_get_filename(part);
  printf(":%.16s", digest);
  if (name) {
    putchar('[');
    for (; *name; name++) putchar(*name == '\n' || *name == '\r' || *name == ' ' || *name == '\t' ? '_' : *name);
    putchar(']');
  }
  g_free(digest);
  g_free(kept);
  g_object_unref(memory);
}

/* GMime stops at a depth of its own, so this does too. */
static void print_tree(GMimeObject *object) {
  GMimeContentType *type = g_mime_object_get_content_type(object);
  gchar *kind = type ? g_ascii_strdown(g_mime_content_type_get_mime_type(type), -1) : g_strdup("-");
  printf("%s", kind);
  g_free(kind);
  if (GMIME_IS_MULTIPART(object)) {
    putchar('(');
    for (int i = 0; i < g_mime_multipart_get_count((GMimeMultipart *)object); i++) {
      if (i) putchar(' ');
      print_tree(g_mime_multipart_get_part((GMimeMultipart *)object, i));
    }
    putchar(')');
  } else if (GMIME_IS_MESSAGE_PART(object)) {
    GMimeMessage *inner = g_mime_message_part_get_message((GMimeMessagePart *)object);
    GMimeObject *top = inner ? g_mime_message_get_mime_part(inner) : NULL;
    putchar('(');
    if (top) print_tree(top);
    putchar(')');
  } else if (GMIME_IS_PART(object)) {
    print_digest((GMimePart *)object);
  }
}

static int trees(void) {
  char path[4096];
  g_mime_init();
  while (fgets(path, sizeof path, stdin)) {
    path[strcspn(path, "\n")] = 0;
    GMimeStream *stream = g_mime_stream_file_open(path, "r", NULL);
    GMimeParser *parser = stream ? g_mime_parser_new_with_stream(stream) : NULL;
    GMimeMessage *message = parser ? g_mime_parser_construct_message(parser, NULL) : NULL;
    GMimeObject *top = message ? g_mime_message_get_mime_part(message) : NULL;
    if (top) print_tree(top);
    putchar('\n');
    if (message) g_object_unref(message);
    if (parser) g_object_unref(parser);
    if (stream) g_object_unref(stream);
  }
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "tree") == 0) return trees();
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
