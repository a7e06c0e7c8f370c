/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Count the units that any two groups of different kinds share.
 * 2. Group y explains group x where x shows too few faults without y, and y enough of them without
 *    x. Of several the one that shares the most faults is taken.
 * 3. Where y then recurs or leans, x does not recur: it leans.
 */
#include "catalogue/group_causes.h"

#include "catalogue/evidence_verdict.h"
#include "core/alloc.h"

#include <string.h>

/* Units that two groups share. */
struct shared {
    int judged, faulty;
};

/* Whether the faults of x are those that it shares with y, which has them elsewhere as well. */
static bool explains(const struct hs_evidence_row *x, const struct hs_evidence_row *y,
                     const struct shared *both)
{
    double share = hs_evidence_weighty_share(x->base_rate);
    int own = x->judged - both->judged, others = y->judged - both->judged;
    int own_faulty = x->faulty - both->faulty, other_faulty = y->faulty - both->faulty;
    return both->faulty && !(own_faulty > 0 && own_faulty >= share * own) && other_faulty > 1 &&
           other_faulty >= share * others;
}

/* The group of another kind that explains x best: that shares the most faults with it. */
static void find_cause(struct hs_group *group, size_t n, size_t x, const struct shared *shared)
{
    const struct shared *most = NULL;
    for (size_t y = 0; y < n; y++) {
        const struct shared *both = &shared[x * n + y];
        if (group[y].by == group[x].by || !explains(group[x].row, group[y].row, both) ||
            (most && both->faulty <= most->faulty))
            continue;
        most = both;
        group[x].explained_by = group[y].name;
        group[x].explained_as = group[y].by;
    }
}

void hs_group_causes_find(struct hs_group *group, size_t n, const struct hs_in_groups *unit,
                          size_t n_units)
{
    struct shared *shared = hs_calloc(n * n + 1, sizeof *shared);
    for (size_t i = 0; n && i < n_units; i++)
        for (int a = 0; a < HS_N_GROUPINGS; a++)
            for (int b = 0; b < HS_N_GROUPINGS; b++) {
                size_t x = unit[i].group[a], y = unit[i].group[b];
                if (a == b || !x || !y)
                    continue;
                struct shared *both = &shared[(x - 1) * n + y - 1];
                both->judged++;
                both->faulty += unit[i].faulty;
            }
    for (size_t x = 0; x < n; x++)
        find_cause(group, n, x, shared);
    hs_free(shared);
}

void hs_group_causes_apply(struct hs_group *group, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool recurs = false;
        for (size_t k = 0; k < n && group[i].explained_by; k++)
            recurs = recurs || (group[k].by == group[i].explained_as &&
                                group[k].row->evidence == group[i].row->evidence &&
                                group[k].row->verdict >= HS_LEANS &&
                                !strcmp(group[k].name, group[i].explained_by));
        if (!recurs)
            group[i].explained_by = NULL;
        else if (group[i].row->verdict == HS_RECURS)
            group[i].row->verdict = HS_LEANS;
    }
}
