/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Twelve pieces of 3 s, evenly over the stem, are correlated with the file at the low rate,
 *    within 0.37 s of where the stem is thought to lie. A robust line through the delays of those
 *    that stand out gives delay and drift, if most of them lie on it.
 * 2. The stem is read with that drift at the full rate, and the same pieces give what is left of
 *    both.
 */
#include "stems/drift.h"

#include "core/alloc.h"
#include "pair/time_map.h"

#include <math.h>

enum { PIECES = 12, LEAST = 5, AROUND = 4096, MARGIN = 512, PIECE = HS_STEM_PIECE };
/* The highest correlation of noise lies 5 times above its rms. */
static const double clear_z = 6;
/* Converters of one kind differ by some millionths, tapes by thousands. */
static const double least_drift = 1e-5, most_drift = 3e-3;
/* Points this near a line lie on it, in seconds. */
static const double on_line_s = 2e-4;

/* Pieces of a stem: their moments, and by how much each is late. */
struct seen {
    double at_s[PIECES], late_s[PIECES];
    size_t n;
};

/* A line through most of what was seen; false: there is none. */
static bool line_of(const struct seen *s, struct hs_fit *fit)
{
    bool used[PIECES];
    if (s->n < LEAST)
        return false;
    *fit = hs_fit_time_map(s->at_s, s->late_s, s->n, on_line_s, used);
    return fit->n_used >= LEAST && 3 * fit->n_used >= 2 * s->n;
}

/* When piece i of a stem begins that lasts so long. */
static double begins_s(int i, double length_s, double piece_s)
{
    return fmax(0, ((double)i + 0.5) * length_s / PIECES - piece_s / 2);
}

/* Delays of the pieces at the low rate. */
static enum hs_status look(struct hs_stem_field *f, struct hs_feed *stem, double length_s,
                           double delay_s, struct seen *out, struct hs_error *err)
{
    float *x = f->taken;
    enum hs_status status = HS_OK;
    out->n = 0;
    for (int i = 0; i < PIECES && status == HS_OK; i++) {
        double from_s = begins_s(i, length_s, HS_STEM_GLANCE / f->coarse_hz), origin_s;
        status = hs_stem_read_coarse(f, stem, from_s, HS_STEM_GLANCE, x, &origin_s, err);
        if (status != HS_OK)
            break;
        const int64_t at = llround((origin_s + delay_s) * f->coarse_hz) - AROUND;
        hs_gcc_spectrum(&f->glance, x, HS_STEM_GLANCE, f->stem);
        hs_stem_field_spectrum(f, &f->glance, at, f->local);
        const struct hs_gcc_peak p = hs_gcc_find(&f->glance, f->stem, f->local, 0, 2 * AROUND, 0);
        if (p.z < clear_z)
            continue;
        out->at_s[out->n] = origin_s;
        out->late_s[out->n++] = ((double)at + p.lag) / f->coarse_hz - origin_s;
    }
    return status;
}

/* n frames of a feed from `from` on, left and some of right: their spectrum at the full rate. */
static enum hs_status take(struct hs_stem_field *f, struct hs_feed *feed, int64_t from, size_t n,
                           float complex *out, struct hs_error *err)
{
    const float *x[2];
    float *sum = HS_NEW_ARRAY(float, n);
    enum hs_status status = hs_feed_get(feed, from, n, x, err);
    for (size_t k = 0; k < n && status == HS_OK; k++)
        sum[k] = x[0][k] + hs_stem_right_share * x[1][k];
    if (status == HS_OK)
        hs_gcc_spectrum(&f->fine, sum, n, out);
    hs_free(sum);
    return status;
}

/* By how much the pieces of a stem, read with its drift, are late against its place. */
static enum hs_status look_closer(struct hs_stem_field *f, struct hs_feed *stem, double length_s,
                                  const struct hs_stem_place *p, struct seen *out,
                                  struct hs_error *err)
{
    enum hs_status status = HS_OK;
    out->n = 0;
    for (int i = 0; i < PIECES && status == HS_OK; i++) {
        status = hs_feed_seek(stem, begins_s(i, length_s, PIECE / f->rate_hz), err);
        if (status == HS_OK)
            status = take(f, stem, 0, PIECE, f->stem, err);
        const double expected_s = p->delay_s + (1 + p->drift) * stem->origin_s;
        if (status == HS_OK)
            status = hs_feed_seek(&f->feed, fmax(0, expected_s - 1), err);
        const double at = (expected_s - f->feed.origin_s) * f->rate_hz;
        const int64_t from = (int64_t)floor(at) - MARGIN;
        if (status == HS_OK)
            status = take(f, &f->feed, from, PIECE + 2 * MARGIN, f->local, err);
        if (status != HS_OK)
            break;
        const struct hs_gcc_peak peak = hs_gcc_find(&f->fine, f->stem, f->local, 0, 2 * MARGIN, 0);
        if (peak.z < clear_z)
            continue;
        out->at_s[out->n] = stem->origin_s;
        out->late_s[out->n++] = ((double)from + peak.lag - at) / f->rate_hz;
    }
    return status;
}

/* One stem; its place is left alone where no drift is found. */
static enum hs_status find_drift(struct hs_stem_field *f, const struct hs_file *stem,
                                 struct hs_stem_place *place, bool *changed, struct hs_error *err)
{
    const double length_s = hs_values_or_nan(&stem->values, "duration_s");
    struct hs_feed feed = {0};
    struct seen seen;
    struct hs_fit line, rest;
    if (!(length_s > 0))
        return HS_OK;
    enum hs_status status = hs_feed_open(&feed, stem->source, f->rate_hz, err);
    if (status == HS_OK)
        status = look(f, &feed, length_s, place->delay_s, &seen, err);
    hs_feed_close(&feed);
    if (status != HS_OK || !line_of(&seen, &line) || fabs(line.slope) < least_drift ||
        fabs(line.slope) > most_drift)
        return status;
    struct hs_stem_place p = *place;
    p.delay_s = line.offset;
    p.drift = line.slope;
    status = hs_feed_open(&feed, stem->source, f->rate_hz * (1 + p.drift), err);
    if (status == HS_OK)
        status = look_closer(f, &feed, length_s, &p, &seen, err);
    hs_feed_close(&feed);
    if (status == HS_OK && line_of(&seen, &rest)) {
        p.delay_s += rest.offset;
        p.drift += rest.slope;
        p.borrowed = false;
        *place = p;
        *changed = true;
    }
    return status;
}

enum hs_status hs_stem_places_drift(struct hs_stem_places *p, const struct hs_stems_order *o,
                                    bool *changed, struct hs_error *err)
{
    struct hs_stem_field field = {0};
    *changed = false;
    enum hs_status status =
        hs_stem_field_open(&field, o->side[p->side[0]]->source, p->rate_hz, err);
    for (size_t i = 0; i < o->n_stems && status == HS_OK; i++) {
        struct hs_stem_place *place = &p->place[i];
        if (!place->found || place->drift != 0 || o->stems[i].role == HS_STEM_FX)
            continue;
        status = find_drift(&field, o->stems[i].file, place, changed, err);
        hs_alive_tell(o->alive, 1, 0);
    }
    hs_stem_field_close(&field);
    return status;
}
