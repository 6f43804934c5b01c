#ifndef POSTIL_CPREFETCH_SHIM_H
#define POSTIL_CPREFETCH_SHIM_H

/* A compiler builtin that Swift does not have. Asks for a cache line without waiting for it; any address will do. */
static inline void postil_prefetch(const void *address) { __builtin_prefetch(address, 1); }

#endif
