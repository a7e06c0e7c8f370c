/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A finding in sentences: what is measured beside what is expected, and how it came about.
 */
#ifndef HS_REPORT_TOLD_H
#define HS_REPORT_TOLD_H

#include "model/audit.h"
#include "report/html.h"

/* "up to 2.1 dB is expected" */
void hs_html_beyond(struct hs_html *h, const struct hs_finding *f);
/* One reason, one comparison: "Too bright: 3.4 dB, up to 2.1 dB is expected; brought in ..." */
void hs_html_reason(struct hs_html *h, const struct hs_finding *f);
/* The whole: value, range, mix, move. */
void hs_html_told(struct hs_html *h, const struct hs_finding *f);

#endif
