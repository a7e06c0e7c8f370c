/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/base_rates.h"

#include "catalogue/stats.h"

#include <string.h>

/* Lead findings per judged track of the clean catalogues; made by scripts/base-rates.
 */
static const struct hs_base_rate builtin[] = {
    {"bass_loud", 0, 162},
    {"bass_low", 5, 162},
    {"bass_wide", 0, 141},
    {"boomy", 3, 164},
    {"bright", 3, 164},
    {"channel_delay", 1, 141},
    {"clipped", 2, 164},
    {"dc_offset", 25, 164},
    {"dry", 7, 164},
    {"dual_mono", 28, 164},
    {"dull", 17, 164},
    {"harsh", 11, 164},
    {"hollow", 6, 164},
    {"hum", 0, 164},
    {"kick_loud", 2, 52},
    {"kick_low", 2, 52},
    {"level_jump", 6, 162},
    {"lopsided", 19, 164},
    {"muddy", 21, 164},
    {"narrow", 4, 141},
    {"noisy", 2, 19},
    {"out_of_phase", 2, 164},
    {"over_compressed", 6, 164},
    {"over_limited", 9, 164},
    {"pumping", 0, 162},
    {"sides_wide", 0, 141},
    {"silent", 0, 164},
    {"snare_loud", 2, 23},
    {"snare_low", 1, 23},
    {"sub_heavy", 2, 164},
    {"thin", 15, 164},
    {"tone_jump", 0, 162},
    {"too_dynamic", 10, 154},
    {"truncated", 1, 164},
    {"upsampled", 1, 164},
    {"wet", 6, 164},
    {"wide", 2, 141},
};

struct hs_base_rate hs_base_rate_builtin(const char *rule)
{
    for (size_t i = 0; i < sizeof builtin / sizeof *builtin; i++)
        if (!strcmp(builtin[i].rule, rule))
            return builtin[i];
    return (struct hs_base_rate){rule, 0, 0};
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
