#include "chtml.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <load.h>
#include <stdlib.h>

#define FUNCTIONS(F)                                                                          \
  F(htmlCreatePushParserCtxt) F(htmlCtxtUseOptions) F(htmlParseChunk) F(htmlFreeParserCtxt)    \
  F(xmlByteConsumed) F(xmlStopParser)
DYNAMIC(libxml2, "libxml2.so.2", FUNCTIONS)

typedef struct {
  htmlParserCtxtPtr context;
  BackstampHTMLEvents events;
  void *reader;
} Parser;

static int64_t offset_of(Parser *parser) {
  return parser->context == NULL ? 0 : (int64_t)libxml2.xmlByteConsumed(parser->context);
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
  if (!backstamp_libxml2_is_there()) return NULL;
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
  parser->context = libxml2.htmlCreatePushParserCtxt(&handler, parser, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  if (parser->context == NULL) {
    free(parser);
    return NULL;
  }
  libxml2.htmlCtxtUseOptions(
      parser->context, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                           HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT);
  return parser;
}

void backstamp_html_feed(void *opaque, const uint8_t *bytes, int32_t count, int32_t is_last) {
  Parser *parser = opaque;
  libxml2.htmlParseChunk(parser->context, (const char *)bytes, count, is_last);
}

void backstamp_html_stop(void *opaque) { libxml2.xmlStopParser(((Parser *)opaque)->context); }

void backstamp_html_close(void *opaque) {
  Parser *parser = opaque;
  libxml2.htmlFreeParserCtxt(parser->context);
  free(parser);
}
