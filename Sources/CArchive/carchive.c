#include "carchive.h"

#include <archive.h>
#include <archive_entry.h>
#include <load.h>
#include <zlib.h>

#define ARCHIVE(F)                                                                                                \
  F(archive_read_new) F(archive_read_free) F(archive_read_open_memory) F(archive_read_next_header)                \
  F(archive_read_data) F(archive_read_has_encrypted_entries) F(archive_format) F(archive_filter_code)             \
  F(archive_entry_pathname) F(archive_entry_size) F(archive_entry_size_is_set)            \
  F(archive_entry_is_encrypted) F(archive_entry_filetype) F(archive_read_support_format_zip)                      \
  F(archive_read_support_format_7zip) F(archive_read_support_format_rar) F(archive_read_support_format_rar5)      \
  F(archive_read_support_format_tar) F(archive_read_support_format_cab) F(archive_read_support_format_iso9660)    \
  F(archive_read_support_format_raw) F(archive_read_support_filter_gzip) F(archive_read_support_filter_bzip2)     \
  F(archive_read_support_filter_xz) F(archive_read_support_filter_lzma) F(archive_read_support_filter_compress)
#define ZLIB(F) F(inflateInit_) F(inflate) F(inflateEnd)
DYNAMIC(libarchive, "libarchive.so.13", ARCHIVE)
DYNAMIC(zlib, "libz.so.1", ZLIB)

BackstampArchive *backstamp_archive_open(const uint8_t *bytes, size_t count) {
  if (!backstamp_libarchive_is_there()) return NULL;
  struct archive *archive = libarchive.archive_read_new();
  if (archive == NULL) return NULL;
  libarchive.archive_read_support_format_zip(archive);
  libarchive.archive_read_support_format_7zip(archive);
  libarchive.archive_read_support_format_rar(archive);
  libarchive.archive_read_support_format_rar5(archive);
  libarchive.archive_read_support_format_tar(archive);
  libarchive.archive_read_support_format_cab(archive);
  libarchive.archive_read_support_format_iso9660(archive);
  /* One compressed file that is no archive. */
  libarchive.archive_read_support_format_raw(archive);
  libarchive.archive_read_support_filter_gzip(archive);
  libarchive.archive_read_support_filter_bzip2(archive);
  libarchive.archive_read_support_filter_xz(archive);
  libarchive.archive_read_support_filter_lzma(archive);
  libarchive.archive_read_support_filter_compress(archive);
  if (libarchive.archive_read_open_memory(archive, bytes, count) != ARCHIVE_OK) {
    libarchive.archive_read_free(archive);
    return NULL;
  }
  return (BackstampArchive *)archive;
}

int backstamp_archive_next(BackstampArchive *opaque, BackstampEntry *result) {
  struct archive *archive = (struct archive *)opaque;
  struct archive_entry *entry = NULL;
  int status = libarchive.archive_read_next_header(archive, &entry);
  if (status == ARCHIVE_EOF) return 0;
  if ((status != ARCHIVE_OK && status != ARCHIVE_WARN) || entry == NULL) return -1;
  /* What is not compressed and of no format would pass for an archive of itself. */
  int is_raw = (libarchive.archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_RAW;
  if (is_raw && libarchive.archive_filter_code(archive, 0) == ARCHIVE_FILTER_NONE) return -1;
  result->name = is_raw ? NULL : libarchive.archive_entry_pathname(entry);
  result->size = libarchive.archive_entry_size_is_set(entry) ? libarchive.archive_entry_size(entry) : -1;
  result->is_encrypted = libarchive.archive_entry_is_encrypted(entry) != 0;
  result->is_file = libarchive.archive_entry_filetype(entry) == AE_IFREG || is_raw;
  return 1;
}

int backstamp_archive_wants_password(BackstampArchive *archive) {
  return libarchive.archive_read_has_encrypted_entries((struct archive *)archive) > 0;
}

int backstamp_archive_skips(BackstampArchive *archive) {
  int format = libarchive.archive_format((struct archive *)archive) & ARCHIVE_FORMAT_BASE_MASK;
  return format == ARCHIVE_FORMAT_ZIP || format == ARCHIVE_FORMAT_ISO9660;
}

int64_t backstamp_archive_read(BackstampArchive *archive, uint8_t *buffer, size_t capacity) {
  int64_t count = libarchive.archive_read_data((struct archive *)archive, buffer, capacity);
  return count < 0 ? -1 : count;
}

void backstamp_archive_close(BackstampArchive *archive) { libarchive.archive_read_free((struct archive *)archive); }

size_t backstamp_inflate(const uint8_t *bytes, size_t count, uint8_t *result, size_t capacity) {
  if (!backstamp_zlib_is_there() || count > UINT32_MAX || capacity > UINT32_MAX) return 0;
  z_stream stream = {0};
  stream.next_in = (Bytef *)bytes;
  stream.avail_in = (uInt)count;
  stream.next_out = result;
  stream.avail_out = (uInt)capacity;
  if (zlib.inflateInit_(&stream, ZLIB_VERSION, (int)sizeof stream) != Z_OK) return 0;
  zlib.inflate(&stream, Z_SYNC_FLUSH);
  size_t written = capacity - stream.avail_out;
  zlib.inflateEnd(&stream);
  return written;
}
