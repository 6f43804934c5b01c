#ifndef POSTIL_CSQLITE_SHIM_H
#define POSTIL_CSQLITE_SHIM_H
#include <sqlite3.h>

/* A macro with a cast that Swift cannot import. */
static inline sqlite3_destructor_type postil_sqlite_transient(void) { return SQLITE_TRANSIENT; }

/* Variadic; Swift cannot call it. Sets a boolean connection option and returns the result code. */
static inline int postil_sqlite_db_config(sqlite3 *db, int option, int value) {
    return sqlite3_db_config(db, option, value, (int *)0);
}

/* Variadic, too. Lets SQLite read file names as URIs, if it is told before its first use. */
static inline int postil_sqlite_config_uri(void) { return sqlite3_config(SQLITE_CONFIG_URI, 1); }
#endif
