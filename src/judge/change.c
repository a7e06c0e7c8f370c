/* SPDX-License-Identifier: Apache-2.0 */
/* Three ways, the surest first: the rule's own comparison of the pair; the difference of both files
 * where they hold the same music; for rules of tone the equalisation that was measured between
 * them. */
#include "judge/change.h"

#include "judge/reading.h"
#include "model/measure.h"

#include <math.h>

/* Whether the whole files hold the same music (aligned, lengths within 10 %), so that their
 * readings may be subtracted. An excerpt or an edit would look like a move of mastering. */
static bool same_music(const struct hs_case *c)
{
    const double alike = 1.1;
    double master = hs_values_or_nan(c->values, "duration_s");
    double mix = hs_values_or_nan(&c->result->mix.values, "duration_s");
    if (c->result->pair.state != HS_PAIR_ALIGNED)
        return false;
    return isnan(mix) || isnan(master) || (master <= alike * mix && mix <= alike * master);
}

/* For rules of tone where the readings cannot be subtracted: puts the transfer of the pair, by
 * third octave, on the spectrum of the mix and reads the rule again. NaN without transfer or
 * spectrum. */
static double by_transfer(const struct hs_rule *rule, const struct hs_case *c)
{
    const double *eq = hs_values_doubles(&c->result->pair.values, "eq_db", HS_BANDS);
    const double *old = hs_values_doubles(&c->result->mix.values, "bands_db", HS_BANDS);
    double bands[HS_BANDS];
    if (!eq || !old || !hs_rule_reads_bands(rule))
        return NAN;
    for (size_t b = 0; b < HS_BANDS; b++)
        bands[b] = old[b] + (isfinite(eq[b]) ? eq[b] : 0);
    hs_bands_centre(bands);
    return hs_rule_read_bands(rule, bands, c->arena) - hs_rule_read_bands(rule, old, c->arena);
}

/* What mastering did to this measure: by the rule's own way, else by passages that both files
 * share, else through the equalisation of the pair. NAN without a pair. */
double hs_change_by_mastering(const struct hs_rule *rule, const struct hs_case *c,
                              const struct hs_reading *master, const struct hs_reading *mix)
{
    if (!(rule->moves.spread > 0) || !master->judged || master->instead || !hs_case_pair(c))
        return NAN;
    double told = rule->moves.change ? rule->moves.change(rule, c) : NAN;
    if (isfinite(told) || (rule->moves.change && !rule->moves.else_difference))
        return told;
    if (!mix->judged || mix->instead)
        return NAN;
    return c->result->pair.shared_master.n || same_music(c) ? master->value - mix->value
                                                            : by_transfer(rule, c);
}
