/* What the program uses of libpng, TurboJPEG and ZBar, in plain C types. Each is loaded when it is first needed. */
#ifndef BACKSTAMP_CPICTURES_H
#define BACKSTAMP_CPICTURES_H

#include <stddef.h>
#include <stdint.h>

/* Whether each can be loaded. */
int backstamp_libpng_is_there(void);
int backstamp_turbojpeg_is_there(void);
int backstamp_zbar_is_there(void);

typedef enum {
    BACKSTAMP_PICTURE_READ = 1,
    BACKSTAMP_PICTURE_DAMAGED = 0,
    /* It has more pixels than allowed; nothing of them was decoded. */
    BACKSTAMP_PICTURE_LARGE = -1,
    /* The library is not there. */
    BACKSTAMP_PICTURE_UNREADABLE = -2,
} BackstampPictureState;

/* Decodes a PNG or JPEG picture to one byte of grey a pixel, on white. The pixels are freed with backstamp_picture_free. */
BackstampPictureState backstamp_picture_read(
    const uint8_t *bytes, size_t count, int is_png, uint64_t maximum, uint8_t **pixels, uint32_t *width, uint32_t *height);
void backstamp_picture_free(uint8_t *pixels);

/* Tells of each QR code in a picture of grey pixels. Returns how many there are, or -1 when ZBar is not there. */
int backstamp_codes_find(
    const uint8_t *pixels, uint32_t width, uint32_t height, void *context,
    void (*found)(void *context, const char *text, size_t length));

#endif
