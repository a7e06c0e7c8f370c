/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The file is read whole at about 11 kHz, left + 0.8 right: the rate of the clock divided by a
 * power of two. Spectra of its blocks are made when they are wanted.
 */
#include "stems/field.h"

#include "core/alloc.h"
#include "dsp/decimate.h"
#include "media/reader.h"

#include <math.h>
#include <string.h>

enum { EXCERPT = 1 << 18, LEAST = 1 << 13, STEP = HS_STEM_STEP };
static const double coarse_hz = 11025, low_hz = 80, high_hz = 8000;
const float hs_stem_right_share = 0.8f;

/* A signal of two channels becomes one at the low rate, piece by piece. */
struct coarse {
    struct hs_decimator decimator;
    float *sum;
};

static void coarse_open(struct coarse *c, size_t factor)
{
    hs_decimator_init(&c->decimator, factor);
    c->sum = HS_NEW_ARRAY(float, STEP);
}

static void coarse_close(struct coarse *c)
{
    hs_decimator_free(&c->decimator);
    hs_free(c->sum);
}

/* STEP frames of the feed from `at` on, left and some of right: a stem on either side alone is
 * still found. What comes of them is added behind *n frames of `out`. */
static enum hs_status coarse_run(struct coarse *c, struct hs_feed *feed, int64_t at, float *out,
                                 size_t *n, struct hs_error *err)
{
    const float *x[2];
    enum hs_status status = hs_feed_get(feed, at, STEP, x, err);
    if (status != HS_OK)
        return status;
    for (size_t i = 0; i < STEP; i++)
        c->sum[i] = x[0][i] + hs_stem_right_share * x[1][i];
    *n += hs_decimator_run(&c->decimator, c->sum, STEP, out + *n);
    return HS_OK;
}

enum hs_status hs_stem_read_coarse(const struct hs_stem_field *f, struct hs_feed *feed,
                                   double from_s, size_t n, float *out, double *origin_s,
                                   struct hs_error *err)
{
    struct coarse c;
    size_t made = 0;
    enum hs_status status = hs_feed_seek(feed, from_s, err);
    *origin_s = feed->origin_s;
    coarse_open(&c, f->factor);
    for (int64_t at = 0; made < n && status == HS_OK; at += STEP)
        status = coarse_run(&c, feed, at, out, &made, err);
    coarse_close(&c);
    return status;
}

/* Frames at the low rate of so many seconds, an hour at most, and of the step behind them. */
static size_t room_for(const struct hs_stem_field *f, double length_s)
{
    const double most_s = 3600;
    return (size_t)(fmax(0, fmin(length_s, most_s)) * f->coarse_hz) + 2 * STEP;
}

/* Reads the file to its end at the low rate. */
static enum hs_status read_field(struct hs_stem_field *f, struct hs_error *err)
{
    struct hs_feed feed;
    struct coarse c;
    enum hs_status status = hs_feed_open(&feed, f->source, f->rate_hz, err);
    /* as many as the header says, and more where it is wrong */
    size_t cap = status == HS_OK ? room_for(f, hs_reader_stream(feed.reader)->duration_s) : 0;
    if (cap)
        f->coarse = HS_NEW_ARRAY(float, cap);
    coarse_open(&c, f->factor);
    for (int64_t at = 0; status == HS_OK; at += STEP) {
        if (f->n + STEP > cap) {
            cap = 2 * cap + STEP;
            f->coarse = hs_realloc(f->coarse, cap, sizeof *f->coarse);
        }
        status = coarse_run(&c, &feed, at, f->coarse, &f->n, err);
        /* the end of the file, which its header may not know */
        if (feed.drained && feed.first + (int64_t)feed.n <= at + STEP)
            break;
    }
    f->length_s = (double)f->n / f->coarse_hz;
    coarse_close(&c);
    hs_feed_close(&feed);
    return status;
}

/* What was read of a file. */
static void forget_file(struct hs_stem_field *f)
{
    for (size_t i = 0; f->block && i < f->n_blocks; i++)
        hs_free(f->block[i]);
    hs_free(f->block);
    hs_free(f->coarse);
    hs_feed_close(&f->feed);
    f->block = NULL;
    f->coarse = NULL;
    f->n = f->n_blocks = 0;
}

/* What excerpts of this length are looked for with. */
static void forget_tools(struct hs_stem_field *f)
{
    hs_free(f->stem);
    hs_free(f->local);
    hs_free(f->taken);
    hs_gcc_free(&f->gcc);
    hs_gcc_free(&f->glance);
    hs_gcc_free(&f->fine);
    for (size_t i = 0; i < HS_STEM_EXCERPTS_KEPT; i++)
        hs_free(f->kept[i].x);
}

static void make_tools(struct hs_stem_field *f, size_t excerpt)
{
    const double rate_hz = f->rate_hz;
    f->excerpt = f->room = excerpt;
    hs_gcc_init(&f->gcc, 2 * f->excerpt, f->coarse_hz, low_hz, fmin(high_hz, 0.45 * f->coarse_hz));
    hs_gcc_init(&f->glance, 2 * HS_STEM_GLANCE, f->coarse_hz, low_hz,
                fmin(high_hz, 0.45 * f->coarse_hz));
    hs_gcc_init(&f->fine, 2 * HS_STEM_PIECE, rate_hz, low_hz, fmin(high_hz, 0.45 * rate_hz));
    size_t bins = (f->excerpt > HS_STEM_PIECE ? f->excerpt : HS_STEM_PIECE) + 1;
    f->stem = hs_aligned(bins, sizeof *f->stem);
    f->local = hs_aligned(bins, sizeof *f->local);
    f->taken =
        HS_NEW_ARRAY(float, (f->excerpt > HS_STEM_GLANCE ? f->excerpt : HS_STEM_GLANCE) + STEP);
}

/* Reads the whole file once, at a low rate; blocks are transformed when they are first asked for.
 */
enum hs_status hs_stem_field_open(struct hs_stem_field *f, const struct hs_source *source,
                                  double rate_hz, struct hs_error *err)
{
    size_t excerpt = LEAST;
    forget_file(f);
    if (f->rate_hz != rate_hz)
        hs_stem_field_close(f);
    f->source = source;
    f->rate_hz = rate_hz;
    f->factor = (size_t)1 << (size_t)fmax(0, round(log2(rate_hz / coarse_hz)));
    f->coarse_hz = rate_hz / (double)f->factor;
    enum hs_status status = read_field(f, err);
    if (status == HS_OK)
        status = hs_feed_open(&f->feed, source, rate_hz, err);
    if (status != HS_OK)
        return status;
    while (excerpt < EXCERPT && excerpt < f->n)
        excerpt *= 2;
    if (f->excerpt != excerpt) {
        forget_tools(f);
        memset(f->kept, 0, sizeof f->kept);
        make_tools(f, excerpt);
    }
    /* Blocks begin one excerpt before the file, so that a stem may begin earlier. */
    f->n_blocks = (f->n + f->excerpt) / f->room + 1;
    f->block = HS_NEW_ARRAY(float complex *, f->n_blocks);
    return HS_OK;
}

/* A zeroed one is fine. */
void hs_stem_field_close(struct hs_stem_field *f)
{
    forget_file(f);
    forget_tools(f);
    *f = (struct hs_stem_field){0};
}

void hs_stem_field_spectrum(const struct hs_stem_field *f, struct hs_gcc *g, int64_t from,
                            float complex *out)
{
    const int64_t n = (int64_t)g->fft.n;
    int64_t first = from < 0 ? -from : 0, end = (int64_t)f->n - from;
    end = end > n ? n : end;
    float *x = g->fft.time;
    if (end <= first)
        first = end = n;
    memset(x, 0, (size_t)first * sizeof *x);
    if (end > first)
        memcpy(x + first, f->coarse + from + first, (size_t)(end - first) * sizeof *x);
    memset(x + end, 0, (size_t)(n - end) * sizeof *x);
    hs_fft_forward_of(&g->fft, x, out);
}
