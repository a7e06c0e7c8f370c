/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Two excerpts of the stem (2^18 frames at most; one of a short stem) are taken where its
 *    short-term loudness is highest, one in each half.
 * 2. Each is set against the file by generalised cross-correlation with phase transform, first
 *    around the known delays, then at all lags. A peak at a known delay wins where it is nearly as
 *    high as the highest, or stands out by itself.
 * 3. Spectra of blocks of the file are kept where they are few.
 */
#include "stems/sight.h"

#include "core/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS_KEPT = 32 };
const double hs_stem_sure_z = 13;
/* A peak at a delay that is known wins over one that is hardly higher: music repeats. So does one
 * that stands out for itself: an echo, or a drum that another microphone hears, is like what it
 * came from. */
static const double as_good = 0.85, own_peak = 6;
/* Frames of the low rate within which two lags are one. */
static const double same_lag = 3;

double hs_stem_height(const struct hs_gcc *g, double lag, long within, struct hs_gcc_peak of)
{
    double own = 0;
    for (long k = lround(fmax(lag, (double)within)) - within; k <= lround(lag) + within; k++)
        own = fmax(own, fabs((double)g->fft.time[k]));
    return of.z > 0 ? own * of.z / fabs(of.value) : 0;
}

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

/* The spectrum of the file from `from` on. Those of blocks are kept where they are few. */
static const float complex *spectrum_from(struct hs_stem_field *f, int64_t from)
{
    const int64_t block = from / (int64_t)f->room + 1;
    if (from % (int64_t)f->room != 0 || f->n_blocks > BLOCKS_KEPT || block < 0 ||
        block >= (int64_t)f->n_blocks) {
        hs_stem_field_spectrum(f, &f->gcc, from, f->local);
        return f->local;
    }
    const size_t at = (size_t)block;
    if (!f->block[at]) {
        f->block[at] = hs_aligned(f->excerpt + 1, sizeof **f->block);
        hs_stem_field_spectrum(f, &f->gcc, from, f->block[at]);
    }
    return f->block[at];
}

/* The strongest likeness from there on; a known place that is a peak as well wins. */
static void take_peak(struct hs_stem_field *f, int64_t from, const double *known, size_t n_known,
                      struct hs_stem_sight *s)
{
    const float complex *y = spectrum_from(f, from);
    struct hs_gcc_peak p = hs_gcc_find(&f->gcc, f->stem, y, 0, (long)f->room, 0);
    double lag = p.lag;
    for (size_t i = 0; i < n_known; i++) {
        double at = (s->from_s + known[i]) * f->coarse_hz - (double)from;
        if (is_peak(f, at, fabs(p.value), p.z))
            lag = fabs(p.lag - at) > same_lag ? at : p.lag;
    }
    if (p.z > s->z) {
        const double begins = (double)from / f->coarse_hz - s->from_s;
        s->z = p.z;
        s->delay_s = begins + lag / f->coarse_hz;
        s->rival_s = fabs(lag - p.lag) > same_lag ? begins + p.lag / f->coarse_hz : NAN;
    }
}

/* Where to look for what is expected at this frame: a block whose spectrum is kept, if it does not
 * lie at the ends of what that block shows. */
static int64_t window_around(const struct hs_stem_field *f, double at)
{
    const int64_t room = (int64_t)f->room, edge = 64, frame = (int64_t)floor(at);
    const int64_t block = (frame + room) / room - 1, within = frame - block * room;
    if (frame < -room || block + 1 >= (int64_t)f->n_blocks || within < edge ||
        within >= room - edge)
        return frame - room / 2;
    return block * room;
}

/* Around the delays that are known, then, where it is not sure there, wherever it may be. */
static void search(struct hs_stem_field *f, const double *known, size_t n_known, bool everywhere,
                   struct hs_stem_sight *s)
{
    for (size_t i = 0; i < n_known && s->z < hs_stem_sure_z; i++) {
        double at = (s->from_s + known[i]) * f->coarse_hz;
        if (at > -(double)f->n && at < 2 * (double)f->n)
            take_peak(f, window_around(f, at), known, n_known, s);
    }
    everywhere = everywhere && s->z < hs_stem_sure_z;
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

/* Where a piece for the full rate begins that is loudest among n frames at the low rate. */
static size_t loudest_frame(const struct hs_stem_field *f, const float *x, size_t n)
{
    enum { STEP = 1024 };
    const size_t piece = HS_STEM_PIECE / f->factor;
    double sum = 0, best = -1;
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        sum += (double)(x[i] * x[i]);
        sum -= i >= piece ? (double)(x[i - piece] * x[i - piece]) : 0;
        if (i + 1 >= piece && (i + 1 - piece) % STEP == 0 && sum > best) {
            best = sum;
            at = i + 1 - piece;
        }
    }
    return at;
}

/* An excerpt that was read before; NULL: it was not, or has made room. */
static const struct hs_stem_excerpt *kept_excerpt(const struct hs_stem_field *f,
                                                  const struct hs_source *source, double from_s)
{
    for (size_t i = 0; i < HS_STEM_EXCERPTS_KEPT; i++)
        if (f->kept[i].source == source && f->kept[i].asked_s == from_s)
            return &f->kept[i];
    return NULL;
}

/* Takes the place of the oldest one. */
static void keep_excerpt(struct hs_stem_field *f, const struct hs_source *source, double asked_s,
                         double from_s)
{
    struct hs_stem_excerpt *e = &f->kept[f->n_kept++ % HS_STEM_EXCERPTS_KEPT];
    if (!e->x)
        e->x = HS_NEW_ARRAY(float, f->excerpt);
    e->source = source;
    e->asked_s = asked_s;
    e->from_s = from_s;
    memcpy(e->x, f->taken, f->excerpt * sizeof *e->x);
}

/* A whole excerpt; stems that match at several delays are asked twice and more. */
static enum hs_status read_excerpt(struct hs_stem_field *f, struct hs_feed *stem, double from_s,
                                   double *begins_s, struct hs_error *err)
{
    const struct hs_stem_excerpt *e = kept_excerpt(f, stem->source, from_s);
    if (e) {
        *begins_s = e->from_s;
        memcpy(f->taken, e->x, f->excerpt * sizeof *e->x);
        return HS_OK;
    }
    enum hs_status status =
        hs_stem_read_coarse(f, stem, from_s, f->excerpt, f->taken, begins_s, err);
    if (status == HS_OK && stem->rate_hz == f->rate_hz)
        keep_excerpt(f, stem->source, from_s, *begins_s);
    return status;
}

/* The stem from `from_s` on at the low rate, half as long as `g` and to `to_s` at most: its
 * spectrum. */
static enum hs_status take_excerpt(struct hs_stem_field *f, struct hs_gcc *g, struct hs_feed *stem,
                                   double from_s, double to_s, struct hs_stem_sight *at,
                                   struct hs_error *err)
{
    const size_t n = g->fft.n / 2;
    float *x = f->taken;
    enum hs_status status = g == &f->gcc
                                ? read_excerpt(f, stem, from_s, &at->from_s, err)
                                : hs_stem_read_coarse(f, stem, from_s, n, x, &at->from_s, err);
    for (size_t i = 0; i < n && status == HS_OK; i++)
        x[i] = at->from_s + (double)i / f->coarse_hz < to_s ? x[i] : 0;
    if (status == HS_OK)
        hs_gcc_spectrum(g, x, n, f->stem);
    at->loud_s = at->from_s + (double)loudest_frame(f, x, n) / f->coarse_hz;
    return status;
}

enum hs_status hs_stem_look(struct hs_stem_field *f, struct hs_feed *stem, double from_s,
                            const double *known, size_t n_known, bool everywhere,
                            struct hs_stem_sight *out, struct hs_error *err)
{
    *out = (struct hs_stem_sight){.rival_s = NAN};
    enum hs_status status = take_excerpt(f, &f->gcc, stem, from_s, INFINITY, out, err);
    if (status == HS_OK)
        search(f, known, n_known, everywhere, out);
    return status;
}

/* Some loud seconds of the second excerpt, where the first one was seen: most stems lie there. */
enum hs_status hs_stem_glance(struct hs_stem_field *f, struct hs_feed *stem,
                              const struct hs_values *measures, double from_s, double delay_s,
                              struct hs_stem_sight *out, struct hs_error *err)
{
    enum { AROUND = 1024 };
    const double length_s = (double)f->excerpt / f->coarse_hz;
    const double piece_s = (double)HS_STEM_GLANCE / f->coarse_hz;
    const double at_s = loudest(measures, piece_s, from_s, from_s + length_s - piece_s);
    *out = (struct hs_stem_sight){.rival_s = NAN};
    enum hs_status status = take_excerpt(f, &f->glance, stem, at_s, INFINITY, out, err);
    if (status != HS_OK)
        return status;
    const int64_t from = llround((out->from_s + delay_s) * f->coarse_hz) - AROUND;
    hs_stem_field_spectrum(f, &f->glance, from, f->local);
    struct hs_gcc_peak p = hs_gcc_find(&f->glance, f->stem, f->local, 0, 2 * AROUND, 0);
    out->z = p.z;
    out->delay_s = ((double)from + p.lag) / f->coarse_hz - out->from_s;
    return HS_OK;
}

/* Where the excerpts of a stem begin; how many there are. */
int hs_stem_excerpts(const struct hs_stem_field *f, const struct hs_values *measures,
                     double from_s[2])
{
    const double length_s = (double)f->excerpt / f->coarse_hz;
    double own_s = measures ? hs_values_or_nan(measures, "duration_s") : NAN;
    double late_s = fmax(0, (isfinite(own_s) ? own_s : f->length_s) - length_s);
    const int n = late_s > length_s / 2 ? 2 : 1;
    for (int i = 0; i < n; i++)
        from_s[i] =
            n == 1 ? 0 : loudest(measures, length_s, i ? late_s / 2 : 0, i ? late_s : late_s / 2);
    return n;
}

enum hs_status hs_stem_look_between(struct hs_stem_field *f, struct hs_feed *stem, double from_s,
                                    double to_s, struct hs_stem_sight *out, struct hs_error *err)
{
    *out = (struct hs_stem_sight){.rival_s = NAN};
    enum hs_status status = take_excerpt(f, &f->gcc, stem, from_s, to_s, out, err);
    if (status == HS_OK)
        search(f, NULL, 0, true, out);
    return status;
}

/* Of the delays whose lags one block shows. */
static void add_heights(struct hs_stem_field *f, int64_t from, double origin_s,
                        const double *delay_s, size_t n, double *height)
{
    struct hs_gcc_peak peak = {.z = NAN};
    for (size_t k = 0; k < n; k++) {
        const double lag = (origin_s + delay_s[k]) * f->coarse_hz - (double)from;
        if (!(lag >= 0 && lag < (double)f->room))
            continue;
        if (isnan(peak.z))
            peak = hs_gcc_find(&f->gcc, f->stem, spectrum_from(f, from), 0, (long)f->room, 0);
        height[k] += hs_stem_height(&f->gcc, lag, 2, peak);
    }
}

/* How strongly the stem shows at each of these delays, over all excerpts. */
enum hs_status hs_stem_heights(struct hs_stem_field *f, const struct hs_source *source,
                               const struct hs_values *measures, const double *delay_s, size_t n,
                               double *height, struct hs_error *err)
{
    struct hs_feed stem = {0};
    struct hs_stem_sight at;
    double from_s[2];
    const int n_excerpts = hs_stem_excerpts(f, measures, from_s);
    enum hs_status status = hs_feed_open(&stem, source, f->rate_hz, err);
    for (size_t k = 0; k < n; k++)
        height[k] = 0;
    for (int i = 0; i < n_excerpts && status == HS_OK; i++) {
        status = take_excerpt(f, &f->gcc, &stem, from_s[i], INFINITY, &at, err);
        for (size_t b = 0; b < f->n_blocks && status == HS_OK; b++)
            add_heights(f, ((int64_t)b - 1) * (int64_t)f->room, at.from_s, delay_s, n, height);
    }
    hs_feed_close(&stem);
    return status;
}
