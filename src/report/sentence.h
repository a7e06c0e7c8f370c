/* SPDX-License-Identifier: Apache-2.0 */
/* A sentence of plain text that is written as it comes: its start before the first part, commas
 * between parts, a full stop and a line end after the last. Without a part nothing is written. */
#ifndef HS_REPORT_SENTENCE_H
#define HS_REPORT_SENTENCE_H

#include "core/buf.h"

#include <stdbool.h>

struct hs_sentence {
    struct hs_buf *out;
    const char *start;
    size_t n; /* parts so far */
};

/* Begins the sentence, or adds a comma; the part is written to `s->out` by the caller. */
void hs_sentence_part(struct hs_sentence *s);
/* Whether there was a part. */
bool hs_sentence_end(struct hs_sentence *s);
/* "2.0 dB" */
void hs_sentence_number(struct hs_buf *out, double x, int digits, const char *unit);
/* A part in positive words for both signs, "the treble up by 3.0 dB"; nothing below `least`. */
void hs_sentence_change(struct hs_sentence *s, double x, double least, int digits, const char *unit,
                        const char *what, const char *up, const char *down);

#endif
