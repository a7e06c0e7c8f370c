/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Side effects on tone: what the new file's spectrum has over the old one's, less the
 * planned shelves and bells. Each planned curve is first scaled to how much of it was
 * done, so that a half-done correction is reported once, as half done. What takes back a move of
 * mastering, as far as the mix has it, strays nowhere here. A filter of which nothing is to be seen
 * was not set, whatever became of the value.
 */
#include "catalogue/side_effects_tone.h"

#include "catalogue/fader_moves.h"
#include "core/num.h"
#include "judge/rule.h"
#include "model/measure.h"

#include <math.h>
#include <string.h>

enum { CURVES_MOST = 8, ROUNDS = 60, WIDE_BANDS = 3 };
#define STEP_DB 1.0        /* audible over an octave (levels in direct comparison) */
#define NARROW_STEP_DB 2.0 /* in less than an octave */
#define LEAST_COHERENCE 0.5
#define CLEAN_COHERENCE 0.9 /* less where clipping goes: 20 log10 of it is its doing, 0.9 dB */
#define LEAST_CURVE 0.25    /* sum of squares, of the largest: half of the height in one band */
#define MADE_SHARE 0.2      /* of a planned filter, as of the way of a value; less is none */
#define SCALE_LEAST (-0.5)
#define SCALE_MOST 4.0

struct fit {
    double residual[HS_BANDS]; /* NaN where nothing is known */
    double allowed[HS_BANDS];  /* of it, beside planned filters */
    bool distorted[HS_BANDS];  /* also by what a clipper had put there: the factors do without */
    double curve[CURVES_MOST][HS_BANDS];
    double alone[CURVES_MOST];     /* how much of a curve the transfer has, were it the only one */
    double scale[CURVES_MOST];     /* and beside the others */
    const char *rule[CURVES_MOST]; /* of the plan; NULL: of no step */
    size_t n;
};

static enum hs_move_shape shape_of(const struct hs_correction *c)
{
    return c->move ? c->move->shape : HS_SHAPE_NONE;
}

/* Around the corner of a planned filter another slope, or a bell of another width, does as well: a
 * fifth of its dB within an octave and a half. A tilt is shallow enough without. */
static void allow_slopes(struct fit *fit, const struct hs_correction *c)
{
    const double share = 0.2, octaves = 1.5;
    for (size_t b = 0; b < HS_BANDS; b++)
        if (shape_of(c) != HS_SHAPE_TILT && fabs(log2(hs_band_hz(b) / c->hz)) <= octaves)
            fit->allowed[b] = fmax(fit->allowed[b], share * fabs(c->db));
}

/* How much of a curve the transfer has by itself, whatever the gain; NaN where nothing is known. */
static double share_of(const struct fit *fit, const double *curve)
{
    double x = 0, y = 0, xy = 0, xx = 0, n = 0;
    for (size_t b = 0; b < HS_BANDS; b++)
        if (isfinite(fit->residual[b]) && !fit->distorted[b]) {
            n++;
            x += curve[b], y += fit->residual[b];
            xy += curve[b] * fit->residual[b];
            xx += curve[b] * curve[b];
        }
    return n * xx > x * x ? (n * xy - x * y) / (n * xx - x * x) : NAN;
}

/* Adds a planned shelf, bell or tilt, centred as eq_db is; other moves have no curve and are left
 * out. */
static void add_curve(struct fit *fit, const struct hs_correction *c, const char *rule)
{
    double *x = fit->curve[fit->n];
    if (fit->n == CURVES_MOST || c->channel == HS_CHANNEL_SIDE)
        return;
    for (size_t b = 0; b < HS_BANDS; b++)
        x[b] = hs_move_eq_db(shape_of(c), c->hz, c->db, c->q, hs_band_hz(b));
    if (!isfinite(x[HS_BAND_1KHZ]))
        return;
    hs_bands_centre(x);
    allow_slopes(fit, c);
    fit->alone[fit->n] = share_of(fit, x);
    fit->rule[fit->n++] = rule;
}

/* Whether enough of a curve lies in bands without distortion. */
static bool is_told_without(const struct fit *fit, const double *curve)
{
    double most = 0, clean = 0;
    for (size_t b = 0; b < HS_BANDS; b++) {
        most = fmax(most, curve[b] * curve[b]);
        if (isfinite(fit->residual[b]) && !fit->distorted[b])
            clean += curve[b] * curve[b];
    }
    return clean >= LEAST_CURVE * most;
}

/* Least squares by turns, each factor kept where it means something. */
static void take_off(struct fit *fit)
{
    double *scale = fit->scale;
    for (int round = 0; round < ROUNDS; round++)
        for (size_t k = 0; k < fit->n; k++) {
            double xy = 0, xx = 0;
            const bool without = is_told_without(fit, fit->curve[k]);
            for (size_t b = 0; b < HS_BANDS; b++)
                if (isfinite(fit->residual[b]) && !(without && fit->distorted[b])) {
                    xy += fit->curve[k][b] * fit->residual[b];
                    xx += fit->curve[k][b] * fit->curve[k][b];
                }
            double to = scale[k] + (xx > 0 ? xy / xx : 0);
            to = fmin(SCALE_MOST, fmax(SCALE_LEAST, to));
            for (size_t b = 0; b < HS_BANDS; b++)
                fit->residual[b] -= (to - scale[k]) * fit->curve[k][b];
            scale[k] = to;
        }
}

/* The value of a step came without its filter: by what is left of a jumping measure, or by chance.
 * What is held against other tracks may be mended by theirs. */
static void look_whether_made(const struct fit *fit, struct hs_verification *v)
{
    for (size_t k = 0; k < fit->n; k++) {
        const struct hs_rule *rule = fit->rule[k] ? hs_rule_find(fit->rule[k]) : NULL;
        if (!rule || rule->dimension->beside_others || !(fit->alone[k] < MADE_SHARE) ||
            !(fit->scale[k] < MADE_SHARE))
            continue;
        for (size_t i = 0; i < v->n_corrections; i++)
            if (v->corrections[i].outcome == HS_DONE &&
                hs_same_rule(v->corrections[i].rule, rule->id)) {
                v->corrections[i].outcome = HS_NOT_DONE;
                v->corrections[i].fader = "its filter was not set";
            }
    }
}

static bool is_clipping_planned(const struct hs_verification *v)
{
    bool planned = false;
    for (size_t i = 0; i < v->n_plan; i++)
        planned |= hs_same_rule(v->plan[i].rule, "clipped");
    return planned;
}

static bool fit_make(struct fit *fit, const struct hs_verification *v)
{
    const double *eq = hs_values_doubles(&v->pair.values, "eq_db", HS_BANDS);
    const double *coherence = hs_values_doubles(&v->pair.values, "coherence", HS_BANDS);
    const bool clipped = coherence && is_clipping_planned(v);
    *fit = (struct fit){.n = 0};
    if (!eq)
        return false;
    for (size_t b = 0; b < HS_BANDS; b++) {
        fit->residual[b] = coherence && !(coherence[b] >= LEAST_COHERENCE) ? NAN : eq[b];
        fit->distorted[b] = clipped && coherence[b] < CLEAN_COHERENCE;
    }
    return true;
}

/* Bands that a stem held mostly which is softer now, or a good part of which is gone, say nothing
 * of tone. The curve of the faders is the next one. */
static void leave_out_gone(struct fit *fit, const struct hs_fader_moves *faders)
{
    const double mostly_db = -6, good_part = 0.1;
    for (size_t b = 0; b < HS_BANDS; b++) {
        double gone = 0;
        for (size_t i = 0; i < faders->n; i++)
            gone += faders->items[i].gone ? faders->items[i].share[b] : 0;
        if (fit->curve[fit->n][b] < mostly_db || gone > good_part)
            fit->residual[b] = NAN;
    }
}

/* What a clipper put into a band is gone with it and was no music: the transfer from a file of
 * which a share of the power (its coherence) is in the other one falls with that share. */
static void take_distortion(struct fit *fit, const struct hs_verification *v)
{
    const double *coherence = hs_values_doubles(&v->pair.values, "coherence", HS_BANDS);
    const bool planned = is_clipping_planned(v);
    for (size_t b = 0; planned && coherence && b < HS_BANDS; b++)
        if (fit->residual[b] < 0)
            fit->residual[b] = fmin(0, fit->residual[b] - 20 * log10(coherence[b]));
}

static const char *tone_words(struct hs_arena *a, size_t from, size_t to, double peak)
{
    if (from == to)
        return hs_arena_printf(a, "%+.1f dB around %s", peak, hs_band_words(from));
    return hs_arena_printf(a, "up to %+.1f dB between %s and %s", peak, hs_band_words(from),
                           hs_band_words(to));
}

/* Runs of bands that moved the same way, audibly. */
static void append_runs(const double *x, double step, struct hs_arena *arena,
                        struct hs_verification *out, size_t n_max)
{
    for (size_t i = 0, j; i < HS_BANDS; i = j) {
        double peak = 0;
        for (j = i; j < HS_BANDS && fabs(x[j]) >= step && x[j] * x[i] > 0; j++)
            peak = fabs(x[j]) > fabs(peak) ? x[j] : peak;
        bool audible =
            j - i >= WIDE_BANDS || (j > i && fabs(peak) >= step * NARROW_STEP_DB / STEP_DB);
        if (audible && out->n_side_effects < n_max)
            out->side_effects[out->n_side_effects++] =
                (struct hs_side_effect){.what = "tone",
                                        .unit = "dB",
                                        .change = peak,
                                        .step = step,
                                        .words = tone_words(arena, i, j - 1, peak)};
        j += j == i;
    }
}

/* Between the planned curves and the mix's own tone all is done: of what is left as much is taken
 * off as leads back to it. */
static void take_back(struct fit *fit, const double *eq, const struct hs_verification *v)
{
    const struct hs_pair *made = &v->track->pair;
    bool known = made->state == HS_PAIR_ALIGNED || made->state == HS_PAIR_EDITED;
    const double *by_mastering = known ? hs_values_doubles(&made->values, "eq_db", HS_BANDS) : NULL;
    for (size_t b = 0; by_mastering && b < HS_BANDS; b++) {
        double planned = eq[b] - fit->residual[b], back = -by_mastering[b] - planned;
        if (isfinite(back) && back * fit->residual[b] > 0)
            fit->residual[b] -= copysign(fmin(fabs(back), fabs(fit->residual[b])), back);
    }
}

static void take_allowed(struct fit *fit)
{
    for (size_t b = 0; b < HS_BANDS; b++)
        if (isfinite(fit->residual[b]))
            fit->residual[b] =
                copysign(fmax(0, fabs(fit->residual[b]) - fit->allowed[b]), fit->residual[b]);
}

/* What the equalisation of the new file does beyond the planned curves. */
void hs_side_effects_tone(struct hs_arena *arena, struct hs_verification *out, size_t n_max)
{
    struct fit fit;
    double step = STEP_DB;
    if (!fit_make(&fit, out))
        return;
    for (size_t i = 0; i < out->n_plan; i++) {
        const struct hs_correction *c = &out->plan[i].move;
        if (out->kind == HS_UPDATE_MIX && out->plan[i].where != HS_PLACE_MIX)
            continue;
        add_curve(&fit, c, out->plan[i].rule);
        /* a part that is made louder, or less compressed, colours the whole */
        if (c->move && c->move->shape == HS_SHAPE_NONE && !c->move->of_the_file)
            step = 2 * STEP_DB;
    }
    if (hs_fader_moves_most(out->faders) >= STEP_DB / 2 && fit.n < CURVES_MOST) {
        hs_fader_moves_eq(out->faders, fit.curve[fit.n]);
        leave_out_gone(&fit, out->faders);
        fit.n++;
        step = 2 * STEP_DB;
    }
    take_off(&fit);
    look_whether_made(&fit, out);
    if (out->kind == HS_UPDATE_MASTER)
        take_back(&fit, hs_values_doubles(&out->pair.values, "eq_db", HS_BANDS), out);
    take_distortion(&fit, out);
    take_allowed(&fit);
    append_runs(fit.residual, step, arena, out, n_max);
}
