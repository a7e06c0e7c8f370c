/* SPDX-License-Identifier: Apache-2.0 */
/* The master is read at its own rate, or divided by a whole number to 50 kHz or less; the mix at
 * the rate at which it runs beside it. What differs by less than 0.4 % is left to the
 * interpolation. */
#include "pair/align_feeds.h"

#include "core/num.h"

#include <math.h>

/* Above this rate nothing is added that the 31 bands could see. */
static const double highest_rate_hz = 50000;
/* See offsets_differ; full scale 1, and share of the length. */
static const double audible_offset = 1e-4, certain_offset = 0.003, same_length = 0.01;
/* Speeds this near need no conversion: what aliases lies above 0.996 of Nyquist. */
static const double near_speed = 0.004;

static double larger_offset(const struct hs_file *file)
{
    const double *dc = hs_values_doubles(&file->values, "dc_offsets", 2);
    return dc ? fmax(fabs(dc[0]), fabs(dc[1])) : 0;
}

/* Whether one of them has an offset that the other one lacks: in the quiet it would be all that
 * is not explained. What both have stays, or clipped peaks would seem to have two heights. */
static bool offsets_differ(const struct hs_alignment *a)
{
    double louder_db = hs_values_or_nan(&a->master->values, "integrated_lufs") -
                       hs_values_or_nan(&a->mix->values, "integrated_lufs");
    double gain = isfinite(louder_db) ? hs_amplitude_from_db(louder_db) : 1;
    double x = gain * larger_offset(a->mix), y = larger_offset(a->master);
    /* The mean of a part is not that of the whole. */
    bool whole = fabs(a->mix_s / a->master_s - 1) < same_length;
    return fabs(x - y) > fmax(whole ? audible_offset : certain_offset, 0.5 * fmax(x, y));
}

static enum hs_status open_feed(const struct hs_alignment *a, struct hs_feed *f,
                                const struct hs_file *file, double rate_hz, struct hs_error *err)
{
    const double *dc = hs_values_doubles(&file->values, "dc_offsets", 2);
    enum hs_status status = hs_feed_open(f, file->source, rate_hz, err);
    if (!status)
        hs_feed_keep(f, hs_values_or_nan(&file->values, "duration_s"));
    for (int side = 0; side < 2 && dc && !status && offsets_differ(a); side++)
        f->offset[side] = (float)dc[side];
    return status;
}

enum hs_status hs_align_open_master(struct hs_alignment *a, struct hs_error *err)
{
    double rate = hs_values_or_nan(&a->master->values, "sample_rate_hz");
    double wanted = 0;
    for (int k = 2; rate > highest_rate_hz && !(wanted > 0); k++)
        wanted = rate / k <= highest_rate_hz ? rate / k : 0;
    return open_feed(a, &a->master_feed, a->master, wanted, err);
}

/* At the rate at which the mix runs beside the master. */
enum hs_status hs_align_open_mix(struct hs_alignment *a, double ratio, struct hs_error *err)
{
    double own = hs_values_or_nan(&a->mix->values, "sample_rate_hz");
    /* Small drifts are left to the interpolation, so that none costs none. */
    double wanted = a->master_feed.rate_hz / (fabs(ratio - 1) < near_speed ? 1 : ratio);
    bool near = fabs(own / wanted - 1) < near_speed;
    wanted = near ? own : wanted;
    if (a->mix_feed.reader && fabs(a->mix_feed.rate_hz - wanted) < 1e-9)
        return HS_OK;
    hs_feed_close(&a->mix_feed);
    return open_feed(a, &a->mix_feed, a->mix, near ? 0 : wanted, err);
}
