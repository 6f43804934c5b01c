#ifndef POSTIL_FAULTY_FILE_SYSTEM_H
#define POSTIL_FAULTY_FILE_SYSTEM_H

/* A layer between SQLite and the disk that goes wrong when it is told to. One fault at a time, in one folder. */

enum faulty_kind {
    /* Counts only. */
    FAULTY_NONE,
    /* The operation fails, and the next ones work. */
    FAULTY_ONCE,
    /* The operation and all that follow fail, as when a disk is pulled out. */
    FAULTY_GONE,
    /* Writes find no room from there on. */
    FAULTY_FULL,
    /* Half of the write arrives, and then the power is off. */
    FAULTY_TORN,
    /* The power is off, and of what was written since the last sync of its file any part may not have arrived. */
    FAULTY_POWER
};

/* Makes the layer SQLite's default; once. Returns an SQLite code. */
int faulty_install(void);

/* From here on the operation number `place`, from 1, on a file whose path begins with `folder` goes wrong. Operations are
   opens, writes, syncs, truncations and deletions. `seed` decides which writes are lost. */
void faulty_arm(const char *folder, int kind, long place, unsigned long long seed);

/* All works again. Returns the number of operations since `faulty_arm`. */
long faulty_disarm(void);

#endif
