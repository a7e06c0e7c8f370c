/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A letter to the mastering engineer, per track and per release: polite, to be copied as plain
 * text. It says what is proven, when to hear it, and asks; it never accuses. Only findings beyond
 * the uncertainty of the comparison are named. No function fails.
 */
#ifndef HS_REPORT_LETTER_H
#define HS_REPORT_LETTER_H

#include "report/pages.h"

/* Whether anything is to be asked about a track. */
bool hs_letter_asks(const struct hs_track_result *t);
/* A section with the letter about those of n tracks that ask; one sentence where none does. */
void hs_html_letter(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *tracks,
                    size_t n);

#endif
