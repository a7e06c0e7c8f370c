/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What began or ended with a release and is on no card of a habit: a fault that does not recur, a
 * note, or another tone or width of mastering or of the mixes. Appends to a struct hs_html; no
 * function fails.
 */
#ifndef HS_REPORT_CHANGES_H
#define HS_REPORT_CHANGES_H

#include "report/pages.h"

/* A section with the surest rules of them, at most `most`, and with what is said of tone and width;
 * nothing where there are none. */
void hs_html_changes(const struct hs_pages *p, struct hs_html *h, size_t most);
/* Their names in sentences: "What changed: dual mono since 2003. Mixes have less width." */
void hs_html_changes_named(const struct hs_pages *p, struct hs_html *h, size_t most);

#endif
