#ifndef POSTIL_CBYTESCAN_SHIM_H
#define POSTIL_CBYTESCAN_SHIM_H

typedef unsigned char postil_bytes __attribute__((ext_vector_type(16), aligned(1)));
typedef _Bool postil_flags __attribute__((ext_vector_type(16)));

/* Which of 16 bytes are ASCII letters or digits, the first in the lowest bit. One instruction gathers the results of a
   comparison of vectors as bits; Swift's vectors offer no way to it. */
static inline unsigned postil_alphanumerics(const void *bytes) {
    const postil_bytes text = *(const postil_bytes *)bytes;
    const postil_flags found = __builtin_convertvector((text | 0x20) - 'a' < 26 | text - '0' < 10, postil_flags);
    unsigned short bits;
    __builtin_memcpy(&bits, &found, sizeof bits);
    return bits;
}

#endif
