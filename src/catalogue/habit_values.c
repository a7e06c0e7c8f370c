/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/habit_values.h"

#include "judge/rule.h"
#include "model/measure.h"

#include <math.h>

enum { REFERENCES_WITHOUT = 20, PAIRS_OF_OWN = 8 };
static const double reach_in_spreads = 1.645;

static const struct hs_track_result *track_at(const struct hs_habit_source *s, size_t track)
{
    return &s->audit->tracks[track];
}

const double *hs_habit_bands_of_move(const struct hs_track_result *t)
{
    return hs_values_doubles(&t->pair.values, "eq_db", HS_BANDS);
}

const double *hs_habit_bands_of_mix(const struct hs_track_result *t)
{
    return hs_values_doubles(&t->mix.values, "bands_db", HS_BANDS);
}

const double *hs_habit_bands_of_master(const struct hs_track_result *t)
{
    return hs_values_doubles(&t->master.values, "bands_db", HS_BANDS);
}

double hs_habit_band_of_move(const struct hs_habit_source *s, size_t track, size_t band)
{
    return s->bands[track] ? s->bands[track][band] : NAN;
}

double hs_habit_band_of_mix(const struct hs_habit_source *s, size_t track, size_t band)
{
    return s->bands[track] ? s->bands[track][band] + s->shift[band] : NAN;
}

static double zone_mean(const struct hs_habit_source *s, hs_habit_value *band, size_t track,
                        size_t zone)
{
    double sum = 0, n = 0;
    for (size_t b = hs_zones[zone].first; b <= hs_zones[zone].last; b++) {
        double x = band(s, track, b);
        sum += isfinite(x) ? x : 0;
        n += isfinite(x);
    }
    return n > 0 ? sum / n : NAN;
}

double hs_habit_zone_of_move(const struct hs_habit_source *s, size_t track, size_t zone)
{
    return zone_mean(s, hs_habit_band_of_move, track, zone);
}

double hs_habit_zone_of_mix(const struct hs_habit_source *s, size_t track, size_t zone)
{
    return zone_mean(s, hs_habit_band_of_mix, track, zone);
}

static double pair_number(const struct hs_habit_source *s, size_t track, const char *key)
{
    return hs_values_or_nan(&track_at(s, track)->pair.values, key);
}

double hs_habit_gain(const struct hs_habit_source *s, size_t track, size_t which)
{
    (void)which;
    return pair_number(s, track, "gain_db");
}

double hs_habit_reduction(const struct hs_habit_source *s, size_t track, size_t which)
{
    (void)which;
    return pair_number(s, track, "gain_reduction_db.p95");
}

double hs_habit_width(const struct hs_habit_source *s, size_t track, size_t which)
{
    (void)which;
    return pair_number(s, track, "width_change_db");
}

double hs_habit_width_of_mix(const struct hs_habit_source *s, size_t track, size_t which)
{
    (void)which;
    return hs_values_or_nan(&s->audit->tracks[track].mix.values, "side_mid_db");
}

double hs_habit_width_of_master(const struct hs_habit_source *s, size_t track, size_t which)
{
    (void)which;
    return hs_values_or_nan(&s->audit->tracks[track].master.values, "side_mid_db");
}

double hs_habit_tails(const struct hs_habit_source *s, size_t track, size_t which)
{
    (void)which;
    return pair_number(s, track, "tail_change_db");
}

/* What mastering did, in the unit of the rule's usual moves. Of gain reduction it is computed back
 * from its z, because the values of mix and master do not tell it. NaN: not known. */
static double move_of(const struct hs_judgement *j)
{
    const struct hs_rule *rule = hs_rule_find(j->of->rule);
    if (!rule || !isfinite((double)j->move_z))
        return NAN;
    return rule->moves.change_is_harm ? rule->moves.centre + rule->moves.spread * (double)j->move_z
                                      : j->value - (double)j->mix_value;
}

double hs_habit_change_of_rule(const struct hs_habit_source *s, size_t track, size_t which)
{
    const char *rule = track_at(s, s->first)->judgements[which].of->rule;
    const struct hs_track_result *t = track_at(s, track);
    for (size_t i = 0; i < t->n_judgements; i++)
        if (hs_same_rule(t->judgements[i].of->rule, rule))
            return move_of(&t->judgements[i]);
    return NAN;
}

double hs_habit_no_error(const struct hs_habit_source *s, size_t zone)
{
    (void)s;
    (void)zone;
    return 0;
}

double hs_habit_zone_error(const struct hs_habit_source *s, size_t zone)
{
    double most = 0; /* bands of a zone err together */
    for (size_t b = hs_zones[zone].first; b <= hs_zones[zone].last; b++)
        most = fmax(most, isfinite(s->error[b]) ? s->error[b] : 0);
    return most;
}

void hs_habit_expect_mixes(const struct hs_audit *audit, double shift[HS_BANDS],
                           double error[HS_BANDS])
{
    const struct hs_habits *own =
        audit->n_mastering && audit->mastering[0].n >= PAIRS_OF_OWN ? &audit->mastering[0] : NULL;
    size_t references = audit->job->n_references;
    for (size_t b = 0; b < HS_BANDS; b++) {
        const struct hs_expected_spectrum *s = audit->spectrum;
        double spread = s ? s->reach[b] / reach_in_spreads : NAN;
        double moved = own && isfinite(own->band[b].median) ? own->band[b].median : 0;
        shift[b] = s ? moved - s->centre[b] : NAN;
        error[b] =
            spread * spread / (references ? (double)references + 10 : REFERENCES_WITHOUT + 10);
    }
}
