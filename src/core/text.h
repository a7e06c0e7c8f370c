/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text: UTF-8, escaping for terminal, and nearest names. Pure functions on any bytes; none fails.
 */
#ifndef HS_CORE_TEXT_H
#define HS_CORE_TEXT_H

#include "core/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes one code point at s[0..n), n > 0; returns the bytes taken, at least 1. An
 * ill-formed sequence gives U+FFFD for each maximal part (Unicode 15, 3.9). */
size_t hs_utf8_decode(const char *s, size_t n, uint32_t *code);
bool hs_utf8_valid(const char *s, size_t n);
/* Appends `s` as well-formed UTF-8, ill-formed parts as U+FFFD. */
void hs_utf8_put(struct hs_buf *b, const char *s);
/* As above, and every control character (C0, DEL, C1, bidi overrides) as \xNN or \uNNNN:
 * fit for a terminal, a log or one line of text. */
void hs_text_put_plain(struct hs_buf *b, const char *s);
/* Percent-encodes every byte of a path but the unreserved ones (RFC 3986, 2.3) and '/'. */
void hs_text_put_percent(struct hs_buf *b, const char *path);
/* Levenshtein distance, capped: returns cap when it is reached or passed. */
unsigned hs_text_distance(const char *a, const char *b, unsigned cap);
/* The nearest of `names` within a third of its length (at least 1 edit), or NULL. */
const char *hs_text_nearest(const char *word, const char *const *names, size_t n);
bool hs_text_starts(const char *s, const char *prefix);
bool hs_text_ends(const char *s, const char *suffix);

#endif
