/* SPDX-License-Identifier: Apache-2.0 */
/* Why a row stands on the short list. Appends to a struct hs_html; no function fails. */
#ifndef HS_REPORT_ROW_REASON_H
#define HS_REPORT_ROW_REASON_H

#include "report/pages.h"

/* The finding for which a row stands on the short list, the one that its `why` begins with; NULL:
 * none, as for an update that only has to be released. */
const struct hs_finding *hs_row_finding(const struct hs_pages *p,
                                        const struct hs_shortlist_row *row);
/* That finding as one reason, and what calls for a new mix where it does not; without a finding
 * the row's own words. */
void hs_html_row_reason(const struct hs_pages *p, struct hs_html *h,
                        const struct hs_shortlist_row *row);

#endif
