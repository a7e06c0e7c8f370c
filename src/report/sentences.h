/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the catalogue says in three sentences.
 */
#ifndef HS_REPORT_SENTENCES_H
#define HS_REPORT_SENTENCES_H

#include "report/pages.h"

/* The three sentences that matter, and what could not be judged. */
void hs_html_sentences(struct hs_pages *p, struct hs_html *h);

#endif
