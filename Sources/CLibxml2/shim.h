#ifndef POSTIL_CLIBXML2_SHIM_H
#define POSTIL_CLIBXML2_SHIM_H

/* Where libxml2 was built with ICU, its headers bring ICU's along, and those clash with the copy of ICU in Foundation.
   Only the tail of xmlCharEncodingHandler depends on it, which is used through pointers alone. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/globals.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

/* xmlFree is a global function pointer, which Swift 6 takes for shared mutable state. */
static inline void postil_xml_free(void *memory) { xmlFree(memory); }

#if LIBXML_VERSION >= 21200
static void postil_ignore_error(void *context, const xmlError *error) { (void)context, (void)error; }
#else
static void postil_ignore_error(void *context, xmlError *error) { (void)context, (void)error; }
#endif

/* Parses HTML without a word on stderr: messages of the character set converter go to the thread's own handler, which the
   parser's options do not reach, and whose name is a macro that Swift cannot see. It is put back afterwards. */
static inline htmlDocPtr postil_html_parse(
    htmlParserCtxtPtr parser, const char *bytes, int count, const char *encoding, int options) {
    xmlStructuredErrorFunc handler = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, postil_ignore_error);
    htmlDocPtr document = htmlCtxtReadMemory(parser, bytes, count, NULL, encoding, options);
    xmlSetStructuredErrorFunc(context, handler);
    return document;
}

/* The same for XML. */
static inline xmlDocPtr postil_xml_parse(
    xmlParserCtxtPtr parser, const char *bytes, int count, const char *encoding, int options) {
    xmlStructuredErrorFunc handler = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, postil_ignore_error);
    xmlDocPtr document = xmlCtxtReadMemory(parser, bytes, count, NULL, encoding, options);
    xmlSetStructuredErrorFunc(context, handler);
    return document;
}

/* Converts from a character set without a word on stderr about bytes that are none of its characters. */
static inline int postil_xml_convert(xmlCharEncodingHandlerPtr converter, xmlBufferPtr target, xmlBufferPtr source) {
    xmlStructuredErrorFunc handler = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, postil_ignore_error);
    int count = xmlCharEncInFunc(converter, target, source);
    xmlSetStructuredErrorFunc(context, handler);
    return count;
}
#endif
