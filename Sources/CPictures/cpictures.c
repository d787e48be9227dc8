#include "cpictures.h"

#include <dlfcn.h>
#include <png.h>
#include <pthread.h>
#include <stdlib.h>
#include <turbojpeg.h>
#include <zbar.h>

static struct {
  __typeof__(&png_image_begin_read_from_memory) begin;
  __typeof__(&png_image_finish_read) finish;
  __typeof__(&png_image_free) free;
} png;
static struct {
  __typeof__(&tjInitDecompress) open;
  __typeof__(&tjDecompressHeader3) header;
  __typeof__(&tjDecompress2) decompress;
  __typeof__(&tjDestroy) close;
} jpeg;
static struct {
  __typeof__(&zbar_image_scanner_create) create;
  __typeof__(&zbar_image_scanner_destroy) destroy;
  __typeof__(&zbar_image_scanner_set_config) set_config;
  __typeof__(&zbar_scan_image) scan;
  __typeof__(&zbar_image_create) create_image;
  __typeof__(&zbar_image_destroy) destroy_image;
  __typeof__(&zbar_image_set_format) set_format;
  __typeof__(&zbar_image_set_size) set_size;
  __typeof__(&zbar_image_set_data) set_data;
  __typeof__(&zbar_image_first_symbol) first;
  __typeof__(&zbar_symbol_next) next;
  __typeof__(&zbar_symbol_get_data) data;
  __typeof__(&zbar_symbol_get_data_length) length;
} zbar;
static int has_png, has_jpeg, has_zbar;
static pthread_once_t once_png = PTHREAD_ONCE_INIT, once_jpeg = PTHREAD_ONCE_INIT, once_zbar = PTHREAD_ONCE_INIT;

static void load_png(void) {
  void *library = dlopen("libpng16.so.16", RTLD_NOW | RTLD_LOCAL);
  has_png = library != NULL && (png.begin = dlsym(library, "png_image_begin_read_from_memory")) &&
            (png.finish = dlsym(library, "png_image_finish_read")) && (png.free = dlsym(library, "png_image_free"));
}

static void load_jpeg(void) {
  void *library = dlopen("libturbojpeg.so.0", RTLD_NOW | RTLD_LOCAL);
  has_jpeg = library != NULL && (jpeg.open = dlsym(library, "tjInitDecompress")) &&
             (jpeg.header = dlsym(library, "tjDecompressHeader3")) &&
             (jpeg.decompress = dlsym(library, "tjDecompress2")) && (jpeg.close = dlsym(library, "tjDestroy"));
}

static void load_zbar(void) {
  void *library = dlopen("libzbar.so.0", RTLD_NOW | RTLD_LOCAL);
  has_zbar = library != NULL && (zbar.create = dlsym(library, "zbar_image_scanner_create")) &&
             (zbar.destroy = dlsym(library, "zbar_image_scanner_destroy")) &&
             (zbar.set_config = dlsym(library, "zbar_image_scanner_set_config")) &&
             (zbar.scan = dlsym(library, "zbar_scan_image")) &&
             (zbar.create_image = dlsym(library, "zbar_image_create")) &&
             (zbar.destroy_image = dlsym(library, "zbar_image_destroy")) &&
             (zbar.set_format = dlsym(library, "zbar_image_set_format")) &&
             (zbar.set_size = dlsym(library, "zbar_image_set_size")) &&
             (zbar.set_data = dlsym(library, "zbar_image_set_data")) &&
             (zbar.first = dlsym(library, "zbar_image_first_symbol")) && (zbar.next = dlsym(library, "zbar_symbol_next")) &&
             (zbar.data = dlsym(library, "zbar_symbol_get_data")) &&
             (zbar.length = dlsym(library, "zbar_symbol_get_data_length"));
}

/* Whether so many pixels are allowed; the sides are those that the picture claims. */
static int fits(uint64_t width, uint64_t height, uint64_t maximum) {
  return width > 0 && height > 0 && width <= maximum && height <= maximum && width * height <= maximum;
}

static BackstampPictureState read_png(
    const uint8_t *bytes, size_t count, uint64_t maximum, uint8_t **pixels, uint32_t *width, uint32_t *height) {
  pthread_once(&once_png, load_png);
  if (!has_png) return BACKSTAMP_PICTURE_UNREADABLE;
  png_image image = {.version = PNG_IMAGE_VERSION};
  if (!png.begin(&image, bytes, count)) return BACKSTAMP_PICTURE_DAMAGED;
  if (!fits(image.width, image.height, maximum)) {
    png.free(&image);
    return BACKSTAMP_PICTURE_LARGE;
  }
  image.format = PNG_FORMAT_GRAY;
  *pixels = malloc((size_t)image.width * image.height);
  /* What shines through is put on white. */
  png_color white = {255, 255, 255};
  if (*pixels == NULL || !png.finish(&image, &white, *pixels, 0, NULL)) {
    free(*pixels);
    *pixels = NULL;
    png.free(&image);
    return BACKSTAMP_PICTURE_DAMAGED;
  }
  *width = image.width;
  *height = image.height;
  return BACKSTAMP_PICTURE_READ;
}

static BackstampPictureState read_jpeg(
    const uint8_t *bytes, size_t count, uint64_t maximum, uint8_t **pixels, uint32_t *width, uint32_t *height) {
  pthread_once(&once_jpeg, load_jpeg);
  if (!has_jpeg) return BACKSTAMP_PICTURE_UNREADABLE;
  tjhandle reader = jpeg.open();
  if (reader == NULL) return BACKSTAMP_PICTURE_UNREADABLE;
  BackstampPictureState state = BACKSTAMP_PICTURE_DAMAGED;
  int wide, high, sampling, colours;
  if (jpeg.header(reader, bytes, count, &wide, &high, &sampling, &colours) == 0 && wide > 0 && high > 0) {
    if (!fits((uint64_t)wide, (uint64_t)high, maximum)) {
      state = BACKSTAMP_PICTURE_LARGE;
    } else if ((*pixels = malloc((size_t)wide * (size_t)high)) != NULL) {
      /* A picture that is damaged at its end is decoded as far as it goes; many scans of one are an attack (CVE-2012-2806 and later). */
      if (jpeg.decompress(reader, bytes, count, *pixels, wide, 0, high, TJPF_GRAY, TJFLAG_LIMITSCANS) == 0) {
        *width = (uint32_t)wide;
        *height = (uint32_t)high;
        state = BACKSTAMP_PICTURE_READ;
      } else {
        free(*pixels);
        *pixels = NULL;
      }
    }
  }
  jpeg.close(reader);
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
  pthread_once(&once_zbar, load_zbar);
  if (!has_zbar) return -1;
  zbar_image_scanner_t *scanner = zbar.create();
  zbar.set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar.set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_t *image = zbar.create_image();
  zbar.set_format(image, zbar_fourcc('Y', '8', '0', '0'));
  zbar.set_size(image, width, height);
  zbar.set_data(image, pixels, (unsigned long)width * height, NULL);
  int count = 0;
  if (zbar.scan(scanner, image) > 0) {
    for (const zbar_symbol_t *symbol = zbar.first(image); symbol != NULL; symbol = zbar.next(symbol)) {
      found(context, zbar.data(symbol), zbar.length(symbol));
      count++;
    }
  }
  zbar.destroy_image(image);
  zbar.destroy(scanner);
  return count;
}
