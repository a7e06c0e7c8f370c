/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of pages that stand in files of their own. Internal to report/. */
#ifndef HS_REPORT_PAGE_PARTS_H
#define HS_REPORT_PAGE_PARTS_H

#include "report/pages.h"

/* A finding as a card; `letter` as in the chart over time, 0 for none. */
void hs_put_finding(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t,
                    const struct hs_finding *f, char letter);
/* The three sentences that matter, and what could not be judged. */
void hs_put_sentences(struct hs_pages *p, struct hs_html *h);
/* <tr><th>name</th><td>text</td></tr>; nothing where text is NULL. */
void hs_put_fact(struct hs_html *h, const char *name, const char *text);
/* Master and mix side by side, by the tables of measures: those of `keys`, or all. */
void hs_put_measures(struct hs_html *h, const struct hs_track_result *t,
                     const char *const *keys, size_t n_keys);
void hs_put_files(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t);
void hs_put_row_cells(struct hs_html *h, const struct hs_shortlist_row *row);

#endif
