#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>

/* Nothing of this but the entry point is seen outside of the file that it is linked into. */
#pragma GCC visibility push(hidden)
#include "HostSQLite.h"

/* Without it sqlite3ext.h makes macros of the names that are defined below. */
#define SQLITE_CORE 1
#include <sqlite3ext.h>

/* The oldest SQLite that has every routine used here: virtual tables see LIMIT since 3.38. */
enum { OLDEST_VERSION = 3038000 };

/* The routines of the host; set before anything else here is called. */
static const sqlite3_api_routines *host;

/* ---- Connections that are lent ---- */

typedef struct loan {
    sqlite3 *connection;
    struct loan *next;
} loan;

static loan *loans;
static pthread_mutex_t loans_lock = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local loan *offered;

void postil_host_lend(sqlite3 *connection) {
    free(offered);
    offered = malloc(sizeof *offered);
    if (offered) *offered = (loan){connection, NULL};
}

static int is_lent(sqlite3 *connection) {
    int found = 0;
    pthread_mutex_lock(&loans_lock);
    for (loan *each = loans; each && !found; each = each->next) found = each->connection == connection;
    pthread_mutex_unlock(&loans_lock);
    return found;
}

/* Whether it was lent. */
static int give_back(sqlite3 *connection) {
    loan *found = NULL;
    pthread_mutex_lock(&loans_lock);
    for (loan **place = &loans; *place && !found; place = &(*place)->next)
        if ((*place)->connection == connection) {
            found = *place;
            *place = found->next;
            break;
        }
    pthread_mutex_unlock(&loans_lock);
    free(found);
    return found != NULL;
}

int sqlite3_open_v2(const char *name, sqlite3 **connection, int flags, const char *file_system) {
    loan *lent = offered;
    /* Names are URIs, which only the program itself could have made SQLite's default. */
    if (!lent) return host->open_v2(name, connection, flags | SQLITE_OPEN_URI, file_system);
    offered = NULL;
    *connection = lent->connection;
    pthread_mutex_lock(&loans_lock);
    lent->next = loans;
    loans = lent;
    pthread_mutex_unlock(&loans_lock);
    return SQLITE_OK;
}

int sqlite3_close(sqlite3 *connection) { return give_back(connection) ? SQLITE_OK : host->close(connection); }
int sqlite3_close_v2(sqlite3 *connection) { return give_back(connection) ? SQLITE_OK : host->close_v2(connection); }

/* ---- What is the host's own to set ---- */

int sqlite3_busy_timeout(sqlite3 *connection, int milliseconds) {
    return is_lent(connection) ? SQLITE_OK : host->busy_timeout(connection, milliseconds);
}

int sqlite3_busy_handler(sqlite3 *connection, int (*handler)(void *, int), void *context) {
    return is_lent(connection) ? SQLITE_OK : host->busy_handler(connection, handler, context);
}

int sqlite3_extended_result_codes(sqlite3 *connection, int on) {
    return is_lent(connection) ? SQLITE_OK : host->extended_result_codes(connection, on);
}

int sqlite3_set_authorizer(
    sqlite3 *connection, int (*authorizer)(void *, int, const char *, const char *, const char *, const char *),
    void *context) {
    return is_lent(connection) ? SQLITE_OK : host->set_authorizer(connection, authorizer, context);
}

void sqlite3_progress_handler(sqlite3 *connection, int steps, int (*handler)(void *), void *context) {
    if (!is_lent(connection)) host->progress_handler(connection, steps, handler, context);
}

int sqlite3_trace_v2(
    sqlite3 *connection, unsigned mask, int (*callback)(unsigned, void *, void *, void *), void *context) {
    return is_lent(connection) ? SQLITE_OK : host->trace_v2(connection, mask, callback, context);
}

void *sqlite3_commit_hook(sqlite3 *connection, int (*callback)(void *), void *context) {
    return is_lent(connection) ? NULL : host->commit_hook(connection, callback, context);
}

void *sqlite3_rollback_hook(sqlite3 *connection, void (*callback)(void *), void *context) {
    return is_lent(connection) ? NULL : host->rollback_hook(connection, callback, context);
}

void *sqlite3_update_hook(
    sqlite3 *connection, void (*callback)(void *, int, const char *, const char *, sqlite3_int64), void *context) {
    return is_lent(connection) ? NULL : host->update_hook(connection, callback, context);
}

/* All options that are used are a switch and a place for what it is set to. */
int sqlite3_db_config(sqlite3 *connection, int option, ...) {
    if (is_lent(connection)) return SQLITE_OK;
    va_list arguments;
    va_start(arguments, option);
    int value = va_arg(arguments, int);
    int *result = va_arg(arguments, int *);
    va_end(arguments);
    return host->db_config(connection, option, value, result);
}

/* The host configured its SQLite when it first used it. */
int sqlite3_config(int option, ...) {
    (void)option;
    return SQLITE_MISUSE;
}

int sqlite3_create_function_v2(
    sqlite3 *connection, const char *name, int arguments, int flags, void *context,
    void (*function)(sqlite3_context *, int, sqlite3_value **), void (*step)(sqlite3_context *, int, sqlite3_value **),
    void (*final)(sqlite3_context *), void (*destroy)(void *)) {
    if (!is_lent(connection))
        return host->create_function_v2(connection, name, arguments, flags, context, function, step, final, destroy);
    if (destroy) destroy(context);
    return SQLITE_OK;
}

int sqlite3_create_collation_v2(
    sqlite3 *connection, const char *name, int encoding, void *context,
    int (*compare)(void *, int, const void *, int, const void *), void (*destroy)(void *)) {
    if (!is_lent(connection)) return host->create_collation_v2(connection, name, encoding, context, compare, destroy);
    if (destroy) destroy(context);
    return SQLITE_OK;
}

int sqlite3_wal_checkpoint_v2(sqlite3 *connection, const char *schema, int mode, int *log, int *done) {
    return is_lent(connection) ? SQLITE_OK : host->wal_checkpoint_v2(connection, schema, mode, log, done);
}

int sqlite3_db_release_memory(sqlite3 *connection) {
    return is_lent(connection) ? SQLITE_OK : host->db_release_memory(connection);
}

void sqlite3_interrupt(sqlite3 *connection) {
    if (!is_lent(connection)) host->interruptx(connection);
}

/* Statements of the host are not to be reset. */
sqlite3_stmt *sqlite3_next_stmt(sqlite3 *connection, sqlite3_stmt *statement) {
    return is_lent(connection) ? NULL : host->next_stmt(connection, statement);
}

/* ---- The same for every connection ---- */

#define FORWARD(result, name, parameters, arguments) \
    result sqlite3_##name parameters { return host->name arguments; }
#define FORWARD_VOID(name, parameters, arguments) \
    void sqlite3_##name parameters { host->name arguments; }

FORWARD(const char *, libversion, (void), ())
FORWARD(int, libversion_number, (void), ())
FORWARD(const char *, errstr, (int code), (code))
FORWARD_VOID(free, (void *memory), (memory))
FORWARD(void *, malloc64, (sqlite3_uint64 count), (count))
FORWARD(int, stricmp, (const char *one, const char *other), (one, other))

FORWARD(int, errcode, (sqlite3 *c), (c))
FORWARD(int, extended_errcode, (sqlite3 *c), (c))
FORWARD(const char *, errmsg, (sqlite3 *c), (c))
FORWARD(int, get_autocommit, (sqlite3 *c), (c))
FORWARD(int, txn_state, (sqlite3 *c, const char *schema), (c, schema))
FORWARD(int, changes, (sqlite3 *c), (c))
FORWARD(int, total_changes, (sqlite3 *c), (c))
FORWARD(sqlite3_int64, total_changes64, (sqlite3 *c), (c))
FORWARD(sqlite3_int64, last_insert_rowid, (sqlite3 *c), (c))
FORWARD(int, limit, (sqlite3 *c, int id, int value), (c, id, value))
FORWARD(int, file_control, (sqlite3 *c, const char *schema, int op, void *argument), (c, schema, op, argument))

/* In the routines since 3.39. What needs them, an index in memory, no extension opens. */
unsigned char *sqlite3_serialize(sqlite3 *c, const char *schema, sqlite3_int64 *count, unsigned flags) {
    return host->libversion_number() < 3039000 ? NULL : host->serialize(c, schema, count, flags);
}

int sqlite3_deserialize(sqlite3 *c, const char *schema, unsigned char *bytes, sqlite3_int64 count,
                        sqlite3_int64 room, unsigned flags) {
    return host->libversion_number() < 3039000 ? SQLITE_ERROR
                                               : host->deserialize(c, schema, bytes, count, room, flags);
}

FORWARD(const char *, db_filename, (sqlite3 *c, const char *schema), (c, schema))
FORWARD(int, exec,
        (sqlite3 *c, const char *sql, int (*callback)(void *, int, char **, char **), void *context, char **message),
        (c, sql, callback, context, message))

FORWARD(int, prepare_v2, (sqlite3 *c, const char *sql, int count, sqlite3_stmt **s, const char **tail),
        (c, sql, count, s, tail))
FORWARD(int, prepare_v3,
        (sqlite3 *c, const char *sql, int count, unsigned flags, sqlite3_stmt **s, const char **tail),
        (c, sql, count, flags, s, tail))
FORWARD(int, finalize, (sqlite3_stmt *s), (s))
FORWARD(int, reset, (sqlite3_stmt *s), (s))
FORWARD(int, step, (sqlite3_stmt *s), (s))
FORWARD(int, clear_bindings, (sqlite3_stmt *s), (s))
FORWARD(sqlite3 *, db_handle, (sqlite3_stmt *s), (s))
FORWARD(const char *, sql, (sqlite3_stmt *s), (s))
FORWARD(char *, expanded_sql, (sqlite3_stmt *s), (s))
FORWARD(int, stmt_busy, (sqlite3_stmt *s), (s))
FORWARD(int, stmt_readonly, (sqlite3_stmt *s), (s))

FORWARD(int, bind_parameter_count, (sqlite3_stmt *s), (s))
FORWARD(const char *, bind_parameter_name, (sqlite3_stmt *s, int place), (s, place))
FORWARD(int, bind_null, (sqlite3_stmt *s, int place), (s, place))
FORWARD(int, bind_int64, (sqlite3_stmt *s, int place, sqlite3_int64 value), (s, place, value))
FORWARD(int, bind_double, (sqlite3_stmt *s, int place, double value), (s, place, value))
FORWARD(int, bind_zeroblob, (sqlite3_stmt *s, int place, int count), (s, place, count))
FORWARD(int, bind_blob, (sqlite3_stmt *s, int place, const void *value, int count, void (*destroy)(void *)),
        (s, place, value, count, destroy))
FORWARD(int, bind_blob64,
        (sqlite3_stmt *s, int place, const void *value, sqlite3_uint64 count, void (*destroy)(void *)),
        (s, place, value, count, destroy))
FORWARD(int, bind_text, (sqlite3_stmt *s, int place, const char *value, int count, void (*destroy)(void *)),
        (s, place, value, count, destroy))
FORWARD(int, bind_text64,
        (sqlite3_stmt *s, int place, const char *value, sqlite3_uint64 count, void (*destroy)(void *),
         unsigned char encoding),
        (s, place, value, count, destroy, encoding))
FORWARD(int, bind_pointer,
        (sqlite3_stmt *s, int place, void *value, const char *type, void (*destroy)(void *)),
        (s, place, value, type, destroy))

FORWARD(int, column_count, (sqlite3_stmt *s), (s))
FORWARD(const char *, column_name, (sqlite3_stmt *s, int column), (s, column))
FORWARD(int, column_type, (sqlite3_stmt *s, int column), (s, column))
FORWARD(const void *, column_blob, (sqlite3_stmt *s, int column), (s, column))
FORWARD(int, column_bytes, (sqlite3_stmt *s, int column), (s, column))
FORWARD(double, column_double, (sqlite3_stmt *s, int column), (s, column))
FORWARD(sqlite3_int64, column_int64, (sqlite3_stmt *s, int column), (s, column))
FORWARD(const unsigned char *, column_text, (sqlite3_stmt *s, int column), (s, column))

FORWARD(int, value_type, (sqlite3_value *v), (v))
FORWARD(const void *, value_blob, (sqlite3_value *v), (v))
FORWARD(int, value_bytes, (sqlite3_value *v), (v))
FORWARD(double, value_double, (sqlite3_value *v), (v))
FORWARD(sqlite3_int64, value_int64, (sqlite3_value *v), (v))
FORWARD(const unsigned char *, value_text, (sqlite3_value *v), (v))

FORWARD(void *, user_data, (sqlite3_context *x), (x))
FORWARD(sqlite3 *, context_db_handle, (sqlite3_context *x), (x))
FORWARD(void *, aggregate_context, (sqlite3_context *x, int count), (x, count))
FORWARD_VOID(result_null, (sqlite3_context *x), (x))
FORWARD_VOID(result_int, (sqlite3_context *x, int value), (x, value))
FORWARD_VOID(result_int64, (sqlite3_context *x, sqlite3_int64 value), (x, value))
FORWARD_VOID(result_double, (sqlite3_context *x, double value), (x, value))
FORWARD_VOID(result_blob, (sqlite3_context *x, const void *value, int count, void (*destroy)(void *)),
             (x, value, count, destroy))
FORWARD_VOID(result_text, (sqlite3_context *x, const char *value, int count, void (*destroy)(void *)),
             (x, value, count, destroy))
FORWARD_VOID(result_text64,
             (sqlite3_context *x, const char *value, sqlite3_uint64 count, void (*destroy)(void *),
              unsigned char encoding),
             (x, value, count, destroy, encoding))
FORWARD_VOID(result_error, (sqlite3_context *x, const char *message, int count), (x, message, count))
FORWARD_VOID(result_error_code, (sqlite3_context *x, int code), (x, code))
FORWARD_VOID(result_error_nomem, (sqlite3_context *x), (x))

FORWARD(int, declare_vtab, (sqlite3 *c, const char *sql), (c, sql))
FORWARD(int, create_module_v2,
        (sqlite3 *c, const char *name, const sqlite3_module *module, void *context, void (*destroy)(void *)),
        (c, name, module, context, destroy))

FORWARD(sqlite3_backup *, backup_init,
        (sqlite3 *to, const char *to_schema, sqlite3 *from, const char *from_schema),
        (to, to_schema, from, from_schema))
FORWARD(int, backup_step, (sqlite3_backup *b, int pages), (b, pages))
FORWARD(int, backup_finish, (sqlite3_backup *b), (b))
FORWARD(int, backup_remaining, (sqlite3_backup *b), (b))
FORWARD(int, backup_pagecount, (sqlite3_backup *b), (b))

/* ---- For the extension ---- */

char *postil_host_message(const char *text) { return host->mprintf("%s", text); }

int postil_host_declare_innocuous(sqlite3 *connection) {
    return host->vtab_config(connection, SQLITE_VTAB_INNOCUOUS);
}
#pragma GCC visibility pop

/*
 * What SQLite calls in a file named postil0.so.
 *
 * The file stays in the process, whose linker is told so: the Swift run-time in it cannot be taken away again. (SQLite knows
 * SQLITE_OK_LOAD_PERMANENTLY for that, which is an error to sqlite3_auto_extension.) And it serves one SQLite only, since a
 * connection does not say which one it is of.
 */
__attribute__((visibility("default"))) int
sqlite3_postil_init(sqlite3 *connection, char **message, const sqlite3_api_routines *routines) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    if (routines->libversion_number() < OLDEST_VERSION) {
        if (message)
            *message = routines->mprintf("Postil needs SQLite 3.38 or later; this is %s", routines->libversion());
        return SQLITE_ERROR;
    }
    pthread_mutex_lock(&lock);
    if (!host) host = routines;
    int is_other = host != routines;
    pthread_mutex_unlock(&lock);
    if (is_other) {
        if (message)
            *message = routines->mprintf(
                "another SQLite of this process (%s) has loaded this file; load a copy of it under another path",
                host->libversion());
        return SQLITE_ERROR;
    }
    return postil_extension_register(connection, message);
}
