/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Up to sixteen windows of some 1.5 s are laid over what is shared and loaded in two rounds,
 *    each of which is spread over all of it.
 * 2. Of each, mid and side of the master and both channels of the mix with 0.3 s of margin are
 *    kept.
 * 3. The mix of a window is read along line and wow: to the nearest frame while a lag is sought, by
 *    sinc where it counts.
 */
#include "pair/fine_windows.h"

#include "core/alloc.h"

#include <math.h>
#include <string.h>

/* Length of a window: long enough for thousands of independent bins, short enough that
 * tape wow stays within a sample or two. */
static const double window_s = 1.5, margin_s = 0.3;
/* Frames by which the ends of a piece may lie off: 0.02 rad at 8 kHz. */
static const double most_slip = 0.02;
/* Gaps longer than this are not read through: the file is sought in. */
static const double leap_s = 2;
/* Places of sixteen windows in the order in which they are loaded. */
static const unsigned char place[HS_FINE_WINDOWS] = {0, 2, 4, 6, 9, 11, 13, 15,
                                                     1, 3, 5, 7, 8, 10, 12, 14};

/* Frames next to the place, without interpolation: enough to find a lag. */
static void read_nearest(const struct hs_window *w, double at, double step, size_t n, float *left,
                         float *right)
{
    for (size_t i = 0; i < n;) {
        long first = lround(at + step * (double)i);
        double next = fabs(step - 1) * (double)(n - i) < 0.5
                          ? (double)n
                          : (double)i + fmax(0.5 / fabs(step - 1), 1);
        size_t m = (next < (double)n ? (size_t)next : n) - i;
        memcpy(left + i, w->left + first, m * sizeof *left);
        memcpy(right + i, w->right + first, m * sizeof *right);
        i += m;
    }
}

/* The mix of a window along the line, and by how much the reading is late. */
double hs_fine_windows_read(const struct hs_fine *f, const struct hs_window *w, double lead_s,
                            size_t from, size_t n, enum hs_fine_reading how, float *left,
                            float *right)
{
    double master_s = w->master_s + (double)from / f->rate_hz;
    const double wow_at_s = hs_wow_at(f->wow, master_s);
    double at = (hs_time_map_at(f->line, master_s) + wow_at_s - lead_s - w->mix_s) * f->mix_hz;
    double step = f->line.ratio * f->mix_hz / f->rate_hz, late = 0;
    double slip = (step - 1) * (double)n / 2;
    const bool straight = !f->wow || !f->wow->n;
    if (straight && fabs(slip) < most_slip) {
        late = round(at + slip) - (at + slip);
        at = round(at + slip);
        step = 1;
    }
    if (fabs(step - 1) < 1e-10)
        step = 1;
    const double slack = straight ? 0 : 0.05 * f->mix_hz;
    double last = at + step * (double)n + HS_SINC_AFTER + 1 + slack;
    at -= slack;
    if (at < HS_SINC_BEFORE || last > (double)w->n_mix) { /* outside of what was kept */
        memset(left, 0, n * sizeof *left);
        memset(right, 0, n * sizeof *right);
        return 0;
    }
    at += slack;
    const struct hs_path path = {f->line, f->wow, f->rate_hz, f->mix_hz, w->mix_s};
    if (!straight)
        hs_path_read(&path, &f->sinc, w->left, w->right, master_s - lead_s / f->line.ratio, n, left,
                     right);
    else if (how == HS_FINE_READ_NEAREST)
        read_nearest(w, at, step, n, left, right);
    else
        hs_sinc_read(&f->sinc, w->left, w->right, at, step, n, left, right);
    return late / f->mix_hz;
}

/* To a moment that lies far behind what has been read. */
static enum hs_status leap(struct hs_feed *feed, double to_s, struct hs_error *err)
{
    double read_s = feed->origin_s + (double)(feed->first + (int64_t)feed->n) / feed->rate_hz;
    return to_s - read_s > leap_s ? hs_feed_seek(feed, to_s, err) : HS_OK;
}

/* Both files of one window, the mix with a margin. */
static enum hs_status load(struct hs_fine *f, struct hs_feed *mix, struct hs_feed *master,
                           double at_s, size_t n, struct hs_window *w, struct hs_error *err)
{
    const float *in[2];
    enum hs_status status = leap(master, at_s, err);
    if (!status)
        status = leap(mix, hs_time_map_at(f->line, at_s) - margin_s, err);
    int64_t from = llround((at_s - master->origin_s) * f->rate_hz);
    if (!status)
        status = hs_feed_get(master, from, n, in, err);
    if (status)
        return status;
    w->master_s = master->origin_s + (double)from / f->rate_hz;
    w->n = n;
    w->mid = hs_malloc(n * sizeof(float));
    w->side = hs_malloc(n * sizeof(float));
    for (size_t i = 0; i < n; i++) {
        w->mid[i] = (in[0][i] + in[1][i]) / 2;
        w->side[i] = (in[0][i] - in[1][i]) / 2;
    }
    double start = hs_time_map_at(f->line, w->master_s) - margin_s;
    from = llround((start - mix->origin_s) * f->mix_hz);
    w->mix_s = mix->origin_s + (double)from / f->mix_hz;
    w->n_mix = (size_t)(((double)n / f->rate_hz * f->line.ratio + 2 * margin_s) * f->mix_hz);
    status = hs_feed_get(mix, from, w->n_mix, in, err);
    if (status)
        return status;
    float **keep[2] = {&w->left, &w->right};
    for (int c = 0; c < 2; c++) {
        *keep[c] = hs_malloc(w->n_mix * sizeof(float));
        memcpy(*keep[c], in[c], w->n_mix * sizeof(float));
    }
    return HS_OK;
}

size_t hs_fine_windows_most(const struct hs_fine *f, size_t *frames)
{
    const double shared = f->to_s - f->from_s;
    size_t n = 1 << 11;
    while ((double)(2 * n) <= fmin(window_s * 1.05, shared / 4) * f->rate_hz)
        n *= 2;
    const size_t most = (size_t)(2 * shared * f->rate_hz / (double)n);
    *frames = n;
    return most > HS_FINE_WINDOWS ? HS_FINE_WINDOWS : most;
}

/* Spread over what both share; the order lets half of them be spread as well. */
enum hs_status hs_fine_windows_load(struct hs_fine *f, struct hs_feed *mix, struct hs_feed *master,
                                    size_t frames, size_t first, size_t n, size_t most,
                                    struct hs_error *err)
{
    const double room = f->to_s - f->from_s - (double)frames / f->rate_hz;
    enum hs_status status = HS_OK;
    for (size_t i = first; i < first + n && !status; i++) {
        const size_t at = most == HS_FINE_WINDOWS ? place[i] : i;
        const double at_s = f->from_s + room * ((double)at + 0.5) / (double)most;
        if (i == first)
            status = hs_feed_seek(master, at_s, err);
        if (i == first && !status)
            status = hs_feed_seek(mix, hs_time_map_at(f->line, at_s) - margin_s, err);
        if (!status)
            status = load(f, mix, master, at_s, frames, &f->window[i], err);
    }
    return status;
}
