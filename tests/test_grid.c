/* SPDX-License-Identifier: Apache-2.0 */
/* The transforms of audio coders against their definitions, and the grid they leave: found where
 * coefficients were emptied, at any place, and nowhere else. */
#include "check.h"
#include "core/alloc.h"
#include "core/num.h"
#include "measure/grid.h"

#include <stdlib.h>

enum { N = 64, BLOCKS = 6, LONG = HS_GRID_BLOCK };

static void test_mdct(void)
{
    struct hs_mdct m;
    struct hs_rng rng = {5};
    float x[2 * N], w[2 * N], out[N];
    double worst = 0;
    hs_mdct_init(&m, N);
    hs_window_kbd(w, N);
    for (int i = 0; i < 2 * N; i++)
        x[i] = (float)hs_rng_uniform(&rng) - 0.5f;
    hs_mdct_run(&m, x, w, out);
    for (int k = 0; k < N; k++) {
        double sum = 0;
        for (int i = 0; i < 2 * N; i++)
            sum += (double)(w[i] * x[i]) * cos(HS_PI / N * (i + 0.5 + N / 2) * (k + 0.5));
        worst = fmax(worst, fabs(fabs(sum) - fabs((double)out[k])));
    }
    CHECK_NEAR(worst, 0, 1e-5);
    hs_mdct_free(&m);
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

/* A tone within a band of the filter bank comes out of that band, 60 dB above those that are not
 * its neighbours, and of the coefficient of its frequency. */
static void test_hybrid(void)
{
    struct hs_hybrid h;
    float x[HS_HYBRID_TAPS + HS_HYBRID_BANDS * HS_HYBRID_SLOTS];
    float slots[HS_HYBRID_SLOTS][HS_HYBRID_BANDS], out[HS_HYBRID_BANDS * HS_HYBRID_STEP];
    hs_hybrid_init(&h);
    for (int line = 40; line < 540; line += 61) {
        double far = 0, own = 0;
        int best = 0;
        for (size_t i = 0; i < sizeof x / sizeof *x; i++)
            x[i] = (float)sin(HS_PI * (line + 0.5) / 576 * (double)i);
        for (int t = 0; t < HS_HYBRID_SLOTS; t++)
            hs_hybrid_slot(&h, x + HS_HYBRID_TAPS + HS_HYBRID_BANDS * t, slots[t]);
        for (int t = 0; t < HS_HYBRID_SLOTS; t++)
            for (int k = 0; k < HS_HYBRID_BANDS; k++) {
                double power = (double)(slots[t][k] * slots[t][k]);
                own += k == line / HS_HYBRID_STEP ? power : 0;
                far += abs(k - line / HS_HYBRID_STEP) > 1 ? power : 0;
            }
        hs_hybrid_block(&h, (const float(*)[HS_HYBRID_BANDS])slots, 0, HS_HYBRID_BANDS, out);
        for (int k = 0; k < HS_HYBRID_BANDS * HS_HYBRID_STEP; k++)
            best = fabsf(out[k]) > fabsf(out[best]) ? k : best;
        CHECK(far < 1e-6 * own);
        CHECK(abs(best - line) <= 1);
    }
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
    hs_grid_init(&g);
    encode(g.window[HS_GRID_AAC], 0.05f, x);
    for (size_t i = 0; i < 3; i++) {
        int own = hs_grid_look(&g, HS_GRID_AAC, x + at[i], 44100);
        CHECK(own > 200);
        CHECK(hs_grid_look(&g, HS_GRID_VORBIS, x + at[i], 44100) < own / 2);
        CHECK(hs_grid_look(&g, HS_GRID_AAC_SINE, x + at[i], 44100) < own / 2);
        CHECK(hs_grid_look(&g, HS_GRID_MP3, x + at[i], 44100) == 0);
    }
    for (int trial = 0; trial < 4; trial++) { /* noise, and noise with a tone; silence */
        for (int i = 0; i < HS_GRID_FRAMES; i++)
            x[i] = trial == 3 ? 0
                              : (float)(hs_rng_uniform(&rng) - 0.5) * (trial ? 0.01f : 0.5f) +
                                    (trial == 2 ? (float)sin(0.7 * i) : 0);
        for (int k = 0; k < HS_N_GRIDS; k++)
            CHECK(hs_grid_look(&g, (enum hs_grid_kind)k, x, 44100) == 0);
    }
    hs_grid_free(&g);
    hs_free(x);
}

int main(void)
{
    test_mdct();
    test_windows();
    test_hybrid();
    test_grid();
    return check_done();
}
