/* SPDX-License-Identifier: Apache-2.0 */
#include "report/changes.h"

#include "report/habit.h"
#include "report/habit_changes.h"
#include "report/recurrence.h"
#include "report/words.h"

/* What recurs, leans or stands on one release has its card, which tells since when. */
static bool is_told(const struct hs_rule_count *r)
{
    return r->recurrence && hs_since_alone(r->recurrence);
}

/* The next one behind `last` by q, those of one q in the order of the rules; NULL: none. */
static const struct hs_rule_count *next(const struct hs_pages *p, const struct hs_rule_count *last)
{
    const struct hs_rule_count *best = NULL;
    for (const struct hs_rule_count *r = p->rules; r < p->rules + p->n_rules; r++) {
        if (!is_told(r))
            continue;
        double q = r->recurrence->since.q, after = last ? last->recurrence->since.q : -1;
        bool is_behind = q > after || (!(q < after) && r > last);
        if (is_behind && (!best || q < best->recurrence->since.q))
            best = r;
    }
    return best;
}

/* "Dual mono since A7Xpg (2003): 31 of 31 tracks from there on, 0 of 7 before; ..." */
static void put_change(const struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    char title[96];
    hs_html_literal(h, "<li>");
    hs_html_link(h, "rules/", r->id, ".html", hs_capital(hs_since_title(x), title, sizeof title));
    hs_html_text(h, x->since.began ? " since " : " until ");
    hs_html_release(h, p->audit, hs_since_release(p->audit, &x->since));
    hs_html_literal(h, ": ");
    hs_html_since_counts(h, x);
    hs_html_literal(h, ".</li>\n");
}

/* Of all together, where their tone or width is another from one release on; else NULL. */
static const struct hs_habits *another_tone(const struct hs_audit *audit, enum hs_toned what)
{
    const struct hs_habits *all = what == HS_TONED_MASTERING ? audit->mastering
                                  : what == HS_TONED_MIXES   ? audit->mixing
                                                             : audit->masters;
    size_t n = what == HS_TONED_MASTERING ? audit->n_mastering
               : what == HS_TONED_MIXES   ? audit->n_mixing
                                          : audit->masters != NULL;
    for (size_t w = 0; n && all->change && w < HS_ZONE_CHANGES; w++)
        if (hs_zone_change_is_shown(&all->change[w]))
            return all;
    return NULL;
}

/* Of mastering and mixes the largest: all stand on the page of habits, which masters do not have.
 */
static void put_tone(const struct hs_audit *audit, struct hs_html *h, enum hs_toned what)
{
    const struct hs_habits *all = another_tone(audit, what);
    if (!all)
        return;
    hs_html_literal(h, "<li>");
    if (what != HS_TONED_MASTERS)
        hs_html_link(h, "", "habits", ".html", what == HS_TONED_MIXES ? "Mixing" : "Mastering");
    if (what == HS_TONED_MASTERS)
        hs_html_habit_changes(h, audit, all, what);
    else
        hs_html_largest_change(h, audit, all, what);
    hs_html_literal(h, "</li>\n");
}

static bool any_tone(const struct hs_audit *audit)
{
    bool any = false;
    for (enum hs_toned what = 0; what < HS_N_TONED; what++)
        any = any || another_tone(audit, what);
    return any;
}

static size_t count_told(const struct hs_pages *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_rules; i++)
        n += is_told(&p->rules[i]);
    return n;
}

void hs_html_changes_named(const struct hs_pages *p, struct hs_html *h, size_t most)
{
    size_t n = count_told(p);
    const struct hs_rule_count *r = NULL;
    for (size_t i = 0; i < n && i < most; i++) {
        r = next(p, r);
        hs_html_text(h, i ? ", " : "What changed: ");
        hs_html_text(h, hs_since_title(r->recurrence));
        hs_html_literal(h, " ");
        hs_html_trend_word(h, p->audit, r->recurrence);
    }
    if (n > most)
        hs_html_textf(h, " and %zu more", n - most);
    hs_html_text(h, n ? ". " : "");
    for (enum hs_toned what = 0; what < HS_N_TONED; what++) {
        const struct hs_habits *all = another_tone(p->audit, what);
        if (all && hs_html_habit_change_claim(h, p->audit, all, what))
            hs_html_literal(h, " ");
    }
}

void hs_html_changes(const struct hs_pages *p, struct hs_html *h, size_t most)
{
    size_t n = count_told(p);
    if (!n && !any_tone(p->audit))
        return;
    hs_html_section(h, "changed", NULL, "What changed with a release");
    hs_html_literal(h, "<ul class=\"plain\">");
    const struct hs_rule_count *r = NULL;
    for (size_t i = 0; i < n && i < most; i++)
        put_change(p, h, r = next(p, r));
    for (enum hs_toned what = 0; what < HS_N_TONED; what++)
        put_tone(p->audit, h, what);
    hs_html_literal(h, "</ul>");
    if (n > most) {
        hs_html_literal(h, "<p class=\"order\">");
        hs_html_cut(h, most, n);
        hs_html_literal(h, "</p>");
    }
    hs_html_literal(h, "</section>\n");
}
