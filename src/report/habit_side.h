/* SPDX-License-Identifier: Apache-2.0 */
/* The two sides of the page of habits, mastering and the mixing room: words, and what is said. */
#ifndef HS_REPORT_HABIT_SIDE_H
#define HS_REPORT_HABIT_SIDE_H

#include "catalogue/usual.h"
#include "report/pages.h"

/* What is said of mastering, and of mixes. */
struct hs_habit_side {
    bool mastering;
    const char *name, *id, *counted, *heading;
    const char *more, *less; /* "raises the treble" */
    enum hs_tier tier;
    const struct hs_habits *habits;
    size_t n;
};

struct hs_habit_side hs_habit_side(const struct hs_audit *audit, bool mastering);
/* Where one engineer did all, "all together" says it twice. */
bool hs_habit_side_is_one(const struct hs_habit_side *s);
/* The engineer, else the name of the side. */
const char *hs_habit_side_who(const struct hs_habit_side *s, const struct hs_habits *habits);
/* A habit, or what is shown of the one release that there is. */
bool hs_habit_is_said(const struct hs_usual *u);
/* The largest habit; HS_ZONES: none. */
size_t hs_habit_strongest(const struct hs_habits *habits);
/* "B. Master raises the treble." The strongest habit of each engineer, up to `most` with the `said`
 * before; returns how many are said then. */
size_t hs_html_habit_claims(struct hs_html *h, const struct hs_habit_side *s, size_t said,
                            size_t most);
/* The same of mastering for the first screen, where no rule there speaks of its moves. */
void hs_html_mastering_claims(const struct hs_pages *p, struct hs_html *h, size_t most);

#endif
