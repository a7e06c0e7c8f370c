/* SPDX-License-Identifier: Apache-2.0 */
/* map.html and its further pages, where the map is too large for the first page. */
#include "report/frame.h"
#include "report/map.h"
#include "report/pages.h"
#include "report/pieces.h"

/* One page of so many songs that it stays light. */
static void render(struct hs_pages *p, struct hs_html *h, size_t number)
{
    size_t per_page = hs_map_rows_per_page(p), first = number * per_page;
    size_t n = p->audit->job->n_tracks, end = first + per_page < n ? first + per_page : n;
    hs_frame_begin(p, h, NULL);
    hs_html_literal(h, "<div class=\"hero\"><h1>Songs and faults</h1></div>");
    hs_html_map_legend(h);
    hs_html_pager(p, h, "", "map", number, hs_map_pages(p));
    hs_html_map(p, h, first, end);
    hs_html_pager(p, h, "", "map", number, hs_map_pages(p));
    hs_frame_end(p, h);
}

const struct hs_page hs_page_map = {
    .folder = "",
    .file = "map",
    .title = "Map",
    .count = hs_map_pages,
    .render = render,
};
