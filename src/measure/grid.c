/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The transform of the encoder is computed at every place of its grid, each from the one before. At
 * each, coefficients between 4 and 15 kHz that are 40 dB below the mean of their run of 16 are
 * counted. A place stands out with 16 of them and twice as many as any other place.
 */
#include "measure/grid.h"

#include "core/alloc.h"

#include <stddef.h>

/* Coefficients of these frequencies, in runs of 16. One is empty 40 dB below the mean of its run,
 * where that is above the noise of 16 bits. */
static const double from_hz = 4000, to_hz = 15000;
static const float empty = 1e-4f, heard = 1e-5f;
enum { RUN = 16 };
/* One place stands out where it has this many, and twice as many as any that is not beside it.
 * Music has 4 to 20 anywhere, and never more than a few between the first and the second. */
enum { FEWEST = 16, TIMES = 2, BESIDE = 2 };

/* Rounding adds up from place to place: bins are made anew now and then. */
enum { ANEW = 256 };

/* The coefficients from 4 to 15 kHz at this rate, in whole runs of 16, for each transform with its
 * window, and the bands of MP3's filter bank. */
void hs_grid_init(struct hs_grid *g, double rate_hz)
{
    static void (*const make[HS_N_GRIDS])(float *w, size_t n) = {
        [HS_GRID_AAC] = hs_window_kbd,
        [HS_GRID_AAC_SINE] = hs_window_sine,
        [HS_GRID_VORBIS] = hs_window_vorbis,
    };
    int from = (int)(from_hz * 2 * HS_GRID_BLOCK / rate_hz);
    int to = (int)(to_hz * 2 * HS_GRID_BLOCK / rate_hz);
    to = to < HS_GRID_BLOCK ? to : HS_GRID_BLOCK;
    *g = (struct hs_grid){.n_coefficients = (to - from) / RUN * RUN};
    hs_lapped_init(&g->lapped, HS_GRID_BLOCK, (size_t)from, (size_t)g->n_coefficients);
    int first = (int)(from_hz * 2 * HS_HYBRID_BANDS / rate_hz);
    int end = (int)(to_hz * 2 * HS_HYBRID_BANDS / rate_hz);
    hs_hybrid_init(&g->hybrid, (size_t)first,
                   (size_t)(end < HS_HYBRID_BANDS ? end : HS_HYBRID_BANDS));
    for (int k = 0; k < HS_N_GRIDS; k++) {
        if (!make[k])
            continue;
        g->window[k] = hs_aligned((size_t)2 * HS_GRID_BLOCK, sizeof *g->window[k]);
        make[k](g->window[k], HS_GRID_BLOCK);
        hs_lapped_taps(g->window[k], HS_GRID_BLOCK, g->taps[k]);
    }
}

void hs_grid_free(struct hs_grid *g)
{
    hs_lapped_free(&g->lapped);
    hs_hybrid_free(&g->hybrid);
    for (int k = 0; k < HS_N_GRIDS; k++)
        hs_free(g->window[k]);
    *g = (struct hs_grid){0};
}

/* The first place with most. */
static int best_of(const int *found, int n)
{
    int best = 0;
    for (int i = 0; i < n; i++)
        best = found[i] > found[best] ? i : best;
    return best;
}

/* The best place against all that are not beside it; the last place is beside the first. */
static int stands_out(const int *found, int n)
{
    int best = best_of(found, n), second = 0;
    for (int i = 0; i < n; i++) {
        int away = (i - best + n) % n;
        if (away > BESIDE && n - away > BESIDE && found[i] > second)
            second = found[i];
    }
    return found[best] >= FEWEST && found[best] >= TIMES * second ? found[best] : 0;
}

/* Places are compared by windows of a few harmonics; the best one is counted under the window
 * itself. */
void hs_grid_look_mdct(struct hs_grid *g, const float *x, int found[HS_N_GRIDS])
{
    const struct hs_kernels *kernels = g->lapped.kernels;
    size_t n = (size_t)g->n_coefficients;
    float out[HS_GRID_BLOCK];
    int at_place[HS_N_GRIDS][HS_GRID_BLOCK];
    for (int at = 0; at < HS_GRID_BLOCK; at++) {
        if (at % ANEW == 0)
            hs_lapped_start(&g->lapped, x + at);
        else
            hs_lapped_next(&g->lapped, x + at);
        for (int k = 0; k < HS_N_GRIDS; k++) {
            if (!g->window[k])
                continue;
            if (k == HS_GRID_AAC_SINE)
                hs_lapped_sine(&g->lapped, out);
            else
                hs_lapped_window(&g->lapped, g->taps[k], out);
            at_place[k][at] = kernels->empty_runs(out, n, heard, empty);
        }
    }
    for (int k = 0; k < HS_N_GRIDS; k++) {
        found[k] = 0;
        if (!g->window[k])
            continue;
        int best = best_of(at_place[k], HS_GRID_BLOCK);
        hs_lapped_of(&g->lapped, x + best, g->window[k], out);
        at_place[k][best] = kernels->empty_runs(out, n, heard, empty);
        found[k] = stands_out(at_place[k], HS_GRID_BLOCK);
    }
}

/* Places 32 apart share their bands. The run that is compared is a band. */
int hs_grid_look_mp3(struct hs_grid *g, const float *x)
{
    enum { PLACES = HS_HYBRID_BANDS * HS_HYBRID_STEP };
    float rows[PLACES + 1];
    int found[PLACES];
    for (int r = 0; r < HS_HYBRID_BANDS; r++) {
        const float *newest = x + HS_HYBRID_TAPS + r;
        hs_hybrid_start(&g->hybrid);
        for (int t = 0; t < HS_HYBRID_SLOTS + HS_HYBRID_STEP - 1; t++) {
            hs_hybrid_next(&g->hybrid, newest + (ptrdiff_t)HS_HYBRID_BANDS * t);
            int place = t - HS_HYBRID_SLOTS + 1;
            if (place < 0)
                continue;
            hs_hybrid_block(&g->hybrid, rows);
            found[HS_HYBRID_BANDS * place + r] = g->hybrid.kernels->empty_bands(
                rows, HS_HYBRID_STEP, g->hybrid.n_lanes, heard, empty);
        }
    }
    return stands_out(found, PLACES);
}

const char *hs_grid_name(enum hs_grid_kind kind)
{
    static const char *const names[HS_N_GRIDS] = {[HS_GRID_MP3] = "MP3",
                                                  [HS_GRID_AAC] = "AAC",
                                                  [HS_GRID_AAC_SINE] = "AAC",
                                                  [HS_GRID_VORBIS] = "Vorbis"};
    return names[kind];
}
