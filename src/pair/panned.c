/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Pieces of 46 ms of both channels: the gain of least squares, and what it leaves.
 * 2. The gains of each channel must leave less than -15 dB: a gain for each 46 ms leaves nearly all
 *    of another song, and of a voice that the mix does not have.
 * 3. Left over right must move by 3 dB.
 */
#include "pair/panned.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pair/aligned.h"

#include <math.h>

enum { PIECE = 2048, FEWEST = 100 };
static const double longest_s = 30, most_left_db = -15, least_range_db = 3;

/* Of one channel of a piece; added to what is left and to all. 0: nothing sounds. */
static double gain_of(const float *x, const float *y, double *left, double *all)
{
    double xx = 0, xy = 0, yy = 0;
    for (size_t i = 0; i < PIECE; i++) {
        xx += (double)(x[i] * x[i]);
        xy += (double)(x[i] * y[i]);
        yy += (double)(y[i] * y[i]);
    }
    const double gain = xx > 1e-9 ? fmax(xy / xx, 0) : 0;
    *left += yy - 2 * gain * xy + gain * gain * xx;
    *all += yy;
    return gain;
}

static void find_range(double *over_db, size_t n, double left, double all, struct hs_panned *out)
{
    if (n < FEWEST || !(all > 0))
        return;
    hs_sort(over_db, n);
    const double range =
        hs_quantile_sorted(over_db, n, 0.95) - hs_quantile_sorted(over_db, n, 0.05);
    out->left_db = hs_db_from_power(fmax(left / all, 1e-9));
    out->range_db = out->left_db <= most_left_db && range >= least_range_db ? range : 0;
}

enum hs_status hs_panned_find(struct hs_alignment *place, struct hs_panned *out,
                              struct hs_error *err)
{
    struct hs_aligned both;
    *out = (struct hs_panned){0};
    hs_aligned_init(&both, &place->mix_feed, &place->master_feed, &place->line, &place->fine);
    const size_t at = hs_timeline_longest(both.line);
    const struct hs_edit *e = &both.line->segment[at];
    const double from_s = fmax(e->from_s, (e->from_s + e->to_s - longest_s) / 2);
    enum hs_status status = hs_aligned_seek(&both, at, from_s, err);
    int64_t frame = hs_aligned_frame(&both, from_s);
    const int64_t end = hs_aligned_frame(&both, fmin(e->to_s, from_s + longest_s));
    double *over_db = HS_NEW_ARRAY(double, end > frame ? (size_t)(end - frame) / PIECE + 1 : 1);
    double left = 0, all = 0;
    size_t n = 0;
    for (; !status && frame + PIECE <= end; frame += PIECE) {
        float mix[2][PIECE], master[2][PIECE];
        status = hs_aligned_read(&both, at, frame, PIECE, (float *const[]){mix[0], mix[1]},
                                 (float *const[]){master[0], master[1]}, err);
        if (status)
            break;
        hs_to_left_right(mix[0], mix[1], PIECE);
        const double l = gain_of(mix[0], master[0], &left, &all);
        const double r = gain_of(mix[1], master[1], &left, &all);
        if (l > 0 && r > 0)
            over_db[n++] = hs_db_from_amplitude(l / r);
    }
    if (!status)
        find_range(over_db, n, left, all, out);
    hs_free(over_db);
    return status;
}
