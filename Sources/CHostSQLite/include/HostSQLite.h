#ifndef POSTIL_HOST_SQLITE_H
#define POSTIL_HOST_SQLITE_H
#include <sqlite3.h>

/*
 * SQLite as the program has it that loads Postil as an extension.
 *
 * A second SQLite in a process would be a fault: when one of two closes a file, POSIX takes the locks of both. So the
 * extension has none. This target defines the functions of SQLite that Postil's modules, and GRDB, call, each as a call of
 * the routine that the host hands to the entry point; the linker finds them here before it looks into a library.
 *
 * It is also where the host's own connection is guarded. GRDB cannot be given a connection, it opens one; so the host's is
 * lent to whoever opens next on the thread. What would close a lent connection, or change its settings, hooks, functions or
 * statements, does nothing and reports success.
 */

/* Lends a connection of the host to the next sqlite3_open_v2 on this thread, whatever that asks for, until it is closed. */
void postil_host_lend(sqlite3 *connection);

/* A message that SQLite frees: for sqlite3_vtab.zErrMsg and the like. */
char *postil_host_message(const char *text);

/* Variadic; Swift cannot call it. Says that a table harms nobody: it may stand in views and triggers of any schema. */
int postil_host_declare_innocuous(sqlite3 *connection);

/* What SQLite sees of the table and of its cursors, and behind that Swift's objects. */
typedef struct postil_table {
    sqlite3_vtab base;
    void *object;
} postil_table;

typedef struct postil_cursor {
    sqlite3_vtab_cursor base;
    void *object;
} postil_cursor;

/* Registers everything with a connection; Swift's, see Entry.swift. */
int postil_extension_register(sqlite3 *connection, char **message);
#endif
