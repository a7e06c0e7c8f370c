/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/calibrate.h"

#include "core/alloc.h"
#include "pair/gain.h"

#include <math.h>
#include <string.h>

/* Each window makes the filter better by less, and each round. */
enum { ROUNDS = 2, MOST_WINDOWS = 8 };

struct work {
    size_t n;        /* frames of a window */
    float *x[2];     /* the mix at the master's frames */
    float *eq[2];    /* equalised */
    float *even[2];  /* the master with its gain evened out */
    float *gain, *per_frame;
    struct hs_gain_sums *sums;
};

static void work_init(struct work *w, size_t n)
{
    *w = (struct work){.n = n};
    for (int i = 0; i < 2; i++) {
        w->x[i] = hs_aligned(n, sizeof(float));
        w->eq[i] = hs_aligned(n, sizeof(float));
        w->even[i] = hs_aligned(n, sizeof(float));
    }
    w->gain = hs_aligned(n / HS_GAIN_STEP + 1, sizeof(float));
    w->per_frame = hs_aligned(n, sizeof(float));
    w->sums = HS_NEW_ARRAY(struct hs_gain_sums, n / HS_GAIN_BLOCK + 1);
}

static void work_free(struct work *w)
{
    for (int i = 0; i < 2; i++) {
        hs_free(w->x[i]);
        hs_free(w->eq[i]);
        hs_free(w->even[i]);
    }
    hs_free(w->gain);
    hs_free(w->per_frame);
    hs_free(w->sums);
}

/* Even gain over [n/4, n - n/4) of the frames that the filter reaches. */
static void even_out(struct work *w, const struct hs_window *win, struct hs_filter *filter)
{
    size_t half = filter->n / 2, quarter = filter->n / 4, to = quarter;
    for (size_t at = 0; at + filter->n <= w->n; at += half) {
        const float *in[2] = {w->x[0] + at, w->x[1] + at};
        float *out[2] = {w->eq[0] + at + quarter, w->eq[1] + at + quarter};
        hs_filter_run(filter, in, out);
        to = at + quarter + half;
    }
    const float *eq[2] = {w->eq[0] + quarter, w->eq[1] + quarter};
    const float *y[2] = {win->mid + quarter, win->side + quarter};
    size_t n = to - quarter, groups = n / HS_GAIN_STEP;
    hs_gain_blocks(eq, y, n, true, w->sums);
    hs_gain_curve(w->sums, groups, 0, groups, w->gain);
    hs_gain_apply(w->gain, w->gain[0], w->gain[groups - 1], n, w->per_frame);
    for (int i = 0; i < 2; i++) {
        const float *from = i ? win->side : win->mid;
        for (size_t k = 0; k < w->n; k++) {
            size_t g = k < quarter ? 0 : k >= to ? n - 1 : k - quarter;
            w->even[i][k] = from[k] / w->per_frame[g];
        }
    }
}

/* The first round evens out by the frame's level alone: what a transfer with no idea of
 * the gain needs to start from. */
static void even_by_level(struct work *w, const struct hs_window *win)
{
    double e[2] = {1e-20, 1e-20};
    for (size_t k = 0; k < w->n; k++) {
        e[0] += (double)(w->x[0][k] * w->x[0][k] + w->x[1][k] * w->x[1][k]);
        e[1] += (double)(win->mid[k] * win->mid[k] + win->side[k] * win->side[k]);
    }
    float scale = (float)sqrt(e[0] / e[1]);
    for (size_t k = 0; k < w->n; k++) {
        w->even[0][k] = win->mid[k] * scale;
        w->even[1][k] = win->side[k] * scale;
    }
}

void hs_calibrate(const struct hs_fine *fine, struct hs_transfer *t,
                  struct hs_filter *filter)
{
    struct work w;
    const size_t every = fine->n_good > MOST_WINDOWS ? 2 : 1;
    work_init(&w, fine->window[0].n);
    for (int round = 0; round <= ROUNDS; round++) {
        hs_transfer_reset(t);
        for (size_t i = 0, k = 0; i < fine->n_windows; i++) {
            const struct hs_window *win = &fine->window[i];
            if (!win->good || k++ % every)
                continue;
            hs_fine_mix(fine, win, 0, w.n, w.x[0], w.x[1]);
            if (round)
                even_out(&w, win, filter);
            else
                even_by_level(&w, win);
            for (size_t at = 0; at + t->n <= w.n; at += t->n) {
                const float *x[2] = {w.x[0] + at, w.x[1] + at};
                const float *y[2] = {w.even[0] + at, w.even[1] + at};
                hs_transfer_add(t, x, y);
            }
        }
        hs_filter_set(filter, t);
    }
    work_free(&w);
}
