/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The map: tracks against faults, as a table whose cells have words. Long catalogues are cut into
 * pages, so that no page has more than HS_PAGE_CELLS cells. No function fails.
 */
#ifndef HS_REPORT_MAP_H
#define HS_REPORT_MAP_H

#include "report/pages.h"

/* The songs from first to before end, with a row for each release. */
void hs_html_map(struct hs_pages *p, struct hs_html *h, size_t first, size_t end);
void hs_html_map_legend(struct hs_html *h);
size_t hs_map_columns(const struct hs_pages *p);
size_t hs_map_rows_per_page(const struct hs_pages *p);
/* Pages of the map beside the index, 0: it stands on the index. */
size_t hs_map_pages(const struct hs_pages *p);

#endif
