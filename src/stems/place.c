/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The file is read whole at about 11 kHz, left + 0.8 right (stems/field.h), and two excerpts of
 *    the stem are looked for in it (stems/sight.h). Where the first excerpt is sure, some seconds
 * of the second are looked for there, and the whole of it where that does not settle it.
 * 2. The stem is found if a peak is 13 times the rms of the correlation, or if those of both
 *    excerpts are 6 times and agree within 2 ms.
 * 3. A delay within 1.5 frames of a known one is that one. Others are refined with 2^17 frames
 *    at the full rate. Where the two excerpts disagree by more than that, the stem drifts, and
 *    the line through both gives delay and drift.
 */
#include "stems/place.h"

#include "core/alloc.h"
#include "stems/sight.h"

#include <math.h>
#include <string.h>

enum { PIECE = HS_STEM_PIECE, MARGIN = 512 };
/* Heights of a peak over the rms of the correlation at all lags where both excerpts agree. The
 * highest of noise lies at 5; stems of other songs reached 6. */
static const double both_z = 6, agree_s = 0.002;
/* At the full rate a known delay wins over a peak that is hardly higher. */
static const double as_good = 0.85;

/* Delays that other stems have, seconds. */
struct known {
    const double *delay_s;
    size_t n;
};

/* To a sample: a piece at the full rate, around where the excerpt was seen. A delay that is known
 * and nearly as good wins here, too: a soft stem has a broad peak. */
static enum hs_status refine(struct hs_stem_field *f, struct hs_feed *stem, double at_s,
                             const struct known *known, double *delay_s, struct hs_error *err)
{
    const float *x[2], *y[2];
    enum { SPAN = PIECE + 2 * MARGIN };
    float *sum = HS_NEW_ARRAY(float, SPAN);
    enum hs_status status = hs_feed_seek(stem, at_s, err);
    if (status == HS_OK)
        status = hs_feed_get(stem, 0, PIECE, x, err);
    for (size_t i = 0; status == HS_OK && i < PIECE; i++)
        sum[i] = x[0][i] + hs_stem_right_share * x[1][i];
    if (status == HS_OK) {
        /* the piece of the stem in a stretch of the file about it */
        hs_gcc_spectrum(&f->fine, sum, PIECE, f->stem);
        status = hs_feed_seek(&f->feed, fmax(0, stem->origin_s + *delay_s - 1), err);
    }
    double expected = (stem->origin_s + *delay_s - f->feed.origin_s) * f->rate_hz;
    int64_t from = (int64_t)floor(expected) - MARGIN;
    if (status == HS_OK)
        status = hs_feed_get(&f->feed, from, SPAN, y, err);
    for (size_t i = 0; status == HS_OK && i < SPAN; i++)
        sum[i] = y[0][i] + hs_stem_right_share * y[1][i];
    if (status == HS_OK) {
        hs_gcc_spectrum(&f->fine, sum, SPAN, f->local);
        struct hs_gcc_peak p = hs_gcc_find(&f->fine, f->stem, f->local, 0, 2 * MARGIN, 0);
        const double begins = f->feed.origin_s - stem->origin_s + (double)from / f->rate_hz;
        *delay_s = begins + p.lag / f->rate_hz;
        for (size_t i = 0; i < known->n; i++) {
            const double lag = (known->delay_s[i] - begins) * f->rate_hz;
            if (lag > 0 && lag < 2 * MARGIN && hs_stem_height(&f->fine, lag, 1, p) >= as_good * p.z)
                *delay_s = known->delay_s[i];
        }
    }
    hs_free(sum);
    return status;
}

static bool agree(const struct hs_stem_sight s[2], int n)
{
    return n == 2 && s[0].z >= both_z && s[1].z >= both_z &&
           fabs(s[0].delay_s - s[1].delay_s) <= agree_s;
}

/* Whether a delay is one that is known. */
static bool is_one(const struct hs_stem_field *f, double delay_s, double known_s)
{
    return fabs(delay_s - known_s) * f->rate_hz <= 1.5;
}

/* One delay, or two that drift apart. */
static enum hs_status settle(struct hs_stem_field *f, struct hs_feed *stem,
                             const struct hs_stem_sight s[2], int n, const double *known,
                             size_t n_known, struct hs_stem_place *out, struct hs_error *err)
{
    const double sample_s = 1 / f->rate_hz, length_s = (double)f->excerpt / f->coarse_hz;
    const struct hs_stem_sight *best = n == 2 && s[1].z > s[0].z ? &s[1] : &s[0];
    bool apart = n == 2 && s[0].z >= both_z && s[1].z >= both_z &&
                 fabs(s[0].delay_s - s[1].delay_s) > 1.5 * sample_s &&
                 fabs(s[1].from_s - s[0].from_s) > length_s / 2;
    out->delay_s = best->delay_s;
    /* a delay that other stems have is taken as it is */
    for (size_t i = 0; i < n_known && !apart; i++)
        if (is_one(f, best->delay_s, known[i])) {
            out->delay_s = known[i];
            return HS_OK;
        }
    enum hs_status status = HS_OK;
    double at[2] = {0}, delay[2] = {0};
    for (int i = 0; i < n && status == HS_OK; i++) {
        if (!apart && &s[i] != best)
            continue;
        at[i] = s[i].loud_s;
        delay[i] = s[i].delay_s;
        status = refine(f, stem, at[i], &(struct known){known, n_known}, &delay[i], err);
    }
    out->delay_s = delay[best - s];
    /* two excerpts that lie differently: another clock */
    if (status == HS_OK && apart && fabs(delay[1] - delay[0]) > sample_s) {
        out->drift = (delay[1] - delay[0]) / (at[1] - at[0]);
        out->delay_s = delay[0] - out->drift * at[0];
    }
    return status;
}

/* The place that lost to one that was known, to a sample. */
static enum hs_status settle_rival(struct hs_stem_field *f, struct hs_feed *stem,
                                   const struct hs_stem_sight *s, double *rival_s,
                                   struct hs_error *err)
{
    *rival_s = s->rival_s;
    if (isnan(s->rival_s))
        return HS_OK;
    return refine(f, stem, s->loud_s, &(struct known){0}, rival_s, err);
}

/* Two excerpts of the stem are looked for: first at delays that are known, then anywhere. */
enum hs_status hs_stem_find(struct hs_stem_field *f, const struct hs_source *source,
                            const struct hs_values *measures, const double *known, size_t n_known,
                            struct hs_stem_place *out, struct hs_error *err)
{
    struct hs_feed stem = {0};
    struct hs_stem_sight s[2] = {{.rival_s = NAN}, {.rival_s = NAN}};
    double from_s[2];
    const int n = hs_stem_excerpts(f, measures, from_s);
    double *first = HS_NEW_ARRAY(double, n_known + 2);
    if (n_known)
        memcpy(first, known, n_known * sizeof *known);
    first[n_known] = 0;
    *out = (struct hs_stem_place){.rival_s = NAN};
    enum hs_status status = hs_feed_open(&stem, source, f->rate_hz, err);
    for (int i = 0; i < n && status == HS_OK; i++) {
        if (i && s[0].z >= hs_stem_sure_z && f->excerpt > HS_STEM_GLANCE)
            status = hs_stem_glance(f, &stem, measures, from_s[i], s[0].delay_s, &s[i], err);
        if (i && status == HS_OK && s[i].z < hs_stem_sure_z) {
            first[n_known + 1] = s[0].delay_s;
            status = hs_stem_look(f, &stem, from_s[i], first, n_known + 2, s[0].z < hs_stem_sure_z,
                                  &s[i], err);
        } else if (!i) {
            status = hs_stem_look(f, &stem, from_s[i], first, n_known + 1, true, &s[i], err);
        }
    }
    out->z = fmax(s[0].z, s[1].z);
    out->found = out->z >= hs_stem_sure_z || agree(s, n);
    if (status == HS_OK && out->found)
        status = settle(f, &stem, s, n, known, n_known, out, err);
    if (status == HS_OK && out->found)
        status = settle_rival(f, &stem, &s[s[1].z > s[0].z], &out->rival_s, err);
    hs_feed_close(&stem);
    hs_free(first);
    return status;
}

enum hs_status hs_stem_confirm(struct hs_stem_field *f, const struct hs_source *source,
                               const struct hs_values *measures, double delay_s,
                               struct hs_stem_place *out, struct hs_error *err)
{
    struct hs_feed stem = {0};
    double from_s[2];
    const int n = hs_stem_excerpts(f, measures, from_s);
    *out = (struct hs_stem_place){.rival_s = NAN};
    enum hs_status status = hs_feed_open(&stem, source, f->rate_hz, err);
    bool there = f->excerpt > HS_STEM_GLANCE;
    for (int i = 0; i < n && there && status == HS_OK; i++) {
        struct hs_stem_sight s;
        status = hs_stem_glance(f, &stem, measures, from_s[i], delay_s, &s, err);
        there = status == HS_OK && s.z >= hs_stem_sure_z && is_one(f, s.delay_s, delay_s);
        out->z = fmax(out->z, s.z);
    }
    hs_feed_close(&stem);
    out->found = there;
    out->delay_s = delay_s;
    return status;
}

enum hs_status hs_stem_find_stretch(struct hs_stem_field *f, const struct hs_source *source,
                                    double from_s, double to_s, bool *found, double *delay_s,
                                    struct hs_error *err)
{
    struct hs_feed feed = {0};
    struct hs_stem_sight s = {.rival_s = NAN};
    enum hs_status status = hs_feed_open(&feed, source, f->rate_hz, err);
    if (status == HS_OK)
        status = hs_stem_look_between(f, &feed, from_s, to_s, &s, err);
    *found = status == HS_OK && s.z >= hs_stem_sure_z;
    *delay_s = s.delay_s;
    if (*found)
        status = refine(f, &feed, s.loud_s, &(struct known){0}, delay_s, err);
    hs_feed_close(&feed);
    return status;
}
