/* SPDX-License-Identifier: Apache-2.0 */
/* Correlations between the cells of a level (cells.h), summed over rules: of values, and of moves.
 */
#include "catalogue/alike.h"

#include "catalogue/release_icc.h"
#include "core/alloc.h"

#include <math.h>

static bool of_moves(const struct hs_evidence_counts *e)
{
    return e->row->evidence == HS_BY_MOVES;
}

void hs_alike_add(const struct hs_clustering *by, const struct hs_census *c,
                  const struct hs_counted *counted, struct hs_alike *alike)
{
    struct hs_counted_of *units = hs_malloc((c->n_masters + 1) * sizeof *units);
    struct hs_cell *cells = hs_malloc((c->n_masters + 1) * sizeof *cells);
    for (size_t k = 0; k < counted->n; k++) {
        const struct hs_evidence_counts *e = &counted->row[k];
        /* a mix is nearly its master: it would count twice */
        if (e->fixed_thresholds || (e->row->evidence != HS_BY_SONGS && !of_moves(e)))
            continue;
        size_t n = hs_evidence_units(by->audit, c, e, units);
        for (enum hs_factor f = 0; f < HS_N_FACTORS; f++) {
            if (!by->differs[f])
                continue;
            size_t n_cells = hs_cells_take(by, f, e, units, n, cells);
            struct hs_correlation x = hs_cells_correlation(cells, n_cells);
            struct hs_alike_sum *sum = &alike->of[f][of_moves(e)];
            sum->sum.numerator += x.numerator;
            sum->sum.denominator += x.denominator;
            sum->rules += x.denominator > 0;
            sum->clusters = fmax(sum->clusters, (double)n_cells);
        }
    }
    hs_free(units);
    hs_free(cells);
}

/* Over all rules, drawn to the usual value with the weight of 40 rules of one release. */
double hs_alike_icc(const struct hs_alike_sum *alike)
{
    const double usual_rules = 40, most = .8;
    if (!(alike->rules > 0))
        return HS_ICC_APART;
    double prior = usual_rules / alike->clusters * alike->sum.denominator / alike->rules;
    double icc = (alike->sum.numerator + HS_ICC_APART * prior) / (alike->sum.denominator + prior);
    return fmin(fmax(icc, HS_ICC_APART), most);
}

const struct hs_alike_sum *hs_alike_of(const struct hs_alike *alike, enum hs_factor f,
                                       const struct hs_evidence_counts *e)
{
    return &alike->of[f][of_moves(e)];
}
