/*
 * What the linker takes for the extension instead of parts of static libraries; see Scripts/build-extension.
 *
 * ICU_DATA is the name of the Unicode tables of Foundation's ICU.
 */
#include <stdint.h>

#pragma GCC visibility push(hidden)

/*
 * Debian's static libraries are made for programs, into which the linker copies the C library's variables. An extension has
 * its own, with the same value from the start.
 */
extern char input_file __asm__("_IO_2_1_stdin_") __attribute__((visibility("default")));
extern char output_file __asm__("_IO_2_1_stdout_") __attribute__((visibility("default")));
extern char error_file __asm__("_IO_2_1_stderr_") __attribute__((visibility("default")));
void *own_stdin __asm__("stdin") = &input_file;
void *own_stdout __asm__("stdout") = &output_file;
void *own_stderr __asm__("stderr") = &error_file;

/*
 * The tables, 30 MB: GRDB and Foundation can sort and format by the rules of languages, which no search asks for. This is what
 * ICU itself has as its stub (icu4c/source/stubdata): tables without an entry, so that who asks for one is told that it is
 * missing.
 */
const struct {
    uint16_t header_size;
    uint8_t magic[2];
    uint16_t info_size, reserved;
    uint8_t is_big_endian, charset_family, size_of_character, reserved_byte;
    uint8_t format[4], format_version[4], data_version[4];
    char padding[8];
    uint32_t count, unused[3];
} __attribute__((aligned(16))) ICU_DATA = {
    32, {0xDA, 0x27}, 20, 0, 0, 0, 2, 0, {'C', 'm', 'n', 'D'}, {1, 0, 0, 0}, {0, 0, 0, 0}, {0}, 0, {0}};

/* What libxml2 calls of another ICU, with 30 MB of tables as well, for rare encodings of files that are read; none is here. */
#if __has_include(<unicode/ucnv.h>)
#include <unicode/ucnv.h>

UConverter *ucnv_open(const char *name, UErrorCode *error) {
    (void)name;
    *error = U_UNSUPPORTED_ERROR;
    return 0;
}

void ucnv_close(UConverter *converter) { (void)converter; }

void ucnv_setFromUCallBack(
    UConverter *converter, UConverterFromUCallback action, const void *context, UConverterFromUCallback *old_action,
    const void **old_context, UErrorCode *error) {
    (void)converter, (void)action, (void)context, (void)old_action, (void)old_context;
    *error = U_UNSUPPORTED_ERROR;
}

void ucnv_setToUCallBack(
    UConverter *converter, UConverterToUCallback action, const void *context, UConverterToUCallback *old_action,
    const void **old_context, UErrorCode *error) {
    (void)converter, (void)action, (void)context, (void)old_action, (void)old_context;
    *error = U_UNSUPPORTED_ERROR;
}

void ucnv_convertEx(
    UConverter *target, UConverter *source, char **to, const char *to_end, const char **from, const char *from_end,
    UChar *start, UChar **pivot_from, UChar **pivot_to, const UChar *end, UBool reset, UBool flush, UErrorCode *error) {
    (void)target, (void)source, (void)to, (void)to_end, (void)from, (void)from_end, (void)start, (void)pivot_from,
        (void)pivot_to, (void)end, (void)reset, (void)flush;
    *error = U_UNSUPPORTED_ERROR;
}

void UCNV_FROM_U_CALLBACK_STOP(
    const void *context, UConverterFromUnicodeArgs *arguments, const UChar *units, int32_t length, UChar32 point,
    UConverterCallbackReason reason, UErrorCode *error) {
    (void)context, (void)arguments, (void)units, (void)length, (void)point, (void)reason, (void)error;
}

void UCNV_TO_U_CALLBACK_STOP(
    const void *context, UConverterToUnicodeArgs *arguments, const char *units, int32_t length,
    UConverterCallbackReason reason, UErrorCode *error) {
    (void)context, (void)arguments, (void)units, (void)length, (void)reason, (void)error;
}
#endif
