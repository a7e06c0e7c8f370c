/* SPDX-License-Identifier: Apache-2.0 */
/* The regression behind hs_predict and the two simpler guesses that a back test holds beside it.
 * hs_predict_learn leaves out the release that is predicted, so that no pair teaches its own
 * prediction. Called by the preview's verdicts and by the back test. */
#include "catalogue/predict.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <stdint.h>

/* The prior: 8 pairs whose masters did what the chain does, give or take an audible step. Learnt
 * predictions missed masters made with FFmpeg by half a step in the median (docs/preview.md). */
static const double prior_pairs = 8, prior_steps = 1;

/* Sums over the points of other releases. */
struct sums {
    double n, move, actual, square, product;
};

/* Over the pairs of other releases. */
static struct sums sum_up(const struct hs_prediction *points, size_t n, size_t release)
{
    struct sums s = {0};
    for (size_t i = 0; i < n; i++) {
        const struct hs_prediction *p = &points[i];
        double move = p->chain - p->mix, actual = p->actual - p->mix;
        if (p->release == release)
            continue;
        s.n++;
        s.move += move;
        s.actual += actual;
        s.square += move * move;
        s.product += move * actual;
    }
    return s;
}

/* Spread of the errors around 0, from their sum of squares, drawn towards the prior. */
static double spread_of(double squares, double n, double step)
{
    double prior = prior_steps * step;
    return sqrt((squares + prior_pairs * prior * prior) / (n + prior_pairs));
}

/* Ridge regression of the actual move on that of the chain: the prior is as if 8 more pairs of
 * the mean square of the moves had made the chain's own, and 8 more had no offset. */
struct hs_lesson_of_pairs hs_predict_learn(const struct hs_prediction *points, size_t n,
                                           size_t release, double step)
{
    struct hs_lesson_of_pairs l = {1, 0, prior_steps * step};
    const struct sums s = sum_up(points, n, release);
    if (!(s.n > 0))
        return l;
    double prior = prior_pairs * s.square / s.n, squares = 0;
    double a = s.n + prior_pairs, b = s.move, c = s.square + prior, det = a * c - b * b;
    if (det > 0 && s.square > 0) {
        l.weight = (a * (s.product + prior) - b * s.actual) / det;
        l.weight = fmin(1, fmax(0, l.weight));
    }
    l.offset = (s.actual - l.weight * s.move) / a;
    for (size_t i = 0; i < n; i++) {
        double off = points[i].actual - hs_predict(&l, points[i].mix, points[i].chain);
        squares += points[i].release != release ? off * off : 0;
    }
    l.spread = spread_of(squares, s.n, step);
    return l;
}

double hs_predict(const struct hs_lesson_of_pairs *l, double mix, double chain)
{
    return mix + l->offset + l->weight * (chain - mix);
}

/* The median move of other releases; NaN: there is none. */
static double usual_move(const struct hs_prediction *points, size_t n, size_t release,
                         double *scratch)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (points[i].release != release)
            scratch[k++] = points[i].actual - points[i].mix;
    return k ? hs_median(scratch, k) : NAN;
}

/* Spread of the masters of other releases around "mix plus this move". */
static double spread_around(const struct hs_prediction *points, size_t n, size_t release,
                            double move, double step)
{
    double squares = 0, others = 0;
    for (size_t i = 0; i < n; i++) {
        double off = points[i].actual - points[i].mix - move;
        others += points[i].release != release;
        squares += points[i].release != release ? off * off : 0;
    }
    return spread_of(squares, others, step);
}

/* Each beside two simpler guesses: nothing changes, and the usual move. */
void hs_predict_all(struct hs_prediction *points, size_t n, double step)
{
    double *scratch = HS_NEW_ARRAY(double, n + 1);
    struct hs_lesson_of_pairs l = {0};
    double usual = NAN, of_nothing = NAN, of_usual = NAN;
    for (size_t i = 0; i < n; i++) {
        struct hs_prediction *p = &points[i];
        if (!i || p->release != points[i - 1].release) { /* all else depends on the release alone */
            l = hs_predict_learn(points, n, p->release, step);
            usual = usual_move(points, n, p->release, scratch);
            of_nothing = spread_around(points, n, p->release, 0, step);
            of_usual = spread_around(points, n, p->release, isnan(usual) ? 0 : usual, step);
        }
        p->predicted = hs_predict(&l, p->mix, p->chain);
        p->nothing = p->mix;
        p->usual = p->mix + usual;
        p->spread[0] = l.spread;
        p->spread[1] = of_nothing;
        p->spread[2] = of_usual;
        p->chance = hs_normal_cdf(p->side * (p->predicted - p->limit) / l.spread);
    }
    hs_free(scratch);
}
