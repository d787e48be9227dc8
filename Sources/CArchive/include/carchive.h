/* What the program uses of libarchive and zlib, in plain C types. */
#ifndef BACKSTAMP_CARCHIVE_H
#define BACKSTAMP_CARCHIVE_H

#include <stddef.h>
#include <stdint.h>

/* Whether each can be loaded. */
int backstamp_libarchive_is_there(void);
int backstamp_zlib_is_there(void);

typedef struct BackstampArchive BackstampArchive;

typedef struct {
    /* The name as the archive has it, or NULL; valid until the next entry is asked for. */
    const char *name;
    /* As declared; -1 when it is not. */
    int64_t size;
    int is_encrypted;
    int is_file;
} BackstampEntry;

/* Opens an archive in memory, which must stay where it is. NULL when libarchive is not there, or knows no such format. Decoders that
   libarchive would start other programs for are left out. */
BackstampArchive *backstamp_archive_open(const uint8_t *bytes, size_t count);
/* 1 and the next entry, 0 at the end, -1 when the rest cannot be read. */
int backstamp_archive_next(BackstampArchive *archive, BackstampEntry *entry);
/* Whether what could not be read is so for want of a password. */
int backstamp_archive_wants_password(BackstampArchive *archive);
/* Whether entries can be passed over without reading them. */
int backstamp_archive_skips(BackstampArchive *archive);
/* Data of the current entry: how many bytes were written, 0 at its end, -1 when it cannot be read. */
int64_t backstamp_archive_read(BackstampArchive *archive, uint8_t *buffer, size_t capacity);
void backstamp_archive_close(BackstampArchive *archive);

/* Inflates the zlib stream at the beginning of the bytes. Returns how many bytes were written, at most capacity. RFC 1950 */
size_t backstamp_inflate(const uint8_t *bytes, size_t count, uint8_t *result, size_t capacity);

#endif
