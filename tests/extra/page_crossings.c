/* SPDX-License-Identifier: Apache-2.0 */
/* The worked example of a page (docs/manual/developer.md): one row for each track. */
#include "report/frame.h"
#include "report/pages.h"
#include "report/pieces.h"

#include <math.h>

static void render(struct hs_pages *p, struct hs_html *h, size_t index)
{
    (void)index;
    static const struct hs_column columns[] = {{"track", NULL}, {"findings", NULL}};
    hs_frame_begin(p, h, NULL);
    hs_html_table_begin(h, "crossings", "sortable", "In the order of the job.");
    hs_html_columns(h, columns, 2);
    for (size_t i = 0; i < p->audit->job->n_tracks; i++) {
        const struct hs_track_result *t = &p->audit->tracks[i];
        hs_html_literal(h, "<tr>");
        hs_html_td(h, &columns[0], NAN);
        hs_html_track_link(h, t); /* text of people is escaped by every one of these */
        hs_html_literal(h, "</td>");
        hs_html_td(h, &columns[1], (double)t->n_findings);
        hs_html_grouped(h, t->n_findings);
        hs_html_literal(h, "</td></tr>");
    }
    hs_html_table_end(h);
    hs_frame_end(p, h);
}

const struct hs_page hs_page_crossings = {
    .folder = "",
    .file = "crossings",
    .title = "Crossings",
    .nav = "Crossings",
    .place = 90,
    .render = render,
};
