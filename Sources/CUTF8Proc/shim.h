#ifndef POSTIL_CUTF8PROC_SHIM_H
#define POSTIL_CUTF8PROC_SHIM_H
#include <utf8proc.h>
#endif
