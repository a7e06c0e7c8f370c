/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/calibrate.h"

#include "core/alloc.h"
#include "pair/gain.h"

#include <math.h>
#include <string.h>

/* Each window makes the filter better by less, and each round. */
enum { ROUNDS = 2, MOST_WINDOWS = 8 };

struct work {
    size_t n, n_frames, hop; /* frames of a window; filter frames in it, and their distance */
    size_t stride;           /* bins from one spectrum to the next: keeps them aligned */
    float *x[2];             /* the mix at the master's frames; later equalised */
    float *even[2];          /* the master with its gain evened out */
    float *gain, *per_frame;
    struct hs_gain_sums *sums;
    float complex *spectrum[MOST_WINDOWS][2]; /* of the mix, n_frames behind each other */
    double power[MOST_WINDOWS];               /* of the mix */
};

static void work_init(struct work *w, size_t n, size_t n_filter)
{
    *w = (struct work){.n = n, .hop = hs_filter_hop(n_filter), .stride = n_filter / 2 + 8};
    w->n_frames = (n - n_filter) / w->hop + 1;
    for (int i = 0; i < 2; i++) {
        w->x[i] = hs_aligned(n, sizeof(float));
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
        hs_free(w->even[i]);
        for (int k = 0; k < MOST_WINDOWS; k++)
            hs_free(w->spectrum[k][i]);
    }
    hs_free(w->gain);
    hs_free(w->per_frame);
    hs_free(w->sums);
}

/* Spectra of the mix: the same for all rounds. */
static void read_mix(struct work *w, const struct hs_fine *fine, const struct hs_window *win,
                     struct hs_filter *filter, size_t at)
{
    double power = 1e-20;
    hs_fine_mix(fine, win, 0, w->n, w->x[0], w->x[1]);
    for (size_t k = 0; k < w->n; k++)
        power += (double)(w->x[0][k] * w->x[0][k] + w->x[1][k] * w->x[1][k]);
    w->power[at] = power;
    for (int i = 0; i < 2; i++) {
        w->spectrum[at][i] = hs_aligned(w->n_frames * w->stride, sizeof(float complex));
        for (size_t k = 0; k < w->n_frames; k++)
            hs_filter_spectrum(filter, w->x[i] + k * w->hop, w->spectrum[at][i] + k * w->stride);
    }
}

/* Even gain over the frames that the filter reaches; the nearest one before and behind. */
static void even_out(struct work *w, const struct hs_window *win, struct hs_filter *filter,
                     size_t at)
{
    const size_t lead = filter->n / HS_FILTER_SHARE;
    const size_t n = w->n_frames * w->hop, groups = n / HS_GAIN_STEP;
    for (size_t k = 0; k < w->n_frames; k++) {
        const float complex *in[2] = {w->spectrum[at][0] + k * w->stride,
                                      w->spectrum[at][1] + k * w->stride};
        float *out[2] = {w->x[0] + lead + k * w->hop, w->x[1] + lead + k * w->hop};
        hs_filter_run(filter, in, out);
    }
    const float *eq[2] = {w->x[0] + lead, w->x[1] + lead};
    const float *y[2] = {win->mid + lead, win->side + lead};
    hs_gain_blocks(eq, y, n, true, w->sums);
    hs_gain_curve(w->sums, groups, 0, groups, w->gain);
    hs_gain_apply(w->gain, w->gain[0], w->gain[groups - 1], n, w->per_frame);
    for (int i = 0; i < 2; i++) {
        const float *from = i ? win->side : win->mid;
        for (size_t k = 0; k < w->n; k++) {
            size_t g = k < lead ? 0 : k >= lead + n ? n - 1 : k - lead;
            w->even[i][k] = from[k] / w->per_frame[g];
        }
    }
}

/* The first round evens out by the frame's level alone: what a transfer with no idea of
 * the gain needs to start from. */
static void even_by_level(struct work *w, const struct hs_window *win, size_t at)
{
    double power = 1e-20;
    for (size_t k = 0; k < w->n; k++)
        power += (double)(win->mid[k] * win->mid[k] + win->side[k] * win->side[k]);
    float scale = (float)sqrt(w->power[at] / power);
    for (size_t k = 0; k < w->n; k++) {
        w->even[0][k] = win->mid[k] * scale;
        w->even[1][k] = win->side[k] * scale;
    }
}

static void add_window(struct work *w, struct hs_transfer *t, size_t at)
{
    for (size_t k = 0; k < w->n_frames; k++) {
        const float complex *x[2] = {w->spectrum[at][0] + k * w->stride,
                                     w->spectrum[at][1] + k * w->stride};
        const float *y[2] = {w->even[0] + k * w->hop, w->even[1] + k * w->hop};
        hs_transfer_add(t, x, y);
    }
}

void hs_calibrate(const struct hs_fine *fine, struct hs_transfer *t, struct hs_filter *filter)
{
    struct work w;
    const size_t every = fine->n_good > MOST_WINDOWS ? 2 : 1;
    const struct hs_window *win[MOST_WINDOWS];
    size_t n = 0;
    work_init(&w, fine->window[0].n, t->n);
    for (size_t i = 0, k = 0; i < fine->n_windows && n < MOST_WINDOWS; i++)
        if (fine->window[i].good && k++ % every == 0) {
            read_mix(&w, fine, &fine->window[i], filter, n);
            win[n++] = &fine->window[i];
        }
    for (int round = 0; round <= ROUNDS; round++) {
        hs_transfer_reset(t);
        for (size_t i = 0; i < n; i++) {
            if (round)
                even_out(&w, win[i], filter, i);
            else
                even_by_level(&w, win[i], i);
            add_window(&w, t, i);
        }
        hs_filter_set(filter, t);
    }
    work_free(&w);
}
