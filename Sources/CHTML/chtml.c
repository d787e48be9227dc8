#include "chtml.h"

#include <dlfcn.h>
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <pthread.h>
#include <stdlib.h>

/* Loaded when the first HTML is read. */
static struct {
  __typeof__(&htmlCreatePushParserCtxt) create;
  __typeof__(&htmlCtxtUseOptions) use_options;
  __typeof__(&htmlParseChunk) parse;
  __typeof__(&xmlByteConsumed) consumed;
  __typeof__(&xmlStopParser) stop;
  __typeof__(&htmlFreeParserCtxt) free;
} xml;
static int is_loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen("libxml2.so.2", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return;
  is_loaded = (xml.create = dlsym(library, "htmlCreatePushParserCtxt")) &&
              (xml.use_options = dlsym(library, "htmlCtxtUseOptions")) &&
              (xml.parse = dlsym(library, "htmlParseChunk")) && (xml.consumed = dlsym(library, "xmlByteConsumed")) &&
              (xml.stop = dlsym(library, "xmlStopParser")) && (xml.free = dlsym(library, "htmlFreeParserCtxt"));
}

typedef struct {
  htmlParserCtxtPtr context;
  BackstampHTMLEvents events;
  void *reader;
} Parser;

static int64_t offset_of(Parser *parser) {
  return parser->context == NULL ? 0 : (int64_t)xml.consumed(parser->context);
}

static void on_start(void *data, const xmlChar *name, const xmlChar **attributes) {
  Parser *parser = data;
  parser->events.start(parser->reader, (const char *)name, (const char *const *)attributes, offset_of(parser));
}

static void on_end(void *data, const xmlChar *name) {
  Parser *parser = data;
  parser->events.end(parser->reader, (const char *)name, offset_of(parser));
}

static void on_text(void *data, const xmlChar *text, int length) {
  Parser *parser = data;
  parser->events.text(parser->reader, (const char *)text, length, offset_of(parser));
}

static void on_cdata(void *data, const xmlChar *text, int length) {
  Parser *parser = data;
  parser->events.passed(parser->reader, offset_of(parser));
}

static void on_comment(void *data, const xmlChar *text) {
  Parser *parser = data;
  parser->events.passed(parser->reader, offset_of(parser));
}

void *backstamp_html_open(BackstampHTMLEvents events, void *reader) {
  pthread_once(&once, load);
  if (!is_loaded) return NULL;
  Parser *parser = calloc(1, sizeof *parser);
  if (parser == NULL) return NULL;
  parser->events = events;
  parser->reader = reader;
  htmlSAXHandler handler = {0};
  handler.startElement = on_start;
  handler.endElement = on_end;
  handler.characters = on_text;
  handler.cdataBlock = on_cdata;
  handler.comment = on_comment;
  parser->context = xml.create(&handler, parser, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  if (parser->context == NULL) {
    free(parser);
    return NULL;
  }
  xml.use_options(
      parser->context, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                           HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT);
  return parser;
}

void backstamp_html_feed(void *opaque, const uint8_t *bytes, int32_t count, int32_t is_last) {
  Parser *parser = opaque;
  xml.parse(parser->context, (const char *)bytes, count, is_last);
}

void backstamp_html_stop(void *opaque) { xml.stop(((Parser *)opaque)->context); }

void backstamp_html_close(void *opaque) {
  Parser *parser = opaque;
  xml.free(parser->context);
  free(parser);
}
