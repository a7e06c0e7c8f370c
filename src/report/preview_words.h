/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a preview says, in sentences, for pages and the terminal. Loudness is told in LUFS. Each
 * function appends to a buffer, or nothing where there is nothing to say; none fails.
 */
#ifndef HS_REPORT_PREVIEW_WORDS_H
#define HS_REPORT_PREVIEW_WORDS_H

#include "core/buf.h"
#include "model/audit.h"

extern const char hs_preview_disclaimer[];
/* "too bright from about -12.0 LUFS (-13.0 to -11.0)" */
void hs_preview_first_words(const struct hs_first_fault *f, struct hs_buf *out);
/* What is to be said first of a mix that is spoilt already; nothing of others. */
void hs_preview_warning_words(const struct hs_preview *p, struct hs_buf *out);
/* How loud the mix can be, in one sentence. */
void hs_preview_carries_words(const struct hs_preview *p, struct hs_buf *out);
/* How far previews came true here, in one or two sentences. */
void hs_preview_backtest_words(const struct hs_backtest *b, struct hs_buf *out);

#endif
