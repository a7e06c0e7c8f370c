/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. For each move the rule that asks about this direction gives the usual range (mirrored for the
 *    rule of the other direction), the finding that the move made, and the judgement of the master.
 * 2. A move is unusual where it made a finding or lies outside the usual range by more than
 *    rounding (0.05).
 * 3. "Towards the middle" compares the distances of mix and master from the centre of what is
 *    expected, in audible steps; half a step decides.
 */
#include "report/moves_rows.h"

#include "model/measure.h"
#include "report/track.h"

#include <math.h>

static bool asks_about(const struct hs_judged_rule *of, double x)
{
    return of->side == 0 || of->side * x > 0;
}

/* Of the rules that judge moves of the part the one that asks about this direction, else the
 * other; NULL: none was judged. */
static const struct hs_judgement *judgement_of(const struct hs_track_result *t,
                                               enum hs_moved_part part, double x)
{
    const struct hs_judgement *other = NULL;
    for (size_t i = 0; part && i < t->n_judgements; i++) {
        const struct hs_judgement *j = &t->judgements[i];
        if (j->of->part != part)
            continue;
        if (asks_about(j->of, x))
            return j;
        other = other ? other : j;
    }
    return other;
}

/* The finding that a move in this direction made. */
static const struct hs_finding *made_by(const struct hs_track_result *t,
                                        const struct hs_judged_rule *of, double x)
{
    for (size_t i = 0; asks_about(of, x) && i < t->n_findings; i++)
        if (t->findings[i].moved && hs_same_rule(t->findings[i].rule, of->rule))
            return &t->findings[i];
    return NULL;
}

/* The usual range in the direction of the rule; a rule of the other direction gives its mirror
 * image. */
static void take_usual(const struct hs_judged_rule *of, double sign, double usual[2])
{
    usual[0] = usual[1] = NAN;
    if (!of || !(of->usual_move[0] < of->usual_move[1]))
        return;
    usual[0] = sign < 0 ? -of->usual_move[1] : of->usual_move[0];
    usual[1] = sign < 0 ? fmin(0, -of->usual_move[0]) : of->usual_move[1];
}

/* Finding, judgement and usual range of one row. */
static void ask_rules(const struct hs_track_result *t, enum hs_moved_part part, double sign,
                      struct hs_move_row *r)
{
    const struct hs_judgement *j = judgement_of(t, part, r->x);
    r->finding = j ? made_by(t, j->of, r->x) : NULL;
    r->judgement = j;
    take_usual(j ? j->of : NULL, sign, r->usual);
}

void hs_moves_usual_of_zone(const struct hs_track_result *t, const struct hs_zone *zone,
                            double usual[2])
{
    const struct hs_judgement *j = judgement_of(t, zone->part, 1);
    take_usual(j ? j->of : NULL, 1, usual);
}

/* A row of the table of moves; `sign` turns measures round that count downwards. */
static struct hs_move_row row_of_move(const struct hs_track_result *t, const struct hs_told_move *m)
{
    double x = m->sign * hs_values_or_nan(&t->pair.values, m->key);
    struct hs_move_row r = {.name = m->name,
                            .sub = m->sub,
                            .said = m->said,
                            .words = x > 0 ? m->more : m->less,
                            .x = x};
    r.heard = fabs(x) >= m->step && r.words;
    ask_rules(t, m->part, m->sign, &r);
    return r;
}

/* A row of one zone of the tone. */
static struct hs_move_row row_of_zone(const struct hs_track_result *t, const double *eq,
                                      size_t zone)
{
    double x = hs_zone_db(eq, &hs_zones[zone]);
    struct hs_move_row r = {.name = hs_zones[zone].name,
                            .sub = hs_zones[zone].hz,
                            .words = x > 0 ? "raised" : "lowered",
                            .x = x,
                            .heard = fabs(x) >= HS_TONE_HEARD_DB};
    ask_rules(t, hs_zones[zone].part, 1, &r);
    if (r.finding && r.finding->moved->change * x < 0)
        r.finding = NULL; /* by what sounds there it went the other way */
    return r;
}

/* All moves that are known: loudness, tone from low to high, then the others. */
size_t hs_move_rows(const struct hs_track_result *t, struct hs_move_row rows[HS_MOVE_ROWS])
{
    const double *eq = hs_values_doubles(&t->pair.values, "eq_db", HS_BANDS);
    size_t n = 0;
    for (size_t i = 0; i < HS_N_MOVES; i++) {
        rows[n] = row_of_move(t, &hs_moves[i]);
        n += isfinite(rows[n].x);
        for (size_t z = 0; !i && eq && z < HS_ZONES; z++) {
            rows[n] = row_of_zone(t, eq, z);
            n += isfinite(rows[n].x);
        }
    }
    return n;
}

bool hs_move_is_unusual(const struct hs_move_row *r)
{
    const double rounding = 0.05;
    return r->finding || r->x < r->usual[0] - rounding || r->x > r->usual[1] + rounding;
}

/* How many audible steps nearer to the middle of what is expected the master stands than the mix;
 * NaN where that is not known. */
static double steps_nearer(const struct hs_move_row *r)
{
    const struct hs_judgement *j = r->judgement;
    if (!j || !isfinite(j->mix_value) || !isfinite((double)j->centre))
        return NAN;
    double before = fabs((double)j->mix_value - (double)j->centre);
    return (before - fabs(j->value - (double)j->centre)) / j->of->jnd;
}

/* Whether mix and master lie an audible step or more to either side of the middle. */
static bool is_across(const struct hs_move_row *r)
{
    const struct hs_judgement *j = r->judgement;
    double mix = (j->mix_value - (double)j->centre) / j->of->jnd;
    double master = (j->value - (double)j->centre) / j->of->jnd;
    return mix * master < 0 && fmin(fabs(mix), fabs(master)) >= 1;
}

/* In words whether the move brought the master nearer to the middle; half an audible step decides.
 * A move across the middle that is at fault did not. */
const char *hs_move_way(const struct hs_move_row *r)
{
    double nearer = steps_nearer(r);
    bool is_fault = r->finding && r->finding->origin != HS_ORIGIN_CURED;
    return isnan(nearer)                              ? NULL
           : is_across(r) && (is_fault || nearer < 1) ? "across the middle"
           : nearer >= 0.5                            ? "towards the middle"
           : nearer <= -0.5                           ? "away from the middle"
                                                      : "as far from the middle as before";
}
