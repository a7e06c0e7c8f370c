/* SPDX-License-Identifier: Apache-2.0 */
/* The reason is the primary finding of the row; beside it what calls for a new mix. */
#include "report/row_reason.h"

#include "report/pieces.h"
#include "report/told.h"
#include "report/track.h"
#include "report/words.h"

/* The finding that a row of the short list is explained by: its primary reason, else the first step
 * of the plan, else the worst finding. A verified track has a reason only where one is left. */
const struct hs_finding *hs_row_finding(const struct hs_pages *p,
                                        const struct hs_shortlist_row *row)
{
    const struct hs_track_result *t = &p->audit->tracks[row->track];
    if (row->lead || t->update_verified || row->wrong_file)
        return row->lead;
    return row->n_plan ? &t->findings[row->plan[0].finding] : hs_track_worst(t);
}

/* What calls for a new mix, where the reason is something that mastering could mend. */
static const struct hs_finding *of_the_mix(const struct hs_track_result *t,
                                           const struct hs_shortlist_row *row,
                                           const struct hs_finding *reason)
{
    const struct hs_finding *found = NULL;
    for (size_t i = 0; row->action == HS_RE_MIX && i < row->n_plan; i++) {
        const struct hs_finding *f = &t->findings[row->plan[i].finding];
        if (row->plan[i].where != HS_PLACE_MIX)
            continue;
        if (f == reason)
            return NULL;
        found = found ? found : f;
    }
    return found;
}

/* The finding that decides; where a new mix is needed also the one that needs it. */
void hs_html_row_reason(const struct hs_pages *p, struct hs_html *h,
                        const struct hs_shortlist_row *row)
{
    const struct hs_finding *f = hs_row_finding(p, row);
    const struct hs_finding *mix = of_the_mix(&p->audit->tracks[row->track], row, f);
    if (!f) {
        hs_html_sentence(h, row->why);
        hs_html_literal(h, ".");
        return;
    }
    hs_html_reason(h, f);
    if (mix) {
        hs_html_literal(h, " A new mix is for what the mix has: ");
        hs_html_text(h, hs_finding_title(mix));
        hs_html_literal(h, ".");
    }
}
