/* SPDX-License-Identifier: Apache-2.0 */
#include "report/habit_changes.h"

#include "report/recurrence.h"
#include "report/words.h"

#include <math.h>

static const char *const who[HS_N_TONED] = {"mastering leaves", "mixes have", "masters have"};

/* "4.4 dB more of the treble", "4.4 dB more width". */
static void put_what(struct hs_html *h, const struct hs_zone_change *c, size_t which)
{
    hs_html_quantity(h, fabs(c->change), 1, "dB");
    hs_html_textf(h, which < HS_ZONES ? " %s of the %s" : " %s %s", c->change > 0 ? "more" : "less",
                  hs_zone_change_name(which));
}

static void put_change(struct hs_html *h, const struct hs_audit *audit,
                       const struct hs_zone_change *c, size_t which, enum hs_toned what)
{
    const struct hs_release *at = &audit->job->releases[c->at];
    hs_html_literal(h, "<p class=\"since\"><strong>From ");
    hs_html_text(h, at->title);
    hs_html_textf(h, " (%d) on", at->year);
    hs_html_literal(h, "</strong> ");
    hs_html_text(h, who[what]);
    hs_html_literal(h, " ");
    put_what(h, c, which);
    hs_html_literal(h, " than before (");
    hs_html_signed(h, c->interval.low, 1);
    hs_html_literal(h, " to ");
    hs_html_signed(h, c->interval.high, 1);
    hs_html_literal(h, ").");
    if (c->factor) {
        hs_html_text(h, " The same releases go with another change, ");
        hs_html_what_changed(h, c->factor, c->level, c->level_of_others, true);
        hs_html_literal(h, ".");
    }
    hs_html_literal(h, "</p>\n");
}

void hs_html_habit_changes(struct hs_html *h, const struct hs_audit *audit,
                           const struct hs_habits *all, enum hs_toned what)
{
    for (size_t w = 0; all->change && w < HS_ZONE_CHANGES; w++)
        if (hs_zone_change_is_shown(&all->change[w]))
            put_change(h, audit, &all->change[w], w, what);
}

/* HS_ZONE_CHANGES: none is shown. */
static size_t largest(const struct hs_habits *all)
{
    size_t best = HS_ZONE_CHANGES;
    for (size_t w = 0; all->change && w < HS_ZONE_CHANGES; w++)
        if (hs_zone_change_is_shown(&all->change[w]) &&
            (best == HS_ZONE_CHANGES ||
             fabs(all->change[w].change) > fabs(all->change[best].change)))
            best = w;
    return best;
}

void hs_html_largest_change(struct hs_html *h, const struct hs_audit *audit,
                            const struct hs_habits *all, enum hs_toned what)
{
    size_t best = largest(all);
    if (best < HS_ZONE_CHANGES)
        put_change(h, audit, &all->change[best], best, what);
}

bool hs_html_habit_change_claim(struct hs_html *h, const struct hs_audit *audit,
                                const struct hs_habits *all, enum hs_toned what)
{
    char text[96];
    size_t best = largest(all);
    if (best == HS_ZONE_CHANGES)
        return false;
    const struct hs_zone_change *c = &all->change[best];
    hs_html_text(h, hs_capital(who[what], text, sizeof text));
    hs_html_textf(h, best < HS_ZONES ? " %s of the %s" : " %s %s", c->change > 0 ? "more" : "less",
                  hs_zone_change_name(best));
    hs_html_textf(h, " since %d.", audit->job->releases[c->at].year);
    return true;
}
