/* Verifies one message again and again with libopendkim, its key given: messages a second.
 * usage: opendkim MESSAGE KEYRECORD SECONDS */
#include <opendkim/dkim.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char record[4096];

static DKIM_CBSTAT key(DKIM *dkim, DKIM_SIGINFO *signature, unsigned char *buffer, size_t length) {
  (void)dkim;
  (void)signature;
  snprintf((char *)buffer, length, "%s", record);
  return DKIM_CBSTAT_CONTINUE;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
  static char message[1 << 20];
  if (count != 4) return 2;
  FILE *file = fopen(arguments[1], "rb");
  if (file == NULL) return 2;
  size_t size = fread(message, 1, sizeof message - 1, file);
  fclose(file);
  snprintf(record, sizeof record, "%s", arguments[2]);
  char *body = strstr(message, "\r\n\r\n") + 4;
  DKIM_LIB *library = dkim_init(NULL, NULL);
  dkim_set_key_lookup(library, key);
  double start = now(), seconds = atof(arguments[3]);
  long verified = 0;
  do {
    DKIM_STAT status;
    DKIM *dkim = dkim_verify(library, (const unsigned char *)"x", NULL, &status);
    char *field = message;
    while (field < body - 2) {
      char *end = field;
      do end = strstr(end, "\r\n") + 2;
      while (*end == ' ' || *end == '\t');
      if (dkim_header(dkim, (unsigned char *)field, (size_t)(end - 2 - field)) != DKIM_STAT_OK) return 1;
      field = end;
    }
    if (dkim_eoh(dkim) != DKIM_STAT_OK) return 1;
    if (dkim_body(dkim, (unsigned char *)body, size - (size_t)(body - message)) != DKIM_STAT_OK) return 1;
    if (dkim_eom(dkim, NULL) != DKIM_STAT_OK) return 1;
    dkim_free(dkim);
    verified++;
  } while (now() - start < seconds);
  printf("%f\n", (double)verified / (now() - start));
  return 0;
}
