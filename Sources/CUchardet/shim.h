#ifndef POSTIL_CUCHARDET_SHIM_H
#define POSTIL_CUCHARDET_SHIM_H
/* Debian has the header in a folder of its own, which only pkg-config tells; Homebrew, too. */
#if __has_include(<uchardet/uchardet.h>)
#include <uchardet/uchardet.h>
#else
#include <uchardet.h>
#endif
#endif
