/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The transform of the encoder is computed at every place of its grid. At each, coefficients
 * between 4 and 15 kHz that are 40 dB below the mean of their run of 16 are counted. A place
 * stands out with 16 of them and twice as many as any other place.
 */
#include "measure/grid.h"

#include "core/alloc.h"

#include <string.h>

/* Coefficients of these frequencies, in runs of 16. One is empty 40 dB below the mean of its run,
 * where that is above the noise of 16 bits. */
static const double from_hz = 4000, to_hz = 15000;
static const float empty = 1e-4f, heard = 1e-5f;
enum { RUN = 16 };
/* One place stands out where it has this many, and twice as many as any that is not beside it.
 * Music has 4 to 20 anywhere, and never more than a few between the first and the second. */
enum { FEWEST = 16, TIMES = 2, BESIDE = 2 };

void hs_grid_init(struct hs_grid *g)
{
    static void (*const make[HS_N_GRIDS])(float *w, size_t n) = {
        [HS_GRID_AAC] = hs_window_kbd,
        [HS_GRID_AAC_SINE] = hs_window_sine,
        [HS_GRID_VORBIS] = hs_window_vorbis,
    };
    *g = (struct hs_grid){0};
    hs_mdct_init(&g->mdct, HS_GRID_BLOCK);
    hs_hybrid_init(&g->hybrid);
    for (int k = 0; k < HS_N_GRIDS; k++) {
        if (!make[k])
            continue;
        g->window[k] = hs_aligned((size_t)2 * HS_GRID_BLOCK, sizeof *g->window[k]);
        make[k](g->window[k], HS_GRID_BLOCK);
    }
}

void hs_grid_free(struct hs_grid *g)
{
    hs_mdct_free(&g->mdct);
    for (int k = 0; k < HS_N_GRIDS; k++)
        hs_free(g->window[k]);
    *g = (struct hs_grid){0};
}

static int count_empty(const float *x, int n)
{
    int found = 0;
    for (int k = 0; k + RUN <= n; k += RUN) {
        float power[RUN], sum = 0;
        for (int i = 0; i < RUN; i++) {
            power[i] = x[k + i] * x[k + i];
            sum += power[i];
        }
        if (sum < RUN * heard)
            continue;
        for (int i = 0; i < RUN; i++)
            found += power[i] < sum / RUN * empty;
    }
    return found;
}

/* The best place against all that are not beside it; the last place is beside the first. */
static int stands_out(const int *found, int n)
{
    int best = 0, second = 0;
    for (int i = 0; i < n; i++)
        best = found[i] > found[best] ? i : best;
    for (int i = 0; i < n; i++) {
        int away = (i - best + n) % n;
        if (away > BESIDE && n - away > BESIDE && found[i] > second)
            second = found[i];
    }
    return found[best] >= FEWEST && found[best] >= TIMES * second ? found[best] : 0;
}

static int look_mdct(struct hs_grid *g, const float *window, const float *x, double rate_hz)
{
    float out[HS_GRID_BLOCK];
    int found[HS_GRID_BLOCK];
    int from = (int)(from_hz * 2 * HS_GRID_BLOCK / rate_hz);
    int to = (int)(to_hz * 2 * HS_GRID_BLOCK / rate_hz);
    to = to < HS_GRID_BLOCK ? to : HS_GRID_BLOCK;
    for (int at = 0; at < HS_GRID_BLOCK; at++) {
        hs_mdct_run(&g->mdct, x + at, window, out);
        found[at] = count_empty(out + from, to - from);
    }
    return stands_out(found, HS_GRID_BLOCK);
}

/* Places 32 apart share their bands: each of these is split into bands once. */
static int look_hybrid(const struct hs_hybrid *h, const float *x, double rate_hz)
{
    enum {
        SLOTS = HS_HYBRID_SLOTS + HS_HYBRID_STEP - 1,
        PLACES = HS_HYBRID_BANDS * HS_HYBRID_STEP
    };
    float slots[SLOTS][HS_HYBRID_BANDS], out[PLACES];
    int found[PLACES];
    int first = (int)(from_hz * 2 * HS_HYBRID_BANDS / rate_hz);
    int end = (int)(to_hz * 2 * HS_HYBRID_BANDS / rate_hz);
    end = end < HS_HYBRID_BANDS ? end : HS_HYBRID_BANDS;
    for (int r = 0; r < HS_HYBRID_BANDS; r++) {
        for (int t = 0; t < SLOTS; t++)
            hs_hybrid_slot(h, x + HS_HYBRID_TAPS + r + HS_HYBRID_BANDS * t, slots[t]);
        for (int a = 0; a < HS_HYBRID_STEP; a++) {
            hs_hybrid_block(h, (const float(*)[HS_HYBRID_BANDS])slots + a, first, end, out);
            found[HS_HYBRID_BANDS * a + r] = count_empty(out, (end - first) * HS_HYBRID_STEP);
        }
    }
    return stands_out(found, PLACES);
}

int hs_grid_look(struct hs_grid *g, enum hs_grid_kind kind, const float *x, double rate_hz)
{
    return g->window[kind] ? look_mdct(g, g->window[kind], x, rate_hz)
                           : look_hybrid(&g->hybrid, x, rate_hz);
}

const char *hs_grid_name(enum hs_grid_kind kind)
{
    static const char *const names[HS_N_GRIDS] = {[HS_GRID_MP3] = "MP3",
                                                  [HS_GRID_AAC] = "AAC",
                                                  [HS_GRID_AAC_SINE] = "AAC",
                                                  [HS_GRID_VORBIS] = "Vorbis"};
    return names[kind];
}
