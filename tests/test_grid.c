/* SPDX-License-Identifier: Apache-2.0 */
/* The transforms of audio coders against their definitions, and the grid they leave: found where
 * coefficients were emptied, at any place, and nowhere else. */
#include "check.h"
#include "core/alloc.h"
#include "core/num.h"
#include "measure/grid.h"

#include <stdlib.h>

enum { N = 64, BLOCKS = 6, LONG = HS_GRID_BLOCK };

/* By its definition. */
static double coefficient(const float *x, const float *w, size_t n, size_t k)
{
    double sum = 0;
    for (size_t i = 0; i < 2 * n; i++)
        sum += (double)(w[i] * x[i]) *
               cos(HS_PI / (double)n * ((double)i + 0.5 + (double)n / 2) * ((double)k + 0.5));
    return sum;
}

/* By a transform; and by going on from the places before, where the window of AAC is met within
 * what its harmonics leave. */
static void test_lapped(void)
{
    enum { FIRST = 8, OUT = 40, PLACES = 300 };
    static void (*const make[])(float *w, size_t n) = {hs_window_sine, hs_window_vorbis,
                                                       hs_window_kbd};
    static const double far[] = {1e-4, 1e-4, 3e-2};
    struct hs_lapped l;
    struct hs_rng rng = {5};
    float x[PLACES + 2 * N], w[2 * N], taps[HS_LAPPED + 1], out[OUT], whole[OUT];
    hs_lapped_init(&l, N, FIRST, OUT);
    for (size_t i = 0; i < sizeof x / sizeof *x; i++)
        x[i] = (float)hs_rng_uniform(&rng) - 0.5f;
    for (size_t kind = 0; kind < 3; kind++) {
        make[kind](w, N);
        hs_lapped_taps(w, N, taps);
        for (int at = 0; at < PLACES; at++) {
            double worst = 0, by_transform = 0, apart = 0;
            hs_lapped_of(&l, x + at, w, whole);
            hs_lapped_start(&l, x);
            for (int i = 1; i <= at; i++)
                hs_lapped_next(&l, x + i);
            if (kind == 0)
                hs_lapped_sine(&l, out);
            else
                hs_lapped_window(&l, taps, out);
            for (size_t k = 0; k < OUT; k++) {
                double wanted = coefficient(x + at, w, N, FIRST + k);
                by_transform = fmax(by_transform, fabs(wanted - (double)whole[k]));
                worst = fmax(worst, fabs(wanted - (double)out[k]));
                apart = fmax(apart, fabs(wanted));
            }
            CHECK_NEAR(by_transform, 0, 1e-5);
            CHECK_NEAR(worst, 0, far[kind]);
            CHECK(apart > 1);
            at += at > 2 && at < PLACES - 20 ? 16 : 0;
        }
    }
    hs_lapped_free(&l);
}

/* Princen and Bradley: the squares of both halves add up to 1, and the window is symmetric. */
static void test_windows(void)
{
    static void (*const make[])(float *w, size_t n) = {hs_window_sine, hs_window_kbd,
                                                       hs_window_vorbis};
    for (size_t k = 0; k < 3; k++) {
        float w[2 * N];
        make[k](w, N);
        for (int i = 0; i < N; i++) {
            CHECK_NEAR((double)(w[i] * w[i] + w[i + N] * w[i + N]), 1, 1e-6);
            CHECK_NEAR((double)w[i], (double)w[2 * N - 1 - i], 1e-6);
        }
    }
}

/* The bank by its definition (ISO/IEC 11172-3, C.1.3 and 2.4.3.4.10), of the block of 36 samples
 * of all bands, the first of which ends with x[HS_HYBRID_TAPS - 1]. */
static void hybrid_by_definition(const float *window, const float *x, double out[576])
{
    static const double c[] = {-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037};
    static double slots[HS_HYBRID_SLOTS][HS_HYBRID_BANDS];
    for (int t = 0; t < HS_HYBRID_SLOTS; t++)
        for (int k = 0; k < HS_HYBRID_BANDS; k++) {
            slots[t][k] = 0;
            for (int i = 0; i < HS_HYBRID_TAPS; i++)
                slots[t][k] += (double)(window[HS_HYBRID_TAPS - 1 - i] *
                                        x[HS_HYBRID_BANDS * t + HS_HYBRID_TAPS - 1 - i]) *
                               cos((2 * k + 1) * (i % 64 - 16) * HS_PI / 64);
        }
    for (int k = 0; k < HS_HYBRID_BANDS; k++)
        for (int q = 0; q < HS_HYBRID_STEP; q++) {
            double sum = 0;
            for (int t = 0; t < HS_HYBRID_SLOTS; t++)
                sum += slots[t][k] * (t & k & 1 ? -1 : 1) * sin(HS_PI / 36 * (t + 0.5)) *
                       cos(HS_PI / 72 * (2 * t + 19) * (2 * q + 1)) / 9;
            out[k * HS_HYBRID_STEP + q] = sum;
        }
    for (int k = 1; k < HS_HYBRID_BANDS; k++)
        for (int i = 0; i < 8; i++) {
            double *low = &out[k * HS_HYBRID_STEP - 1 - i], *high = &out[k * HS_HYBRID_STEP + i];
            double a = *low, b = *high, size = sqrt(1 + c[i] * c[i]);
            *low = (a + b * c[i]) / size;
            *high = (b - a * c[i]) / size;
        }
}

/* At places that follow each other, of all bands; of odd places odd bands may have another sign. */
static void test_hybrid(void)
{
    enum { PLACES = 5, FRAMES = HS_HYBRID_TAPS + HS_HYBRID_BANDS * (HS_HYBRID_SLOTS + PLACES) };
    struct hs_hybrid h;
    struct hs_rng rng = {6};
    float x[FRAMES], rows[HS_HYBRID_BANDS * HS_HYBRID_STEP + 1];
    double wanted[HS_HYBRID_BANDS * HS_HYBRID_STEP];
    for (size_t i = 0; i < FRAMES; i++)
        x[i] = (float)hs_rng_uniform(&rng) - 0.5f;
    hs_hybrid_init(&h, 0, HS_HYBRID_BANDS);
    hs_hybrid_start(&h);
    for (int t = 0; t < HS_HYBRID_SLOTS + PLACES - 1; t++) {
        hs_hybrid_next(&h, x + HS_HYBRID_TAPS - 1 + HS_HYBRID_BANDS * t);
        int place = t - HS_HYBRID_SLOTS + 1;
        double worst = 0, most = 0;
        if (place < 0)
            continue;
        hs_hybrid_block(&h, rows);
        hybrid_by_definition(h.window, x + HS_HYBRID_BANDS * place, wanted);
        for (int k = 0; k < HS_HYBRID_BANDS; k++)
            for (int q = 0; q < HS_HYBRID_STEP; q++) {
                double w = wanted[k * HS_HYBRID_STEP + q] * (k & place & 1 ? -1 : 1);
                worst = fmax(worst, fabs(w - (double)rows[q * HS_HYBRID_BANDS + k]));
                most = fmax(most, fabs(w));
            }
        CHECK_NEAR(worst, 0, 1e-5);
        CHECK(most > 0.1);
    }
    hs_hybrid_free(&h);
}

/* A tone within a band of the filter bank comes out of that band, 60 dB above those that are not
 * its neighbours, and of the coefficient of its frequency. */
static void test_tones(void)
{
    struct hs_hybrid h;
    float x[HS_HYBRID_TAPS + HS_HYBRID_BANDS * HS_HYBRID_SLOTS];
    float rows[HS_HYBRID_BANDS * HS_HYBRID_STEP + 1];
    hs_hybrid_init(&h, 0, HS_HYBRID_BANDS);
    for (int line = 40; line < 540; line += 61) {
        double far = 0, own = 0;
        float most = 0;
        int best = 0;
        for (size_t i = 0; i < sizeof x / sizeof *x; i++)
            x[i] = (float)sin(HS_PI * (line + 0.5) / 576 * (double)i);
        hs_hybrid_start(&h);
        for (int t = 0; t < HS_HYBRID_SLOTS; t++)
            hs_hybrid_next(&h, x + HS_HYBRID_TAPS + HS_HYBRID_BANDS * t);
        hs_hybrid_block(&h, rows);
        for (int k = 0; k < HS_HYBRID_BANDS; k++)
            for (int q = 0; q < HS_HYBRID_STEP; q++) {
                float c = rows[q * HS_HYBRID_BANDS + k];
                own += k == line / HS_HYBRID_STEP ? (double)(c * c) : 0;
                far += abs(k - line / HS_HYBRID_STEP) > 1 ? (double)(c * c) : 0;
                best = fabsf(c) > most ? k * HS_HYBRID_STEP + q : best;
                most = fmaxf(most, fabsf(c));
            }
        CHECK(far < 1e-6 * own);
        CHECK(abs(best - line) <= 1);
    }
    hs_hybrid_free(&h);
}

/* Noise as an encoder leaves it: of its coefficients those below `floor` are emptied. */
static void encode(const float *w, float least, float *x)
{
    struct hs_rng rng = {9};
    float *coefficients = HS_NEW_ARRAY(float, LONG);
    for (int b = 0; b < BLOCKS; b++) {
        for (int k = 0; k < LONG; k++) {
            float c = (float)hs_rng_uniform(&rng) - 0.5f;
            coefficients[k] = k % 2 || fabsf(c) < least ? 0 : c; /* every other: half the work */
        }
        for (int i = 0; i < 2 * LONG; i++) {
            double sum = 0;
            for (int k = 0; k < LONG; k += 2)
                sum += (double)coefficients[k] *
                       cos(HS_PI / LONG * (i + 0.5 + LONG / 2.0) * (k + 0.5));
            x[b * LONG + i] += w[i] * (float)(sum * 2 / LONG);
        }
    }
    hs_free(coefficients);
}

static void test_grid(void)
{
    static const int at[] = {LONG, LONG + 1, 2 * LONG - 333};
    struct hs_rng rng = {3};
    struct hs_grid g;
    float *x = HS_NEW_ARRAY(float, (BLOCKS + 1) * LONG);
    hs_grid_init(&g, 44100);
    encode(g.window[HS_GRID_AAC], 0.05f, x);
    for (size_t i = 0; i < 3; i++) {
        int found[HS_N_GRIDS];
        hs_grid_look_mdct(&g, x + at[i], found);
        int own = found[HS_GRID_AAC];
        CHECK(own > 200);
        CHECK(found[HS_GRID_VORBIS] < own / 2);
        CHECK(found[HS_GRID_AAC_SINE] < own / 2);
        CHECK(hs_grid_look_mp3(&g, x + at[i]) == 0);
    }
    for (int trial = 0; trial < 4; trial++) { /* noise, and noise with a tone; silence */
        int found[HS_N_GRIDS];
        for (int i = 0; i < HS_GRID_FRAMES; i++)
            x[i] = trial == 3 ? 0
                              : (float)(hs_rng_uniform(&rng) - 0.5) * (trial ? 0.01f : 0.5f) +
                                    (trial == 2 ? (float)sin(0.7 * i) : 0);
        hs_grid_look_mdct(&g, x, found);
        CHECK(!found[HS_GRID_AAC] && !found[HS_GRID_AAC_SINE] && !found[HS_GRID_VORBIS]);
        CHECK(hs_grid_look_mp3(&g, x) == 0);
    }
    hs_grid_free(&g);
    hs_free(x);
}

int main(void)
{
    test_lapped();
    test_windows();
    test_hybrid();
    test_tones();
    test_grid();
    return check_done();
}
