#ifndef POSTIL_CLIBSTEMMER_SHIM_H
#define POSTIL_CLIBSTEMMER_SHIM_H
#include <libstemmer.h>
#endif
