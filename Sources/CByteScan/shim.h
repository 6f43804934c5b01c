#ifndef POSTIL_CBYTESCAN_SHIM_H
#define POSTIL_CBYTESCAN_SHIM_H

typedef unsigned char postil_bytes __attribute__((ext_vector_type(16), aligned(1)));
typedef _Bool postil_flags __attribute__((ext_vector_type(16)));

/* Each says which of 16 bytes are of a kind, the first in the lowest bit. One instruction gathers the results of a comparison of
   vectors as bits; Swift's vectors offer no way to it. */

static inline unsigned postil_bits(postil_flags found) {
    unsigned short bits;
    __builtin_memcpy(&bits, &found, sizeof bits);
    return bits;
}

/* ASCII letters and digits. */
static inline unsigned postil_alphanumerics(const void *bytes) {
    const postil_bytes text = *(const postil_bytes *)bytes;
    return postil_bits(__builtin_convertvector((text | 0x20) - 'a' < 26 | text - '0' < 10, postil_flags));
}

/* Those that are a byte. */
static inline unsigned postil_equal(const void *bytes, unsigned char byte) {
    return postil_bits(__builtin_convertvector(*(const postil_bytes *)bytes == byte, postil_flags));
}

/* Those that are at most a byte. */
static inline unsigned postil_at_most(const void *bytes, unsigned char byte) {
    return postil_bits(__builtin_convertvector(*(const postil_bytes *)bytes <= byte, postil_flags));
}

/* All bits of the first `count` bytes of eight, as they lie in memory: of none below 0, of all above 8. -8 to 16. */
static inline unsigned long long postil_first_bytes(long count) {
    static const unsigned char bytes[32] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    unsigned long long mask;
    __builtin_memcpy(&mask, bytes + 16 - count, sizeof mask);
    return mask;
}

#endif
