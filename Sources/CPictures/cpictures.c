#include "cpictures.h"

#include <load.h>
#include <png.h>
#include <stdlib.h>
#include <turbojpeg.h>
#include <zbar.h>

#define PNG(F) F(png_image_begin_read_from_memory) F(png_image_finish_read) F(png_image_free)
#define JPEG(F) F(tjInitDecompress) F(tjDecompressHeader3) F(tjDecompress2) F(tjDestroy)
#define ZBAR(F)                                                                                                 \
  F(zbar_image_scanner_create) F(zbar_image_scanner_destroy) F(zbar_image_scanner_set_config) F(zbar_scan_image) \
  F(zbar_image_create) F(zbar_image_destroy) F(zbar_image_set_format) F(zbar_image_set_size)                     \
  F(zbar_image_set_data) F(zbar_image_first_symbol) F(zbar_symbol_next) F(zbar_symbol_get_data)                  \
  F(zbar_symbol_get_data_length)
DYNAMIC(libpng, "libpng16.so.16", PNG)
DYNAMIC(turbojpeg, "libturbojpeg.so.0", JPEG)
DYNAMIC(zbar, "libzbar.so.0", ZBAR)

/* Whether so many pixels are allowed; the sides are those that the picture claims. */
static int fits(uint64_t width, uint64_t height, uint64_t maximum) {
  return width > 0 && height > 0 && width <= maximum && height <= maximum && width * height <= maximum;
}

static BackstampPictureState read_png(
    const uint8_t *bytes, size_t count, uint64_t maximum, uint8_t **pixels, uint32_t *width, uint32_t *height) {
  if (!backstamp_libpng_is_there()) return BACKSTAMP_PICTURE_UNREADABLE;
  png_image image = {.version = PNG_IMAGE_VERSION};
  if (!libpng.png_image_begin_read_from_memory(&image, bytes, count)) return BACKSTAMP_PICTURE_DAMAGED;
  if (!fits(image.width, image.height, maximum)) {
    libpng.png_image_free(&image);
    return BACKSTAMP_PICTURE_LARGE;
  }
  image.format = PNG_FORMAT_GRAY;
  *pixels = malloc((size_t)image.width * image.height);
  /* What shines through is put on white. */
  png_color white = {255, 255, 255};
  if (*pixels == NULL || !libpng.png_image_finish_read(&image, &white, *pixels, 0, NULL)) {
    free(*pixels);
    *pixels = NULL;
    libpng.png_image_free(&image);
    return BACKSTAMP_PICTURE_DAMAGED;
  }
  *width = image.width;
  *height = image.height;
  return BACKSTAMP_PICTURE_READ;
}

static BackstampPictureState read_jpeg(
    const uint8_t *bytes, size_t count, uint64_t maximum, uint8_t **pixels, uint32_t *width, uint32_t *height) {
  if (!backstamp_turbojpeg_is_there()) return BACKSTAMP_PICTURE_UNREADABLE;
  tjhandle reader = turbojpeg.tjInitDecompress();
  if (reader == NULL) return BACKSTAMP_PICTURE_DAMAGED;
  BackstampPictureState state = BACKSTAMP_PICTURE_DAMAGED;
  int wide, high, sampling, colours;
  if (turbojpeg.tjDecompressHeader3(reader, bytes, count, &wide, &high, &sampling, &colours) == 0 && wide > 0 && high > 0) {
    if (!fits((uint64_t)wide, (uint64_t)high, maximum)) {
      state = BACKSTAMP_PICTURE_LARGE;
    } else if ((*pixels = malloc((size_t)wide * (size_t)high)) != NULL) {
      /* A picture that is damaged at its end is decoded as far as it goes; many scans of one are an attack (CVE-2012-2806 and later). */
      if (turbojpeg.tjDecompress2(reader, bytes, count, *pixels, wide, 0, high, TJPF_GRAY, TJFLAG_LIMITSCANS) == 0) {
        *width = (uint32_t)wide;
        *height = (uint32_t)high;
        state = BACKSTAMP_PICTURE_READ;
      } else {
        free(*pixels);
        *pixels = NULL;
      }
    }
  }
  turbojpeg.tjDestroy(reader);
  return state;
}

BackstampPictureState backstamp_picture_read(
    const uint8_t *bytes, size_t count, int is_png, uint64_t maximum, uint8_t **pixels, uint32_t *width, uint32_t *height) {
  *pixels = NULL;
  return (is_png ? read_png : read_jpeg)(bytes, count, maximum, pixels, width, height);
}

void backstamp_picture_free(uint8_t *pixels) { free(pixels); }

int backstamp_codes_find(
    const uint8_t *pixels, uint32_t width, uint32_t height, void *context,
    void (*found)(void *context, const char *text, size_t length)) {
  if (!backstamp_zbar_is_there()) return -1;
  zbar_image_scanner_t *scanner = zbar.zbar_image_scanner_create();
  zbar.zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar.zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_t *image = zbar.zbar_image_create();
  zbar.zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
  zbar.zbar_image_set_size(image, width, height);
  zbar.zbar_image_set_data(image, pixels, (unsigned long)width * height, NULL);
  int count = 0;
  if (zbar.zbar_scan_image(scanner, image) > 0) {
    for (const zbar_symbol_t *symbol = zbar.zbar_image_first_symbol(image); symbol != NULL; symbol = zbar.zbar_symbol_next(symbol)) {
      found(context, zbar.zbar_symbol_get_data(symbol), zbar.zbar_symbol_get_data_length(symbol));
      count++;
    }
  }
  zbar.zbar_image_destroy(image);
  zbar.zbar_image_scanner_destroy(scanner);
  return count;
}
