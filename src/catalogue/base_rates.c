/* SPDX-License-Identifier: Apache-2.0 */

#include "catalogue/base_rates.h"

#include "catalogue/stats_counts.h"
#include "judge/rule.h"

struct hs_base_rate hs_base_rate_builtin(const char *rule)
{
    const struct hs_rule *r = hs_rule_find(rule);
    return (struct hs_base_rate){rule, r ? r->base.fired : 0, r ? r->base.judged : 0};
}

/* Of 56 pieces of all the catalogues, mastered by FFmpeg without harm (a shelf within 0.7 dB,
 * level, half a dB of limiting), those that were lined up; on none of them did the pair
 * alone say anything, by any rule. scripts/base-rates --pairs makes such a count. */
enum { HARMLESS_PAIRS = 56 };

struct hs_base_rate hs_base_rate_of_pairs(const char *rule)
{
    return (struct hs_base_rate){rule, 0, HARMLESS_PAIRS};
}

double hs_base_rate_value(const struct hs_base_rate *base)
{
    return (base->fired + 1.0) / (base->judged + 20.0);
}

double hs_base_rate_p(const struct hs_base_rate *base, int k, int n)
{
    if (n == 0)
        return 1;
    if (base->judged < 200)
        return hs_fisher_greater(k, n - k, base->fired + 1, base->judged - base->fired + 19);
    return hs_binomial_tail(k, n, hs_base_rate_value(base));
}

double hs_base_rate_clustered_p(const struct hs_base_rate *base, int k, int n, double icc,
                                double size)
{
    if (n < 2)
        return hs_base_rate_p(base, k, n);
    /* The variance of k is inflated by both; one correlation that does the same. */
    double shared = 1 / (base->judged + 21.0);
    double inflation = (n - 1) * shared + (size - 1) * icc * (1 - shared);
    return hs_beta_binomial_tail(k, n, hs_base_rate_value(base), inflation / (n - 1));
}
