/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one rule reads of a preview (in its unit), against loudness (LUFS): the targets, the limit
 * of the rule, and the loudness of the released master where there is one.
 */
#ifndef HS_REPORT_CHART_PREVIEW_H
#define HS_REPORT_CHART_PREVIEW_H

#include "report/pages.h"

/* Of the rule whose standings stand at `rule`. Nothing where it was not judged. */
void hs_chart_preview(struct hs_html *h, const struct hs_preview *p, size_t rule,
                      double master_lufs, const char *id);

#endif
