/* SPDX-License-Identifier: Apache-2.0 */
/* Each stem has one vote, shared out by the heights of its correlation against the highest. */
#include "stems/vote.h"

#include "stems/sight.h"

#include <math.h>

const double hs_stem_one_export_s = 1e-4;

bool hs_stem_is_known(const double *known, size_t n, double delay_s, double within_s)
{
    for (size_t i = 0; i < n; i++)
        if (fabs(known[i] - delay_s) < within_s)
            return true;
    return false;
}

void hs_stem_candidates_add(struct hs_stem_candidates *c, double delay_s)
{
    if (!isnan(delay_s) && c->n < HS_STEM_CANDIDATES &&
        !hs_stem_is_known(c->delay_s, c->n, delay_s, hs_stem_one_export_s))
        c->delay_s[c->n++] = delay_s;
}

enum hs_status hs_stem_candidates_ask(struct hs_stem_candidates *c, struct hs_stem_field *field,
                                      const struct hs_file *stem, const double *delay_s,
                                      struct hs_error *err)
{
    double height[HS_STEM_CANDIDATES], most = 0;
    enum hs_status status =
        hs_stem_heights(field, stem->source, &stem->values, delay_s, c->n, height, err);
    for (size_t k = 0; k < c->n; k++)
        most = fmax(most, height[k]);
    for (size_t k = 0; k < c->n && most > 0; k++)
        c->sum[k] += height[k] / most;
    return status;
}

static size_t best_of(const struct hs_stem_candidates *c)
{
    size_t best = 0;
    for (size_t k = 1; k < c->n; k++)
        best = c->sum[k] > c->sum[best] ? k : best;
    return best;
}

double hs_stem_candidates_best(const struct hs_stem_candidates *c)
{
    return c->delay_s[best_of(c)];
}

double hs_stem_candidates_lead(const struct hs_stem_candidates *c)
{
    const size_t best = best_of(c);
    double second = 0;
    for (size_t k = 0; k < c->n; k++)
        second = k == best ? second : fmax(second, c->sum[k]);
    return c->sum[best] - second;
}
