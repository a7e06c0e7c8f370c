/* SPDX-License-Identifier: Apache-2.0 */
/* Three ways: the rule's own comparison of the pair; for rules of tone what the equalisation that
 * was measured between both files and the difference of their spectra agree on; for all others the
 * difference of both files where they hold the same music. */
#include "judge/change.h"

#include "core/num.h"
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

/* What was done to one band, from the transfer (what is coherent with the mix) and the difference
 * of both spectra. Sounds and noise that were added lift the spectrum alone; what wanders or is out
 * of step lowers the transfer alone. What both say is the change of tone: the smaller of them,
 * nothing where they point apart. Where nothing is coherent the band can only have been lowered. */
static double agreed(double transfer, double difference)
{
    if (!isfinite(difference))
        return isfinite(transfer) ? transfer : 0;
    if (!isfinite(transfer))
        return fmin(difference, 0);
    if (transfer * difference <= 0)
        return 0;
    return fabs(transfer) < fabs(difference) ? transfer : difference;
}

/* How far the zone that a rule names moved by itself, in dB; NaN: it names none. */
static double moved_itself(const struct hs_rule *rule, const double before[HS_BANDS],
                           const double after[HS_BANDS])
{
    const struct hs_span_of_bands *own = &rule->moves.itself;
    double was = 0, is = 0;
    if (!own->last)
        return NAN;
    for (size_t b = own->first; b <= own->last; b++) {
        was += hs_power_from_db(before[b]);
        is += hs_power_from_db(after[b]);
    }
    return hs_db_from_power(is / was);
}

/* A move of a zone against its neighbours counts as far as the zone itself moved that way:
 * harshness is not brought in by taking treble away. */
static double of_itself(double change, double own)
{
    if (isnan(own))
        return change;
    return change * own <= 0 ? 0 : copysign(fmin(fabs(change), fabs(own)), change);
}

static const double *bands_of(const struct hs_values *v)
{
    return hs_values_doubles(v, "bands_db", HS_BANDS);
}

/* For rules of tone: puts what was done to each third octave on the spectrum of the mix and reads
 * the rule again. The transfer has its own zero, the median of 200 Hz to 2 kHz of what was done: a
 * spectrum that falls there would take a part of the same equalisation for its own level. NaN where
 * neither transfer nor two spectra of the same music are known. */
static double of_tone(const struct hs_rule *rule, const struct hs_case *c)
{
    const struct hs_pair *p = &c->result->pair;
    const double *eq = hs_values_doubles(&p->values, "eq_db", HS_BANDS), *new = NULL;
    const double *old = bands_of(p->shared_mix.n ? &p->shared_mix : &c->result->mix.values);
    double before[HS_BANDS], after[HS_BANDS], difference[HS_BANDS];
    if (p->shared_master.n || same_music(c))
        new = bands_of(p->shared_master.n ? &p->shared_master : c->values);
    if (!old || (!eq && !new))
        return NAN;
    /* less the median of what was done to 200 Hz ... 2 kHz, as the transfer is */
    for (size_t b = 0; b < HS_BANDS; b++)
        difference[b] = new ? new[b] - old[b] : NAN;
    hs_bands_centre(difference);
    for (size_t b = 0; b < HS_BANDS; b++) {
        before[b] = old[b];
        after[b] = old[b] + (eq ? agreed(eq[b], difference[b]) : difference[b]);
    }
    double own = moved_itself(rule, before, after);
    if (!eq)
        hs_bands_centre(after);
    double change =
        hs_rule_read_bands(rule, after, c->arena) - hs_rule_read_bands(rule, before, c->arena);
    return of_itself(change, own);
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
    if (hs_rule_reads_bands(rule))
        return of_tone(rule, c);
    return c->result->pair.shared_master.n || same_music(c) ? master->value - mix->value
                                                            : (double)NAN;
}
