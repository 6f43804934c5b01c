#ifndef POSTIL_CCMARKGFM_SHIM_H
#define POSTIL_CCMARKGFM_SHIM_H

#include <cmark-gfm.h>
#include <string.h>

/* Debian has a second copy of this header in the package of the library, and the first in that of the extensions. */
#if __has_include(<cmark-gfm-extension_api.h>)
#include <cmark-gfm-extension_api.h>
#else
#include <cmark-gfm/cmark-gfm-extension_api.h>
#endif

/* Debian installs what nodes look like inside, others do not. Swift gets the pointer under one name in both cases. */
#if __has_include(<cmark-gfm/node.h>)
#include <cmark-gfm/node.h>
#define POSTIL_SEES_NODES 1
#endif

typedef cmark_node *postil_markdown_node;

/* The text of a node that has some. cmark_node_get_literal makes a copy of each, which takes an eighth of a parse. */
static inline const unsigned char *postil_markdown_literal(cmark_node *node, int *length) {
#ifdef POSTIL_SEES_NODES
    const cmark_chunk *chunk = node->type == CMARK_NODE_CODE_BLOCK ? &node->as.code.literal : &node->as.literal;
    *length = chunk->len;
    return chunk->data;
#else
    const char *text = cmark_node_get_literal(node);
    *length = text ? (int)strlen(text) : 0;
    return (const unsigned char *)text;
#endif
}
#endif
