/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pair in plain sentences: what kind of pair it is, what mastering did, what that brought in,
 * brought out and mended. Plain text for a terminal and for a page; nothing fails.
 */
#ifndef HS_REPORT_PAIR_WORDS_H
#define HS_REPORT_PAIR_WORDS_H

#include "core/buf.h"
#include "model/audit.h"

/* One sentence per line. */
void hs_pair_words(const struct hs_track_result *t, struct hs_buf *out);
/* "Cannot tell v6.wav from v7.wav: ...", one sentence; nothing where one mix stands out. */
void hs_pair_tie_words(const struct hs_pair *p, struct hs_buf *out);

#endif
