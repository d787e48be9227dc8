#include "carchive.h"

#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>
#include <pthread.h>
#include <zlib.h>

#define FUNCTIONS(X)                                                                                              \
  X(archive_read_new) X(archive_read_free) X(archive_read_open_memory) X(archive_read_next_header)                \
  X(archive_read_data) X(archive_read_has_encrypted_entries) X(archive_format) X(archive_filter_code)             \
  X(archive_filter_count) X(archive_entry_pathname) X(archive_entry_size) X(archive_entry_size_is_set)            \
  X(archive_entry_is_encrypted) X(archive_entry_filetype) X(archive_read_support_format_zip)                      \
  X(archive_read_support_format_7zip) X(archive_read_support_format_rar) X(archive_read_support_format_rar5)      \
  X(archive_read_support_format_tar) X(archive_read_support_format_cab) X(archive_read_support_format_iso9660)    \
  X(archive_read_support_format_raw) X(archive_read_support_filter_gzip) X(archive_read_support_filter_bzip2)     \
  X(archive_read_support_filter_xz) X(archive_read_support_filter_lzma) X(archive_read_support_filter_compress)

#define FIELD(name) __typeof__(&name) name;
static struct { FUNCTIONS(FIELD) } lib;
#undef FIELD
static __typeof__(&inflateInit_) init_inflate;
static __typeof__(&inflate) do_inflate;
static __typeof__(&inflateEnd) end_inflate;
static int has_archive, has_zlib;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *zlib = dlopen("libz.so.1", RTLD_NOW | RTLD_LOCAL);
  has_zlib = zlib != NULL && (init_inflate = dlsym(zlib, "inflateInit_")) && (do_inflate = dlsym(zlib, "inflate")) &&
             (end_inflate = dlsym(zlib, "inflateEnd"));
  void *library = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return;
  int found = 1;
#define FIND(name) found = (lib.name = dlsym(library, #name)) && found;
  FUNCTIONS(FIND)
#undef FIND
  has_archive = found;
}

int backstamp_archive_is_there(void) {
  pthread_once(&once, load);
  return has_archive;
}

BackstampArchive *backstamp_archive_open(const uint8_t *bytes, size_t count) {
  if (!backstamp_archive_is_there()) return NULL;
  struct archive *archive = lib.archive_read_new();
  if (archive == NULL) return NULL;
  lib.archive_read_support_format_zip(archive);
  lib.archive_read_support_format_7zip(archive);
  lib.archive_read_support_format_rar(archive);
  lib.archive_read_support_format_rar5(archive);
  lib.archive_read_support_format_tar(archive);
  lib.archive_read_support_format_cab(archive);
  lib.archive_read_support_format_iso9660(archive);
  /* One compressed file that is no archive. */
  lib.archive_read_support_format_raw(archive);
  lib.archive_read_support_filter_gzip(archive);
  lib.archive_read_support_filter_bzip2(archive);
  lib.archive_read_support_filter_xz(archive);
  lib.archive_read_support_filter_lzma(archive);
  lib.archive_read_support_filter_compress(archive);
  if (lib.archive_read_open_memory(archive, bytes, count) != ARCHIVE_OK) {
    lib.archive_read_free(archive);
    return NULL;
  }
  return (BackstampArchive *)archive;
}

int backstamp_archive_next(BackstampArchive *opaque, BackstampEntry *result) {
  struct archive *archive = (struct archive *)opaque;
  struct archive_entry *entry = NULL;
  int status = lib.archive_read_next_header(archive, &entry);
  if (status == ARCHIVE_EOF) return 0;
  if ((status != ARCHIVE_OK && status != ARCHIVE_WARN) || entry == NULL) return -1;
  /* What is not compressed and of no format would pass for an archive of itself. */
  int is_raw = (lib.archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_RAW;
  if (is_raw && lib.archive_filter_code(archive, 0) == ARCHIVE_FILTER_NONE) return -1;
  result->name = is_raw ? NULL : lib.archive_entry_pathname(entry);
  result->size = lib.archive_entry_size_is_set(entry) ? lib.archive_entry_size(entry) : -1;
  result->is_encrypted = lib.archive_entry_is_encrypted(entry) != 0;
  result->is_file = lib.archive_entry_filetype(entry) == AE_IFREG || is_raw;
  return 1;
}

int backstamp_archive_wants_password(BackstampArchive *archive) {
  return lib.archive_read_has_encrypted_entries((struct archive *)archive) > 0;
}

int backstamp_archive_skips(BackstampArchive *archive) {
  int format = lib.archive_format((struct archive *)archive) & ARCHIVE_FORMAT_BASE_MASK;
  return format == ARCHIVE_FORMAT_ZIP || format == ARCHIVE_FORMAT_ISO9660;
}

int64_t backstamp_archive_read(BackstampArchive *archive, uint8_t *buffer, size_t capacity) {
  int64_t count = lib.archive_read_data((struct archive *)archive, buffer, capacity);
  return count < 0 ? -1 : count;
}

void backstamp_archive_close(BackstampArchive *archive) { lib.archive_read_free((struct archive *)archive); }

size_t backstamp_inflate(const uint8_t *bytes, size_t count, uint8_t *result, size_t capacity) {
  pthread_once(&once, load);
  if (!has_zlib || count > UINT32_MAX || capacity > UINT32_MAX) return 0;
  z_stream stream = {0};
  stream.next_in = (Bytef *)bytes;
  stream.avail_in = (uInt)count;
  stream.next_out = result;
  stream.avail_out = (uInt)capacity;
  if (init_inflate(&stream, ZLIB_VERSION, (int)sizeof stream) != Z_OK) return 0;
  do_inflate(&stream, Z_SYNC_FLUSH);
  size_t written = capacity - stream.avail_out;
  end_inflate(&stream);
  return written;
}
