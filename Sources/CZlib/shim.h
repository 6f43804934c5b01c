#ifndef POSTIL_CZLIB_SHIM_H
#define POSTIL_CZLIB_SHIM_H
#include <zlib.h>

/* inflateInit2 is a macro; 47 = 32 KiB window, zlib or gzip header detected. */
static inline int postil_inflate_init(z_stream *stream) { return inflateInit2(stream, 47); }
#endif
