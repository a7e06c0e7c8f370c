/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The map: tracks against faults, as a table whose cells have words.
 */
#ifndef HS_REPORT_MAP_H
#define HS_REPORT_MAP_H

#include "report/pages.h"

/* Cells of the map: one track or one release against one rule. */
void hs_html_map_head(struct hs_pages *p, struct hs_html *h, const char *first);
void hs_html_map_row(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t);
void hs_html_map_legend(struct hs_html *h);
size_t hs_map_columns(const struct hs_pages *p);
size_t hs_map_rows_per_page(const struct hs_pages *p);
/* Pages of the map beside the index, 0: it stands on the index. */
size_t hs_map_pages(const struct hs_pages *p);

#endif
