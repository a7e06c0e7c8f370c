/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The file is read whole at about 11 kHz, left + 0.8 right. Its spectra are made in blocks
 *    of two excerpts, and kept where they are few.
 * 2. Two excerpts of the stem (2^18 frames at most; one of a short stem) are taken where its
 * short-term loudness is highest, one in each half.
 * 3. Each is set against the file by generalised cross-correlation with phase transform, first
 *    around the known delays and 0, then at all lags. A peak at a known delay wins where it is
 *    nearly as high as the highest, or stands out by itself.
 * 4. The stem is found if a peak is 13 times the rms of the correlation, or if those of both
 *    excerpts are 6 times and agree within 2 ms.
 * 5. A delay within 1.5 frames of a known one is that one. Others are refined with 2^17 frames
 *    at the full rate. Where the two excerpts disagree by more than that, the stem drifts, and
 *    the line through both gives delay and drift.
 */
#include "stems/place.h"

#include "core/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EXCERPT = 1 << 18, PIECE = 1 << 17, MARGIN = 512, LEAST = 1 << 13, BLOCKS_KEPT = 32 };
static const double coarse_hz = 11025, low_hz = 80, high_hz = 8000;
/* Heights of a peak over the rms of the correlation at all lags: sure alone, and sure where both
 * excerpts agree. The highest of noise lies at 5; stems of other songs reached 6. */
static const double sure_z = 13, both_z = 6, agree_s = 0.002;
/* A peak at a delay that is known wins over one that is hardly higher: music repeats. So does one
 * that stands out for itself: an echo, or a drum that another microphone hears, is like what it
 * came from. */
static const double as_good = 0.85, own_peak = 6;
/* Weight of the right channel: a stem whose channels are inverted still has a sum. */
static const float right_share = 0.8f;

static enum hs_status read_coarse(struct hs_feed *feed, double from_s, size_t n, float *out,
                                  double *origin_s, struct hs_error *err)
{
    enum { STEP = 1 << 15 };
    enum hs_status status = hs_feed_seek(feed, from_s, err);
    *origin_s = feed->origin_s;
    for (size_t at = 0; at < n && status == HS_OK; at += STEP) {
        const float *x[2];
        const size_t take = n - at < STEP ? n - at : STEP;
        status = hs_feed_get(feed, (int64_t)at, take, x, err);
        for (size_t i = 0; status == HS_OK && i < take; i++)
            out[at + i] = x[0][i] + right_share * x[1][i];
    }
    return status;
}

/* Reads the file to its end at the low rate. */
static enum hs_status read_field(struct hs_stem_field *f, struct hs_error *err)
{
    enum { STEP = 1 << 15 };
    struct hs_feed feed;
    size_t cap = 0;
    enum hs_status status = hs_feed_open(&feed, f->source, f->coarse_hz, err);
    while (status == HS_OK) {
        const float *x[2];
        status = hs_feed_get(&feed, (int64_t)f->n, STEP, x, err);
        if (status != HS_OK)
            break;
        if (f->n + STEP > cap) {
            cap = 2 * cap + STEP;
            f->coarse = hs_realloc(f->coarse, cap, sizeof *f->coarse);
        }
        for (size_t i = 0; i < STEP; i++)
            f->coarse[f->n + i] = x[0][i] + right_share * x[1][i];
        f->n += STEP;
        if (feed.drained && feed.first + (int64_t)feed.n <= (int64_t)f->n)
            break;
    }
    f->length_s = (double)f->n / f->coarse_hz;
    hs_feed_close(&feed);
    return status;
}

enum hs_status hs_stem_field_open(struct hs_stem_field *f, const struct hs_source *source,
                                  double rate_hz, struct hs_error *err)
{
    *f = (struct hs_stem_field){.source = source, .rate_hz = rate_hz};
    f->coarse_hz = rate_hz / fmax(1, round(rate_hz / coarse_hz));
    enum hs_status status = read_field(f, err);
    if (status == HS_OK)
        status = hs_feed_open(&f->feed, source, rate_hz, err);
    if (status != HS_OK)
        return status;
    f->excerpt = LEAST;
    while (f->excerpt < EXCERPT && f->excerpt < f->n)
        f->excerpt *= 2;
    f->room = f->excerpt;
    hs_gcc_init(&f->gcc, 2 * f->excerpt, f->coarse_hz, low_hz, fmin(high_hz, 0.45 * f->coarse_hz));
    hs_gcc_init(&f->fine, 2 * PIECE, rate_hz, low_hz, fmin(high_hz, 0.45 * rate_hz));
    /* Blocks begin one excerpt before the file, so that a stem may begin earlier. */
    f->n_blocks = (f->n + f->excerpt) / f->room + 1;
    f->block = HS_NEW_ARRAY(float complex *, f->n_blocks);
    size_t bins = (f->excerpt > PIECE ? f->excerpt : PIECE) + 1;
    f->stem = hs_aligned(bins, sizeof *f->stem);
    f->local = hs_aligned(bins, sizeof *f->local);
    return HS_OK;
}

void hs_stem_field_close(struct hs_stem_field *f)
{
    for (size_t i = 0; f->block && i < f->n_blocks; i++)
        hs_free(f->block[i]);
    hs_free(f->block);
    hs_free(f->coarse);
    hs_free(f->stem);
    hs_free(f->local);
    hs_gcc_free(&f->gcc);
    hs_gcc_free(&f->fine);
    hs_feed_close(&f->feed);
    *f = (struct hs_stem_field){0};
}

/* The spectrum of the file from `from` on, twice an excerpt long, zeros outside. */
static void field_spectrum(struct hs_stem_field *f, int64_t from, float complex *out)
{
    const int64_t n = (int64_t)(2 * f->excerpt);
    int64_t first = from < 0 ? -from : 0, end = (int64_t)f->n - from;
    end = end > n ? n : end;
    float *x = HS_NEW_ARRAY(float, (size_t)n);
    if (end > first)
        memcpy(x + first, f->coarse + from + first, (size_t)(end - first) * sizeof *x);
    hs_gcc_spectrum(&f->gcc, x, (size_t)n, out);
    hs_free(x);
}

/* One excerpt of a stem, and where it was seen. */
struct sight {
    double from_s; /* where it begins in the stem */
    double delay_s, z, value;
};

/* Whether what lies at this lag is nearly the highest peak, or stands out and is one of its own. */
static bool is_peak(const struct hs_stem_field *f, double lag, double highest, double z)
{
    const long at = lround(lag), near = 2, around = 16;
    double own = 0, best = 0;
    if (at < around || at + around > (long)f->room)
        return false;
    for (long k = at - around; k <= at + around; k++) {
        double x = fabs((double)f->gcc.fft.time[k]);
        best = fmax(best, x);
        own = labs(k - at) <= near ? fmax(own, x) : own;
    }
    return own >= as_good * highest || (own >= best && own * z >= own_peak * highest);
}

/* The strongest likeness in one block; a known place that is a peak as well wins. Spectra of
 * blocks are kept where they fit. */
static void take_peak(struct hs_stem_field *f, int64_t from, const double *known, size_t n_known,
                      struct sight *s)
{
    const float complex *y = f->local;
    if (from % (int64_t)f->room == 0 && f->n_blocks <= BLOCKS_KEPT) {
        size_t at = (size_t)(from / (int64_t)f->room + 1);
        if (!f->block[at]) {
            f->block[at] = hs_aligned(f->excerpt + 1, sizeof **f->block);
            field_spectrum(f, from, f->block[at]);
        }
        y = f->block[at];
    } else {
        field_spectrum(f, from, f->local);
    }
    struct hs_gcc_peak p = hs_gcc_find(&f->gcc, f->stem, y, 0, (long)f->room, 0);
    double lag = p.lag;
    for (size_t i = 0; i < n_known; i++) {
        double at = (s->from_s + known[i]) * f->coarse_hz - (double)from;
        if (is_peak(f, at, fabs(p.value), p.z))
            lag = fabs(p.lag - at) > 3 ? at : p.lag;
    }
    if (p.z > s->z) {
        s->z = p.z;
        s->value = p.value;
        s->delay_s = ((double)from + lag) / f->coarse_hz - s->from_s;
    }
}

/* Around the delays that are known, then wherever it may be. */
static void search(struct hs_stem_field *f, const double *known, size_t n_known, bool everywhere,
                   struct sight *s)
{
    for (size_t i = 0; i < n_known && s->z < sure_z; i++) {
        double at = (s->from_s + known[i]) * f->coarse_hz;
        if (at > -(double)f->n && at < 2 * (double)f->n)
            take_peak(f, (int64_t)floor(at) - (int64_t)f->room / 2, known, n_known, s);
    }
    for (size_t b = 0; everywhere && b < f->n_blocks; b++)
        take_peak(f, ((int64_t)b - 1) * (int64_t)f->room, known, n_known, s);
}

/* Where `length_s` of the stem are loudest, beginning between both times. */
static double loudest(const struct hs_values *measures, double length_s, double from_s, double to_s)
{
    const struct hs_value *v = measures ? hs_values_get(measures, "short_term_lufs") : NULL;
    double best = -1, at_s = from_s;
    if (!v || v->kind != HS_SERIES || v->step_s <= 0)
        return at_s;
    const size_t span = (size_t)fmax(1, length_s / v->step_s);
    for (size_t i = 0; i + span <= v->n; i++) {
        double start = v->start_s + (double)i * v->step_s, sum = 0;
        if (start < from_s || start > to_s)
            continue;
        for (size_t k = i; k < i + span; k++)
            if (isfinite(v->series[k])) /* long rather than loud */
                sum += pow(10, (double)v->series[k] / 40);
        if (sum > best) {
            best = sum;
            at_s = start;
        }
    }
    return at_s;
}

/* To a sample: a piece at the full rate, around where the excerpt was seen. */
static enum hs_status refine(struct hs_stem_field *f, struct hs_feed *stem, double at_s,
                             double *delay_s, struct hs_error *err)
{
    const float *x[2], *y[2];
    enum { SPAN = PIECE + 2 * MARGIN };
    float *sum = HS_NEW_ARRAY(float, SPAN);
    enum hs_status status = hs_feed_seek(stem, at_s, err);
    if (status == HS_OK)
        status = hs_feed_get(stem, 0, PIECE, x, err);
    for (size_t i = 0; status == HS_OK && i < PIECE; i++)
        sum[i] = x[0][i] + right_share * x[1][i];
    if (status == HS_OK) {
        hs_gcc_spectrum(&f->fine, sum, PIECE, f->stem);
        status = hs_feed_seek(&f->feed, fmax(0, stem->origin_s + *delay_s - 1), err);
    }
    double expected = (stem->origin_s + *delay_s - f->feed.origin_s) * f->rate_hz;
    int64_t from = (int64_t)floor(expected) - MARGIN;
    if (status == HS_OK)
        status = hs_feed_get(&f->feed, from, SPAN, y, err);
    for (size_t i = 0; status == HS_OK && i < SPAN; i++)
        sum[i] = y[0][i] + right_share * y[1][i];
    if (status == HS_OK) {
        hs_gcc_spectrum(&f->fine, sum, SPAN, f->local);
        struct hs_gcc_peak p = hs_gcc_find(&f->fine, f->stem, f->local, 0, 2 * MARGIN, 0);
        *delay_s = f->feed.origin_s + ((double)from + p.lag) / f->rate_hz - stem->origin_s;
    }
    hs_free(sum);
    return status;
}

static bool agree(const struct sight s[2], int n)
{
    return n == 2 && s[0].z >= both_z && s[1].z >= both_z &&
           fabs(s[0].delay_s - s[1].delay_s) <= agree_s;
}

/* One delay, or two that drift apart. */
static enum hs_status settle(struct hs_stem_field *f, const struct hs_source *source,
                             const struct hs_values *measures, const struct sight s[2], int n,
                             const double *known, size_t n_known, struct hs_stem_place *out,
                             struct hs_error *err)
{
    struct hs_feed stem = {0};
    const double sample_s = 1 / f->rate_hz, length_s = (double)f->excerpt / f->coarse_hz;
    const struct sight *best = n == 2 && s[1].z > s[0].z ? &s[1] : &s[0];
    bool apart = n == 2 && s[0].z >= both_z && s[1].z >= both_z &&
                 fabs(s[0].delay_s - s[1].delay_s) > 1.5 * sample_s &&
                 fabs(s[1].from_s - s[0].from_s) > length_s / 2;
    out->delay_s = best->delay_s;
    for (size_t i = 0; i < n_known && !apart; i++)
        if (fabs(known[i] - best->delay_s) <= 1.5 * sample_s) {
            out->delay_s = known[i];
            return HS_OK;
        }
    enum hs_status status = hs_feed_open(&stem, source, f->rate_hz, err);
    double at[2] = {0}, delay[2] = {0};
    const double piece_s = (double)PIECE / f->rate_hz;
    for (int i = 0; i < n && status == HS_OK; i++) {
        if (!apart && &s[i] != best)
            continue;
        at[i] = loudest(measures, piece_s, s[i].from_s, s[i].from_s + length_s - piece_s);
        delay[i] = s[i].delay_s;
        status = refine(f, &stem, at[i], &delay[i], err);
    }
    hs_feed_close(&stem);
    out->delay_s = delay[best - s];
    if (status == HS_OK && apart && fabs(delay[1] - delay[0]) > sample_s) {
        out->drift = (delay[1] - delay[0]) / (at[1] - at[0]);
        out->delay_s = delay[0] - out->drift * at[0];
    }
    return status;
}

static enum hs_status look(struct hs_stem_field *f, struct hs_feed *stem, double from_s,
                           const double *known, size_t n_known, bool everywhere, struct sight *out,
                           struct hs_error *err)
{
    float *x = HS_NEW_ARRAY(float, f->excerpt);
    *out = (struct sight){0};
    enum hs_status status = read_coarse(stem, from_s, f->excerpt, x, &out->from_s, err);
    if (status == HS_OK) {
        hs_gcc_spectrum(&f->gcc, x, f->excerpt, f->stem);
        search(f, known, n_known, everywhere, out);
    }
    hs_free(x);
    return status;
}

enum hs_status hs_stem_find(struct hs_stem_field *f, const struct hs_source *source,
                            const struct hs_values *measures, const double *known, size_t n_known,
                            struct hs_stem_place *out, struct hs_error *err)
{
    struct hs_feed stem = {0};
    struct sight s[2] = {0};
    double own_s = measures ? hs_values_or_nan(measures, "duration_s") : NAN;
    const double length_s = (double)f->excerpt / f->coarse_hz;
    double late_s = fmax(0, (isfinite(own_s) ? own_s : f->length_s) - length_s);
    double *first = HS_NEW_ARRAY(double, n_known + 2);
    memcpy(first, known, n_known * sizeof *known);
    first[n_known] = 0;
    *out = (struct hs_stem_place){0};
    int n = late_s > length_s / 2 ? 2 : 1;
    enum hs_status status = hs_feed_open(&stem, source, f->coarse_hz, err);
    for (int i = 0; i < n && status == HS_OK; i++) {
        double from =
            n == 1 ? 0 : loudest(measures, length_s, i ? late_s / 2 : 0, i ? late_s : late_s / 2);
        if (i) {
            first[n_known + 1] = s[0].delay_s;
            status = look(f, &stem, from, first, n_known + 2, s[0].z < sure_z, &s[i], err);
        } else {
            status = look(f, &stem, from, first, n_known + 1, false, &s[i], err);
            if (status == HS_OK && s[i].z < sure_z)
                status = look(f, &stem, from, first, n_known + 1, true, &s[i], err);
        }
    }
    hs_feed_close(&stem);
    out->z = fmax(s[0].z, s[1].z);
    out->found = out->z >= sure_z || agree(s, n);
    if (status == HS_OK && out->found)
        status = settle(f, source, measures, s, n, known, n_known, out, err);
    hs_free(first);
    return status;
}
