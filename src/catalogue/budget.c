/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The set of tracks that does the most good in the hours there are: the 0/1 knapsack by
 * quarters of an hour, exactly, or by priority per hour where the catalogue is too
 * large.
 */
#include "catalogue/budget.h"

#include "core/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EXACT_CELLS = 200000000 }; /* rows x quarters that are solved exactly */

static size_t quarters(double hours)
{
    return (size_t)lround(ceil(4 * hours - 1e-9));
}

/* best[w]: the highest sum of priorities in w quarters with the rows so far. */
static void solve(struct hs_shortlist_row *rows, size_t n, size_t room)
{
    double *best = HS_NEW_ARRAY(double, room + 1);
    size_t words = room / 64 + 1;
    uint64_t *taken = HS_NEW_ARRAY(uint64_t, n * words);
    for (size_t i = 0; i < n; i++) {
        size_t cost = quarters(rows[i].hours);
        for (size_t w = room + 1; w-- > cost;)
            if (best[w - cost] + rows[i].priority > best[w]) {
                best[w] = best[w - cost] + rows[i].priority;
                taken[i * words + w / 64] |= (uint64_t)1 << w % 64;
            }
    }
    for (size_t i = n, w = room; i-- > 0;) {
        rows[i].in_budget = taken[i * words + w / 64] >> w % 64 & 1;
        if (rows[i].in_budget)
            w -= quarters(rows[i].hours);
    }
    hs_free(best);
    hs_free(taken);
}

struct worth {
    double per_hour;
    size_t row;
};

static int by_worth(const void *a, const void *b)
{
    const struct worth *x = a, *y = b;
    if (x->per_hour != y->per_hour)
        return x->per_hour > y->per_hour ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Takes rows by priority per hour as long as they fit. */
static void choose_greedily(struct hs_shortlist_row *rows, size_t n, size_t room)
{
    struct worth *w = HS_NEW_ARRAY(struct worth, n);
    for (size_t i = 0; i < n; i++)
        w[i] = (struct worth){rows[i].priority / rows[i].hours, i};
    qsort(w, n, sizeof *w, by_worth);
    for (size_t i = 0; i < n; i++) {
        struct hs_shortlist_row *row = &rows[w[i].row];
        row->in_budget = quarters(row->hours) <= room;
        if (row->in_budget)
            room -= quarters(row->hours);
    }
    hs_free(w);
}

/* The set of most priority in so many hours, in quarters of an hour; exact where the table is small
 * enough. */
void hs_budget_choose(struct hs_shortlist_row *rows, size_t n, double budget_hours)
{
    if (!(budget_hours >= 0) || !n)
        return; /* no budget: all that is listed */
    double all = 0;
    for (size_t i = 0; i < n; i++)
        all += rows[i].hours;
    size_t room = (size_t)floor(4 * fmin(budget_hours, all) + 1e-9);
    if (all <= budget_hours)
        return;
    if ((double)n * (double)(room + 1) <= EXACT_CELLS)
        solve(rows, n, room);
    else
        choose_greedily(rows, n, room);
}
