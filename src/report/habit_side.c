/* SPDX-License-Identifier: Apache-2.0 */
#include "report/habit_side.h"

#include <math.h>

/* The words and the habits of one of the two sides. */
struct hs_habit_side hs_habit_side(const struct hs_audit *audit, bool mastering)
{
    return mastering ? (struct hs_habit_side){true,
                                              "Mastering",
                                              "mastering",
                                              "pair",
                                              "What mastering does",
                                              "raises",
                                              "lowers",
                                              HS_MEASURED,
                                              audit->mastering,
                                              audit->n_mastering}
                     : (struct hs_habit_side){false,
                                              "The mixing room",
                                              "mixing",
                                              "mix",
                                              "What the mixing room does",
                                              "has more of",
                                              "has less of",
                                              HS_INFERRED,
                                              audit->mixing,
                                              audit->n_mixing};
}

/* Where one engineer did all, "all together" says it twice. */
bool hs_habit_side_is_one(const struct hs_habit_side *s)
{
    return s->n > 1 && s->habits[1].engineer && !s->habits[1].year &&
           s->habits[1].n == s->habits[0].n;
}

const char *hs_habit_side_who(const struct hs_habit_side *s, const struct hs_habits *habits)
{
    return habits->engineer ? habits->engineer : s->name;
}

/* A habit, or what is shown of the one release that there is. */
bool hs_habit_is_said(const struct hs_usual *u)
{
    return hs_usual_is_told(u) || hs_usual_is_told_here(u);
}

/* The largest habit; HS_ZONES: none. */
size_t hs_habit_strongest(const struct hs_habits *habits)
{
    size_t best = HS_ZONES;
    for (size_t z = 0; z < HS_ZONES; z++)
        if (hs_habit_is_said(&habits->zone[z]) &&
            (best == HS_ZONES || fabs(habits->zone[z].median) > fabs(habits->zone[best].median)))
            best = z;
    return best;
}

size_t hs_html_habit_claims(struct hs_html *h, const struct hs_habit_side *s, size_t said,
                            size_t most)
{
    for (size_t i = hs_habit_side_is_one(s); i < s->n && said < most; i++) {
        size_t z = hs_habit_strongest(&s->habits[i]);
        if (s->habits[i].year || z == HS_ZONES)
            continue;
        hs_html_text(h, said++ ? " " : "");
        hs_html_text(h, hs_habit_side_who(s, &s->habits[i]));
        hs_html_textf(h, " %s the %s%s.", s->habits[i].zone[z].median > 0 ? s->more : s->less,
                      hs_zones[z].name,
                      hs_usual_is_told(&s->habits[i].zone[z]) ? "" : " on one release");
    }
    return said;
}

void hs_html_mastering_claims(const struct hs_pages *p, struct hs_html *h, size_t most)
{
    const struct hs_habit_side s = hs_habit_side(p->audit, true);
    bool any = false, by_moves = false;
    for (size_t i = 0; i < s.n; i++)
        any = any || (!s.habits[i].year && hs_habit_strongest(&s.habits[i]) != HS_ZONES);
    for (size_t i = 0; i < p->n_rules; i++) {
        const struct hs_recurrence *x = p->rules[i].recurrence;
        by_moves = by_moves || (x && x->evidence == HS_BY_MOVES && x->verdict > HS_NOT_SHOWN);
    }
    if (!any || by_moves)
        return;
    hs_html_literal(h, "A habit, whether or not it is a fault: <a");
    hs_html_url(h, "href", "", "habits", ".html");
    hs_html_literal(h, ">");
    hs_html_habit_claims(h, &s, 0, most);
    hs_html_literal(h, "</a> ");
}
