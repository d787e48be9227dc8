/* Signs a message with libopendkim, or says what libopendkim makes of its signatures.
 * usage: opendkim sign MESSAGE KEY DOMAIN SELECTOR simple|relaxed simple|relaxed rsa|ed25519, which prints the field
 *        opendkim verify MESSAGE RECORDS, a file of lines "NAME RECORD"; prints a line for each signature: DOMAIN pass|fail */
#include <opendkim/dkim.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char records[1 << 20];

static char *contents(const char *path, char *buffer, size_t size) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) exit(2);
  buffer[fread(buffer, 1, size - 1, file)] = 0;
  fclose(file);
  return buffer;
}

static DKIM_CBSTAT key(DKIM *dkim, DKIM_SIGINFO *signature, unsigned char *buffer, size_t length) {
  (void)dkim;
  char name[1024];
  int size = snprintf(name, sizeof name, "\n%s._domainkey.%s ", dkim_sig_getselector(signature), dkim_sig_getdomain(signature));
  const char *found = strstr(records, name);
  if (found == NULL) return DKIM_CBSTAT_NOTFOUND;
  found += size;
  snprintf((char *)buffer, length, "%.*s", (int)strcspn(found, "\n"), found);
  return DKIM_CBSTAT_CONTINUE;
}

static DKIM_STAT feed(DKIM *dkim, char *message) {
  char *end = message + strlen(message);
  char *separator = strstr(message, "\r\n\r\n");
  char *body = separator == NULL ? end : separator + 4;
  char *field = message;
  while (field < body - 2) {
    char *next = field;
    do {
      char *line = strstr(next, "\r\n");
      next = line == NULL ? end : line + 2;
    } while (*next == ' ' || *next == '\t');
    DKIM_STAT status = dkim_header(dkim, (unsigned char *)field, (size_t)(next - 2 - field));
    if (status != DKIM_STAT_OK) return status;
    field = next;
  }
  DKIM_STAT status = dkim_eoh(dkim);
  if (status != DKIM_STAT_OK) return status;
  if (body < end && (status = dkim_body(dkim, (unsigned char *)body, (size_t)(end - body))) != DKIM_STAT_OK) return status;
  return dkim_eom(dkim, NULL);
}

int main(int count, char **arguments) {
  static char message[1 << 22], secret[1 << 14];
  if (count < 4) return 2;
  contents(arguments[2], message, sizeof message);
  DKIM_LIB *library = dkim_init(NULL, NULL);
  DKIM_STAT status;
  if (strcmp(arguments[1], "sign") == 0 && count == 9) {
    dkim_canon_t header = strcmp(arguments[6], "simple") == 0 ? DKIM_CANON_SIMPLE : DKIM_CANON_RELAXED;
    dkim_canon_t body = strcmp(arguments[7], "simple") == 0 ? DKIM_CANON_SIMPLE : DKIM_CANON_RELAXED;
    dkim_alg_t algorithm = strcmp(arguments[8], "rsa") == 0 ? DKIM_SIGN_RSASHA256 : DKIM_SIGN_ED25519SHA256;
    contents(arguments[3], secret, sizeof secret);
    DKIM *dkim = dkim_sign(
        library, (const unsigned char *)"x", NULL, (dkim_sigkey_t)secret, (const unsigned char *)arguments[5],
        (const unsigned char *)arguments[4], header, body, algorithm, -1, &status);
    if (dkim == NULL || feed(dkim, message) != DKIM_STAT_OK) return 1;
    unsigned char field[8192];
    if (dkim_getsighdr(dkim, field, sizeof field, strlen("DKIM-Signature: ")) != DKIM_STAT_OK) return 1;
    printf("DKIM-Signature: %s", field);
    return 0;
  }
  if (strcmp(arguments[1], "verify") != 0) return 2;
  records[0] = '\n';
  contents(arguments[3], records + 1, sizeof records - 1);
  dkim_set_key_lookup(library, key);
  DKIM *dkim = dkim_verify(library, (const unsigned char *)"x", NULL, &status);
  if (dkim == NULL) return 1;
  feed(dkim, message);
  DKIM_SIGINFO **signatures = NULL;
  int signatureCount = 0;
  if (dkim_getsiglist(dkim, &signatures, &signatureCount) != DKIM_STAT_OK) return 0;
  for (int index = 0; index < signatureCount; index++) {
    dkim_sig_process(dkim, signatures[index]);
    int isRight = (dkim_sig_getflags(signatures[index]) & DKIM_SIGFLAG_PASSED) != 0 &&
                  dkim_sig_getbh(signatures[index]) == DKIM_SIGBH_MATCH;
    printf("%s %s\n", dkim_sig_getdomain(signatures[index]), isRight ? "pass" : "fail");
  }
  return 0;
}
