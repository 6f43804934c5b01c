/*
 * What the linker takes for the extension instead of parts of static libraries; see Scripts/build-extension.
 */

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
