/* SPDX-License-Identifier: Apache-2.0 */
/* The pages of the map, where it does not stand on the index. */
#include "report/frame.h"
#include "report/map.h"
#include "report/pages.h"
#include "report/pieces.h"

static void render(struct hs_pages *p, struct hs_html *h, size_t number)
{
    size_t per_page = hs_map_rows_per_page(p), first = number * per_page;
    const struct hs_job *job = p->audit->job;
    hs_frame_begin(p, h, NULL);
    hs_html_literal(h, "<h1>Map: tracks and faults</h1>");
    hs_html_map_legend(h);
    hs_html_pager(p, h, "", "map", number, hs_map_pages(p));
    hs_html_table_begin(h, "heat", "map sortable", "Tracks against faults, by release");
    hs_html_map_head(p, h, "track");
    for (size_t t = first; t < first + per_page && t < job->n_tracks; t++) {
        size_t release = job->tracks[t].release;
        if (t == first || job->tracks[t - 1].release != release) {
            if (t != first)
                hs_html_literal(h, "</tbody>");
            hs_html_literal(h, "<tbody><tr class=\"group\"><th scope=\"rowgroup\"");
            hs_html_attrf(h, "colspan", "%zu", hs_map_columns(p) + 2);
            hs_html_literal(h, ">");
            hs_html_release_link(p, h, release);
            hs_html_literal(h, "</th></tr>\n");
        }
        hs_html_map_row(p, h, &p->audit->tracks[t]);
    }
    hs_html_literal(h, "</tbody>");
    hs_html_table_end(h);
    hs_html_pager(p, h, "", "map", number, hs_map_pages(p));
    hs_frame_end(h);
}

const struct hs_page hs_page_map = {
    .folder = "",
    .file = "map",
    .title = "Map",
    .count = hs_map_pages,
    .render = render,
};
