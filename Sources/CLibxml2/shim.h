#ifndef POSTIL_CLIBXML2_SHIM_H
#define POSTIL_CLIBXML2_SHIM_H

/* Where libxml2 was built with ICU, its headers bring ICU's along, and those clash with the copy of ICU in Foundation.
   Only the tail of xmlCharEncodingHandler depends on it, which is used through pointers alone. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

/* xmlFree is a global function pointer, which Swift 6 takes for shared mutable state. */
static inline void postil_xml_free(void *memory) { xmlFree(memory); }
#endif
