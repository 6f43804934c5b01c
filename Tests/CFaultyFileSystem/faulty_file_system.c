#include "faulty_file_system.h"
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A write since the last sync of its file: what stood there before. */
struct unsynced {
    struct unsynced *next; /* the one before */
    char *path;
    sqlite3_int64 offset, size; /* size: of the file before */
    int count;
    unsigned char *former;
};

static struct {
    pthread_mutex_t mutex;
    char folder[1024];
    int kind, is_off;
    long place, seen;
    unsigned long long random;
    struct unsynced *writes;
} state = {.mutex = PTHREAD_MUTEX_INITIALIZER};

struct faulty_file {
    sqlite3_file base;
    char *path; /* NULL for a file that is not watched */
    sqlite3_file *real;
};

static sqlite3_vfs *real_vfs;
static sqlite3_vfs faulty_vfs;

static sqlite3_file *real(sqlite3_file *file) { return ((struct faulty_file *)file)->real; }

static int watches(const char *path) {
    return path && state.folder[0] && strncmp(path, state.folder, strlen(state.folder)) == 0;
}

static void forget(const char *path) {
    struct unsynced **link = &state.writes;
    while (*link) {
        struct unsynced *write = *link;
        if (path && strcmp(write->path, path) != 0) {
            link = &write->next;
            continue;
        }
        *link = write->next;
        free(write->path);
        free(write->former);
        free(write);
    }
}

/* Splitmix64. */
static unsigned long long next_random(void) {
    unsigned long long z = (state.random += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

/* Takes some of the unsynced writes back, the last first. */
static void lose_writes(void) {
    for (struct unsynced *write = state.writes; write; write = write->next) {
        if (next_random() & 1) continue;
        int descriptor = open(write->path, O_WRONLY);
        if (descriptor < 0) continue;
        if (write->count > 0) (void)!pwrite(descriptor, write->former, (size_t)write->count, write->offset);
        close(descriptor);
    }
    forget(NULL);
}

/* Counts an operation; an SQLite code other than SQLITE_OK when it goes wrong. */
static int meet(const char *path, int code, int is_write, int *is_torn) {
    int result = SQLITE_OK;
    pthread_mutex_lock(&state.mutex);
    if (watches(path)) {
        state.seen += 1;
        int is_there = state.kind != FAULTY_NONE && state.seen == state.place;
        if (state.is_off) {
            result = code;
        } else if (state.kind == FAULTY_FULL) {
            if (is_write && state.seen >= state.place) result = SQLITE_FULL;
        } else if (is_there) {
            result = code;
            if (state.kind != FAULTY_ONCE) state.is_off = 1;
            if (state.kind == FAULTY_POWER) lose_writes();
            if (state.kind == FAULTY_TORN && is_torn) *is_torn = 1;
        }
    }
    pthread_mutex_unlock(&state.mutex);
    return result;
}

static int faulty_close(sqlite3_file *file) {
    struct faulty_file *self = (struct faulty_file *)file;
    int code = self->real->pMethods ? self->real->pMethods->xClose(self->real) : SQLITE_OK;
    free(self->path);
    self->path = NULL;
    return code;
}

static int faulty_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
    return real(file)->pMethods->xRead(real(file), bytes, count, offset);
}

/* Notes what stands where something is about to be written. */
static void note(struct faulty_file *self, int count, sqlite3_int64 offset) {
    sqlite3_int64 size = 0;
    if (!self->path || self->real->pMethods->xFileSize(self->real, &size) != SQLITE_OK) return;
    struct unsynced *write = calloc(1, sizeof *write);
    write->path = strdup(self->path);
    write->offset = offset;
    write->size = size;
    write->former = calloc(1, (size_t)count);
    /* What was behind the end reads as zeros. */
    write->count = count;
    self->real->pMethods->xRead(self->real, write->former, count, offset);
    pthread_mutex_lock(&state.mutex);
    write->next = state.writes;
    state.writes = write;
    pthread_mutex_unlock(&state.mutex);
}

static int faulty_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    struct faulty_file *self = (struct faulty_file *)file;
    int is_torn = 0;
    int code = meet(self->path, SQLITE_IOERR_WRITE, 1, &is_torn);
    if (is_torn) self->real->pMethods->xWrite(self->real, bytes, count / 2, offset);
    if (code != SQLITE_OK) return code;
    if (state.kind == FAULTY_POWER) note(self, count, offset);
    return self->real->pMethods->xWrite(self->real, bytes, count, offset);
}

static int faulty_truncate(sqlite3_file *file, sqlite3_int64 size) {
    int code = meet(((struct faulty_file *)file)->path, SQLITE_IOERR_TRUNCATE, 0, NULL);
    return code != SQLITE_OK ? code : real(file)->pMethods->xTruncate(real(file), size);
}

static int faulty_sync(sqlite3_file *file, int flags) {
    struct faulty_file *self = (struct faulty_file *)file;
    int code = meet(self->path, SQLITE_IOERR_FSYNC, 0, NULL);
    if (code != SQLITE_OK) return code;
    code = self->real->pMethods->xSync(self->real, flags);
    if (self->path) {
        pthread_mutex_lock(&state.mutex);
        forget(self->path);
        pthread_mutex_unlock(&state.mutex);
    }
    return code;
}

static int faulty_size(sqlite3_file *file, sqlite3_int64 *size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}
static int faulty_lock(sqlite3_file *file, int level) { return real(file)->pMethods->xLock(real(file), level); }
static int faulty_unlock(sqlite3_file *file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
static int faulty_reserved(sqlite3_file *file, int *out) {
    return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
static int faulty_control(sqlite3_file *file, int op, void *argument) {
    return real(file)->pMethods->xFileControl(real(file), op, argument);
}
static int faulty_sector(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }
static int faulty_device(sqlite3_file *file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }
static int faulty_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}
static int faulty_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
static void faulty_shm_barrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }
static int faulty_shm_unmap(sqlite3_file *file, int deletes) {
    return real(file)->pMethods->xShmUnmap(real(file), deletes);
}
static int faulty_fetch(sqlite3_file *file, sqlite3_int64 offset, int count, void **out) {
    return real(file)->pMethods->xFetch(real(file), offset, count, out);
}
static int faulty_unfetch(sqlite3_file *file, sqlite3_int64 offset, void *bytes) {
    return real(file)->pMethods->xUnfetch(real(file), offset, bytes);
}

static const sqlite3_io_methods methods = {
    3, faulty_close, faulty_read, faulty_write, faulty_truncate, faulty_sync, faulty_size, faulty_lock, faulty_unlock,
    faulty_reserved, faulty_control, faulty_sector, faulty_device, faulty_shm_map, faulty_shm_lock, faulty_shm_barrier,
    faulty_shm_unmap, faulty_fetch, faulty_unfetch,
};

static int faulty_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out) {
    (void)vfs;
    struct faulty_file *self = (struct faulty_file *)file;
    self->base.pMethods = NULL;
    self->path = NULL;
    self->real = (sqlite3_file *)(self + 1);
    int code = meet(path, SQLITE_CANTOPEN, 0, NULL);
    if (code != SQLITE_OK) return code;
    code = real_vfs->xOpen(real_vfs, path, self->real, flags, out);
    if (code != SQLITE_OK) return code;
    self->path = watches(path) ? strdup(path) : NULL;
    self->base.pMethods = &methods;
    return SQLITE_OK;
}

static int faulty_delete(sqlite3_vfs *vfs, const char *path, int syncs) {
    (void)vfs;
    int code = meet(path, SQLITE_IOERR_DELETE, 0, NULL);
    return code != SQLITE_OK ? code : real_vfs->xDelete(real_vfs, path, syncs);
}

int faulty_install(void) {
    if (real_vfs) return SQLITE_OK;
    real_vfs = sqlite3_vfs_find(NULL);
    if (!real_vfs) return SQLITE_ERROR;
    faulty_vfs = *real_vfs;
    faulty_vfs.pNext = NULL;
    faulty_vfs.zName = "postil-faulty";
    faulty_vfs.szOsFile = (int)sizeof(struct faulty_file) + real_vfs->szOsFile;
    faulty_vfs.xOpen = faulty_open;
    faulty_vfs.xDelete = faulty_delete;
    return sqlite3_vfs_register(&faulty_vfs, 1);
}

void faulty_arm(const char *folder, int kind, long place, unsigned long long seed) {
    pthread_mutex_lock(&state.mutex);
    strncpy(state.folder, folder, sizeof state.folder - 1);
    state.kind = kind;
    state.place = place;
    state.random = seed;
    state.seen = 0;
    state.is_off = 0;
    pthread_mutex_unlock(&state.mutex);
}

long faulty_disarm(void) {
    pthread_mutex_lock(&state.mutex);
    long seen = state.seen;
    state.folder[0] = 0;
    state.kind = FAULTY_NONE;
    state.is_off = 0;
    forget(NULL);
    pthread_mutex_unlock(&state.mutex);
    return seen;
}
