/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/of_mix.h"

#include "judge/reading.h"
#include "model/measure.h"

#include <math.h>
#include <string.h>

/* Whether something came between mix and master that rounds what was cut off: a filter, an encoder,
 * a device, another rate. */
static bool was_rounded(const struct hs_case *c)
{
    const double flat_db = 0.5;
    const struct hs_values *pair = hs_case_pair(c);
    const double *eq = pair ? hs_values_doubles(pair, "eq_db", HS_BANDS) : NULL;
    double hz, rate_of_mix = 0, rate = 0;
    const struct hs_value *by = pair ? hs_values_get(pair, "encoded.by") : NULL;
    if (!eq || c->result->pair.n_chain || by || hs_values_read(pair, "encoded.bandwidth_hz", &hz))
        return true;
    for (size_t b = 0; b < HS_BANDS; b++)
        if (fabs(eq[b]) >= flat_db)
            return true;
    hs_values_read(&c->result->mix.values, "sample_rate_hz", &rate_of_mix);
    hs_values_read(c->values, "sample_rate_hz", &rate);
    return fabs(rate - rate_of_mix) > 0;
}

enum hs_origin hs_of_mix_less_now(const struct hs_rule *rule, const struct hs_case *c,
                                  enum hs_origin otherwise)
{
    if (rule->mending == HS_BY_FIRST_COPY)
        return HS_ORIGIN_MIX;
    if (rule->lasting)
        return was_rounded(c) ? HS_ORIGIN_EASED : HS_ORIGIN_MIX;
    return otherwise;
}

/* The encoder whose grid a file has, or NULL. */
static const char *encoder_of(const struct hs_values *v)
{
    const struct hs_value *x = hs_values_get(v, "encoder");
    return x && x->kind == HS_TEXT ? x->text : NULL;
}

bool hs_of_mix_encoded(const struct hs_rule *rule, const struct hs_case *c,
                       const struct hs_pair_side *p)
{
    const double of_a_copy_db = -50;
    double residual_db;
    if (!rule->shows_encoder || !(p->mix_value > rule->thresholds[0]) ||
        !hs_values_read(hs_case_pair(c), "residual_db", &residual_db))
        return false;
    const char *before = encoder_of(&c->result->mix.values), *now = encoder_of(c->values);
    return residual_db < of_a_copy_db && (!before || !now || !strcmp(before, now));
}

bool hs_of_mix_may_be(const struct hs_rule *rule, const struct hs_case *c)
{
    const double alike = 0.02;
    double mix_hz, master_hz, hz, grid;
    const struct hs_values *pair = hs_case_pair(c);
    return rule->shows_encoder && pair &&
           !(hs_values_read(c->values, "encoder_share", &grid) && grid > 0) &&
           !hs_values_read(pair, "encoded.bandwidth_hz", &hz) &&
           hs_values_read(&c->result->mix.values, "bandwidth_hz", &mix_hz) &&
           hs_values_read(c->values, "bandwidth_hz", &master_hz) &&
           fabs(mix_hz - master_hz) < alike * master_hz;
}

bool hs_of_mix_cut(const struct hs_rule *rule, const struct hs_case *c,
                   const struct hs_pair_side *p)
{
    const double of_a_copy_db = -50, same_db = 0.1;
    double residual_db, gain_db, peak_db, of_mix_db;
    const struct hs_values *pair = rule->lasting && isfinite(p->mix_value) ? hs_case_pair(c) : NULL;
    return pair && hs_values_read(pair, "residual_db", &residual_db) &&
           residual_db < of_a_copy_db && hs_values_read(pair, "gain_db", &gain_db) &&
           hs_values_read(c->values, "sample_peak_dbfs", &peak_db) &&
           hs_values_read(&c->result->mix.values, "sample_peak_dbfs", &of_mix_db) &&
           fabs(peak_db - of_mix_db - gain_db) < same_db;
}

bool hs_of_mix_another(const struct hs_case *c)
{
    return c->result && hs_values_get(&c->result->pair.values, "other_sound_hz");
}
