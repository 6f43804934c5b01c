#ifndef POSTIL_CCMARKGFM_SHIM_H
#define POSTIL_CCMARKGFM_SHIM_H

#include <cmark-gfm.h>
#include <stdlib.h>
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

/* Memory of one parse on one thread. cmark asks for a piece for each node and for each text that grows, and frees each by itself;
   here a piece is the next one of a block, nothing is freed, and all blocks go at once. As cmark's own, it aborts without memory. */
typedef struct postil_markdown_block {
    struct postil_markdown_block *previous;
    size_t used, size;
    size_t reserved; /* Pieces begin at multiples of 16 bytes, each behind 16 with its size. */
} postil_markdown_block;

/* Where the thread's last block is noted. */
static inline postil_markdown_block **postil_markdown_blocks(void) {
    static _Thread_local postil_markdown_block *last;
    return &last;
}

static inline void *postil_markdown_take(size_t size) {
    postil_markdown_block *block = *postil_markdown_blocks();
    const size_t rounded = (size + 15) & ~(size_t)15;
    if (rounded < size || rounded > SIZE_MAX / 4) abort();
    if (!block || block->size - block->used < rounded + 16) {
        size_t length = block ? 2 * block->size : (size_t)32 << 10;
        if (length < rounded + 16) length = rounded + 16;
        postil_markdown_block *next = (postil_markdown_block *)malloc(sizeof *next + length);
        if (!next) abort();
        next->previous = block;
        next->used = 0;
        next->size = length;
        *postil_markdown_blocks() = block = next;
    }
    unsigned char *piece = (unsigned char *)(block + 1) + block->used + 16;
    block->used += rounded + 16;
    memcpy(piece - 16, &rounded, sizeof rounded);
    return piece;
}

static inline void *postil_markdown_calloc(size_t count, size_t size) {
    if (size && count > SIZE_MAX / 4 / size) abort();
    return memset(postil_markdown_take(count * size), 0, count * size);
}

static inline void *postil_markdown_realloc(void *old, size_t size) {
    size_t length = 0;
    if (old) memcpy(&length, (unsigned char *)old - 16, sizeof length);
    if (old && size <= length) return old;
    void *piece = postil_markdown_take(size);
    return old ? memcpy(piece, old, length) : piece;
}

static inline void postil_markdown_free(void *piece) { (void)piece; }

/* A parser whose memory, and that of its tree, lasts up to postil_markdown_end; NULL while this thread has one already. */
static inline cmark_parser *postil_markdown_begin(void) {
    static cmark_mem memory = {postil_markdown_calloc, postil_markdown_realloc, postil_markdown_free};
    return *postil_markdown_blocks() ? NULL : cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &memory);
}

static inline void postil_markdown_end(void) {
    postil_markdown_block **blocks = postil_markdown_blocks();
    while (*blocks) {
        postil_markdown_block *previous = (*blocks)->previous;
        free(*blocks);
        *blocks = previous;
    }
}
#endif
