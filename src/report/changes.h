/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What began or ended with a release and is on no card of a habit: a fault that does not recur, or
 * a note. Appends to a struct hs_html; no function fails.
 */
#ifndef HS_REPORT_CHANGES_H
#define HS_REPORT_CHANGES_H

#include "report/pages.h"

/* A section with the surest of them, at most `most`; nothing where there are none. */
void hs_html_changes(const struct hs_pages *p, struct hs_html *h, size_t most);

#endif
