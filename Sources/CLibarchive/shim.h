#ifndef POSTIL_CLIBARCHIVE_SHIM_H
#define POSTIL_CLIBARCHIVE_SHIM_H
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#if defined(__APPLE__)
#include <xlocale.h>
#endif

/* LC_CTYPE_MASK and the null locale are macros with casts, which Swift cannot see. */
static inline locale_t postil_utf8_locale(void) {
    locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return locale ? locale : newlocale(LC_CTYPE_MASK, "en_US.UTF-8", (locale_t)0);
}

/* libarchive brings names into the encoding of the thread's locale, and cannot where that is ASCII: a program that never
   called setlocale would lose every name that is not. For the time of a call, the thread's is UTF-8. */
static inline int postil_archive_next(struct archive *archive, struct archive_entry **entry, locale_t utf8) {
    locale_t own = utf8 ? uselocale(utf8) : (locale_t)0;
    int result = archive_read_next_header(archive, entry);
    if (utf8) uselocale(own);
    return result;
}
#endif
