#ifndef POSTIL_CZSTD_SHIM_H
#define POSTIL_CZSTD_SHIM_H
#include <zstd.h>
#include <zdict.h>

/* Macros with casts that Swift cannot import. */
static inline unsigned long long postil_zstd_content_size_unknown(void) { return ZSTD_CONTENTSIZE_UNKNOWN; }
static inline unsigned long long postil_zstd_content_size_error(void) { return ZSTD_CONTENTSIZE_ERROR; }
#endif
