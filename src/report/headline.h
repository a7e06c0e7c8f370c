/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first words of a report: what recurs, what to do first; and its figures. Appends to a
 * struct hs_html; no function fails.
 */
#ifndef HS_REPORT_HEADLINE_H
#define HS_REPORT_HEADLINE_H

#include "report/pages.h"

/* h1 and lead. */
void hs_html_headline(struct hs_pages *p, struct hs_html *h);
/* A section that is left open: the table of habits follows in it. */
void hs_html_figures(struct hs_pages *p, struct hs_html *h);

#endif
