/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_REPORT_HEARD_WORDS_H
#define HS_REPORT_HEARD_WORDS_H

#include "model/audit.h"
#include "report/html.h"

/* Of each note of the engineer that no fault of the master answers: as what it was understood, what
 * is measured there, and whether the master leans and mastering moved it that way. */
void hs_html_heard_words(struct hs_html *h, const struct hs_track_result *t);

#endif
