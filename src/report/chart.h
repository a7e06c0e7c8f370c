/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the charts share: the figure around a drawing, its key and its table of numbers. All
 * functions append to a struct hs_html; none fails. A chart is begun, drawn (report/svg.h), given
 * its table, and ended, in this order.
 */
#ifndef HS_REPORT_CHART_H
#define HS_REPORT_CHART_H

#include "report/pages.h"
#include "report/svg.h"

#include <stdio.h>

/* A plot with the house's margins; axes are set by the caller. */
#define HS_CHART_PLOT(h)                                                                           \
    {                                                                                              \
        .height = (h), .top = 24, .bottom = 24                                                     \
    }

/* <figure> with its caption: a heading and one sentence. */
void hs_chart_begin(struct hs_html *h, const char *heading, const char *sentence);
void hs_chart_end(struct hs_html *h);
/* <details> with a table: the caller writes thead and an open tbody in between. Rows with
 * data-x (the place in the drawing) serve the read-out under the pointer. */
void hs_chart_table_begin(struct hs_html *h, const char *caption);
void hs_chart_table_end(struct hs_html *h);
/* master, mix, expected range */
void hs_chart_key(struct hs_html *h, bool expected, bool mix);

#endif
