/* SPDX-License-Identifier: Apache-2.0 */
/* faults.html: all faults that were found, the recurring ones first, then what was judged and not
 * found. */
#include "report/fault_table.h"
#include "report/frame.h"
#include "report/habit.h"
#include "report/pages.h"

/* Found ones by how sure they are, then rules without a finding. */
static void render(struct hs_pages *p, struct hs_html *h, size_t index)
{
    size_t recur = hs_habits_of(p, HS_RECURS);
    (void)index;
    hs_frame_begin(p, h, NULL);
    hs_html_literal(h, "<div class=\"hero\"><h1>");
    if (recur)
        hs_html_count(h, recur, "fault recurs", "faults recur");
    else
        hs_html_literal(h, "No fault is shown to recur");
    hs_html_literal(h, "</h1><p class=\"lead\">A fault recurs when it is more frequent than in the "
                       "reference tracks, beyond what chance explains, and beyond what artists "
                       "differ by.</p></div>\n");
    hs_html_fault_table(p, h, "faults", HS_PAGE_ROWS);
    hs_html_unfound(p, h);
    hs_frame_end(p, h);
}

const struct hs_page hs_page_faults = {
    .folder = "",
    .file = "faults",
    .title = "Faults",
    .nav = "Faults",
    .place = 40,
    .render = render,
};
