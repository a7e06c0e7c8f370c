/* SPDX-License-Identifier: Apache-2.0 */
/* Scores of predictions against published values and plain integrals, and what pairs teach about
 * previews against songs whose masters follow a known rule. */
#include "catalogue/predict.h"
#include "catalogue/scores.h"
#include "core/num.h"

#include "check.h"

#include <math.h>
#include <stdint.h>

enum { N = 40, PER_RELEASE = 5 };

static double normal(struct hs_rng *rng)
{
    double u = 1 - hs_rng_uniform(rng), v = hs_rng_uniform(rng);
    return sqrt(-2 * log(u)) * cos(2 * HS_PI * v);
}

/* Closed form: 0.23369, 0.60244 and 1.45279 spreads at 0, 1 and 2. */
static void crps(void)
{
    CHECK_NEAR(hs_crps_normal(0, 0, 1), 0.23369, 1e-5);
    CHECK_NEAR(hs_crps_normal(3, 0, 3), 3 * 0.60244, 3e-5);
    CHECK_NEAR(hs_crps_normal(-4, 0, 2), 2 * 1.45279, 2e-5);
    CHECK_NEAR(hs_crps_normal(5, 3, 0), 2, 1e-12); /* a certain prediction: its error */
    /* by definition: the integral of (F(y) - step(y - x))^2 */
    static const double rows[][3] = {{0.7, -0.4, 1.3}, {-2, 1, 0.5}, {10, 9, 4}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double x = rows[i][0], mean = rows[i][1], spread = rows[i][2], sum = 0, dy = spread / 500;
        for (double y = fmin(x, mean) - 9 * spread; y < fmax(x, mean) + 9 * spread; y += dy) {
            double f = hs_normal_cdf((y - mean) / spread) - (y >= x);
            sum += f * f * dy;
        }
        CHECK_NEAR(hs_crps_normal(x, mean, spread), sum, 2e-3 * spread);
    }
}

static void brier_and_calibration(void)
{
    static const double chance[] = {.9, .2, .7};
    static const bool came[] = {true, false, false};
    CHECK_NEAR(hs_brier(chance, came, 3), 0.18, 1e-12);
    CHECK(isnan(hs_brier(chance, came, 0)));
    static const double more[] = {0, .1, .19, .2, .5, .5, .5, .5, .79, .8, 1};
    static const bool what[] = {false, false, true, false, true, true,
                                false, false, true, true,  true};
    struct hs_calibration_bin bins[HS_CALIBRATION_BINS];
    hs_calibrate(more, what, 11, bins);
    static const int n[] = {3, 1, 4, 1, 2};
    static const double predicted[] = {.29 / 3, .2, .5, .79, .9},
                        observed[] = {1. / 3, 0, .5, 1, 1};
    for (size_t b = 0; b < HS_CALIBRATION_BINS; b++) {
        CHECK(bins[b].n == n[b]);
        CHECK_NEAR(bins[b].predicted, predicted[b], 1e-12);
        CHECK_NEAR(bins[b].observed, observed[b], 1e-12);
        CHECK(bins[b].interval[0] <= observed[b] && bins[b].interval[1] >= observed[b]);
    }
    CHECK_NEAR(bins[2].interval[0], 0.150, 1e-3); /* Wilson of 2 in 4 */
    CHECK_NEAR(bins[2].interval[1], 0.850, 1e-3);
    hs_calibrate(more, what, 0, bins);
    CHECK(bins[0].n == 0 && isnan(bins[0].observed));
}

/* Masters move by `weight` of the chain's move, by `offset`, and by some noise. */
static void make(struct hs_prediction *p, double weight, double offset, double noise)
{
    struct hs_rng rng = {77};
    for (size_t i = 0; i < N; i++) {
        double mix = 8 * hs_rng_uniform(&rng) - 4, move = 6 * hs_rng_uniform(&rng) - 1;
        p[i] = (struct hs_prediction){
            .release = i / PER_RELEASE, .mix = mix, .chain = mix + move, .limit = 3, .side = 1};
        p[i].actual = mix + weight * move + offset + noise * normal(&rng);
        p[i].fault = p[i].actual > p[i].limit;
    }
}

/* With nothing to learn from it is the chain itself; with many pairs it is what they do. */
static void learns(void)
{
    struct hs_prediction p[N] = {{0}};
    struct hs_lesson_of_pairs l = hs_predict_learn(p, 0, SIZE_MAX, 0.5);
    CHECK_NEAR(l.weight, 1, 1e-12);
    CHECK_NEAR(l.offset, 0, 1e-12);
    CHECK_NEAR(l.spread, 0.5, 1e-12);
    CHECK_NEAR(hs_predict(&l, 3, 5), 5, 1e-12);
    make(p, 1, 0, 0);
    l = hs_predict_learn(p, N, SIZE_MAX, 0.5);
    CHECK_NEAR(l.weight, 1, 1e-9);
    CHECK_NEAR(l.offset, 0, 1e-9);
    CHECK_NEAR(l.spread, 0.5 * sqrt(8. / (N + 8)), 1e-9);
    /* the ridge by its normal equations, from 8 made-up pairs beside the real ones */
    make(p, 0.3, 0.8, 0.2);
    l = hs_predict_learn(p, N, SIZE_MAX, 0.5);
    double square = 0, at_best = 0;
    int worse = 0;
    for (size_t i = 0; i < N; i++)
        square += (p[i].chain - p[i].mix) * (p[i].chain - p[i].mix) / N;
    for (int k = 0; k < 5; k++) {
        double w = l.weight + (k == 1 ? 0.01 : k == 2 ? -0.01 : 0);
        double b = l.offset + (k == 3 ? 0.01 : k == 4 ? -0.01 : 0);
        double loss = 8 * b * b + 8 * square * (1 - w) * (1 - w);
        for (size_t i = 0; i < N; i++) {
            double off = p[i].actual - p[i].mix - b - w * (p[i].chain - p[i].mix);
            loss += off * off;
        }
        at_best = k ? at_best : loss;
        worse += k && loss > at_best;
    }
    CHECK(worse == 4); /* every step from there is worse */
    CHECK(l.weight > 0.3 && l.weight < 1 && l.offset > 0);
}

/* A release is predicted by the others alone. */
static void leaves_out(void)
{
    struct hs_prediction a[N], b[N];
    make(a, 0.4, 0.5, 0.3);
    make(b, 0.4, 0.5, 0.3);
    for (size_t i = 0; i < PER_RELEASE; i++)
        b[i].actual += 50;
    hs_predict_all(a, N, 0.5);
    hs_predict_all(b, N, 0.5);
    for (size_t i = 0; i < PER_RELEASE; i++) {
        CHECK_NEAR(a[i].predicted, b[i].predicted, 1e-12);
        CHECK_NEAR(a[i].usual, b[i].usual, 1e-12);
        CHECK_NEAR(a[i].chance, b[i].chance, 1e-12);
    }
    CHECK(fabs(a[N - 1].predicted - b[N - 1].predicted) > 0.1);
    /* all of one release: nothing to learn from but the chain */
    for (size_t i = 0; i < N; i++)
        a[i].release = 3;
    hs_predict_all(a, N, 0.5);
    CHECK_NEAR(a[0].predicted, a[0].chain, 1e-12);
    CHECK(isnan(a[0].usual));
}

/* What is said to come with a chance comes as often; and it scores better than the baselines. */
static void is_calibrated(void)
{
    enum { MANY = 25 };
    double said = 0, came = 0, crps[3] = {0};
    for (int round = 0; round < MANY; round++) {
        struct hs_prediction p[N];
        struct hs_rng rng = {(uint64_t)round + 1};
        make(p, 0.6, 0.4, 0);
        for (size_t i = 0; i < N; i++) {
            p[i].actual += 1.2 * normal(&rng);
            p[i].fault = p[i].actual > p[i].limit;
        }
        hs_predict_all(p, N, 0.5);
        for (size_t i = 0; i < N; i++) {
            const double mean[] = {p[i].predicted, p[i].nothing, p[i].usual};
            said += p[i].chance;
            came += p[i].fault;
            for (int k = 0; k < 3; k++)
                crps[k] += hs_crps_normal(p[i].actual, mean[k], p[i].spread[k]);
        }
    }
    CHECK_NEAR(said / came, 1, 0.1);
    CHECK(crps[0] < 0.8 * crps[1] && crps[0] < 0.95 * crps[2]);
}

int main(void)
{
    crps();
    brier_and_calibration();
    learns();
    leaves_out();
    is_calibrated();
    return check_done();
}
