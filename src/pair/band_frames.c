/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frames of 1024 under a Hann window, half overlapping; sums over both channels and over the
 * bins of a band.
 */
#include "pair/band_frames.h"

#include "core/alloc.h"
#include "dsp/fft.h"
#include "pair/gain.h"

#include <math.h>
#include <string.h>

const double hs_band_gain_edges_hz[HS_MODEL_BANDS + 1] = {86, 172, 650, 2500, 8000, 16000};
static const double fine_edges_hz[HS_FINE_BANDS + 1] = {21,   86,   129,  172,  301,  431,  650,
                                                        1000, 1600, 2500, 4000, 6400, 16000};
enum { KNOTS = HS_BAND_FRAME / HS_GAIN_KNOT, BINS = HS_BAND_FRAME / 2, LANES = 4 };
typedef float lanes __attribute__((vector_size(LANES * sizeof(float))));

/* Room for the frames of all stretches. */
static void frames_init(struct hs_band_frames *f, const struct hs_stretches *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_items; i++)
        n += s->item[i].n / HS_BAND_HOP;
    f->n = 0;
    f->fine_left = 0, f->fine_all = 1e-20;
    f->xx = hs_calloc(n + 1, sizeof *f->xx);
    f->xy = hs_calloc(n + 1, sizeof *f->xy);
    f->yy = hs_calloc(n + 1, sizeof *f->yy);
    f->gain = HS_NEW_ARRAY(double, n + 1);
}

void hs_band_frames_free(struct hs_band_frames *f)
{
    hs_free(f->xx);
    hs_free(f->xy);
    hs_free(f->yy);
    hs_free(f->gain);
}

static void spectrum(struct hs_fft *fft, const float *window, const float *x, float complex *out)
{
    for (size_t i = 0; i < HS_BAND_FRAME; i++)
        fft->time[i] = x[i] * window[i];
    hs_fft_forward_of(fft, fft->time, out);
}

/* Powers and products of the bins of one frame. */
struct products {
    float xx[BINS], xy[BINS], yy[BINS];
};

/* Real and imaginary parts one by one, so that they become vectors. */
static void multiply(const float complex *x, const float complex *y, struct products *out)
{
    const float *a = (const float *)x, *b = (const float *)y;
    for (size_t k = 0; k < BINS; k++) {
        const float re = a[2 * k], im = a[2 * k + 1], to_re = b[2 * k], to_im = b[2 * k + 1];
        out->xx[k] = re * re + im * im;
        out->xy[k] = re * to_re + im * to_im;
        out->yy[k] = to_re * to_re + to_im * to_im;
    }
}

/* Of the bins [from, to), in lanes. */
static double sum_of(const float *x, size_t from, size_t to)
{
    lanes sum = {0}, now;
    double out = 0;
    for (; from + LANES <= to; from += LANES) {
        memcpy(&now, x + from, sizeof now);
        sum += now;
    }
    for (; from < to; from++)
        out += (double)x[from];
    for (size_t j = 0; j < LANES; j++)
        out += (double)sum[j];
    return out;
}

static void add_bands(const struct products *p, const size_t edge[], double xx[], double xy[],
                      double yy[])
{
    for (size_t b = 0; b < HS_MODEL_BANDS; b++) {
        xx[b] += sum_of(p->xx, edge[b], edge[b + 1]);
        xy[b] += sum_of(p->xy, edge[b], edge[b + 1]);
        yy[b] += sum_of(p->yy, edge[b], edge[b + 1]);
    }
}

static void find_edges(const double *hz, size_t n, double rate_hz, size_t *edge)
{
    for (size_t b = 0; b <= n; b++) {
        edge[b] = (size_t)lround(hz[b] * HS_BAND_FRAME / rate_hz);
        edge[b] = edge[b] > HS_BAND_FRAME / 2 ? HS_BAND_FRAME / 2 : edge[b];
    }
}

/* What a gain of its own for each fine band of both channels leaves of one frame. */
static void add_fine(struct hs_band_frames *f, const struct products of[2], const size_t edge[])
{
    for (size_t b = 0; b < HS_FINE_BANDS; b++) {
        double xx = 1e-20, xy = 0, yy = 0;
        for (int c = 0; c < 2; c++) {
            xx += sum_of(of[c].xx, edge[b], edge[b + 1]);
            xy += sum_of(of[c].xy, edge[b], edge[b + 1]);
            yy += sum_of(of[c].yy, edge[b], edge[b + 1]);
        }
        f->fine_left += yy - (xy > 0 ? xy * xy / xx : 0);
        f->fine_all += yy;
    }
}

/* Powers and products by band, and beside them the gain that was found over all bands. */
void hs_band_frames_fill(struct hs_band_frames *f, const struct hs_stretches *s,
                         const float *const x1[2], const float *const y[2], const float *gain)
{
    struct hs_fft fft;
    struct products of[2];
    frames_init(f, s);
    size_t edge[HS_MODEL_BANDS + 1], fine[HS_FINE_BANDS + 1];
    float *window = hs_aligned(HS_BAND_FRAME, sizeof *window);
    float complex *x[2], *z[2];
    for (int c = 0; c < 2; c++) {
        x[c] = hs_aligned(HS_BAND_FRAME / 2 + 1, sizeof **x);
        z[c] = hs_aligned(HS_BAND_FRAME / 2 + 1, sizeof **z);
    }
    hs_fft_init(&fft, HS_BAND_FRAME);
    hs_window_hann(window, HS_BAND_FRAME);
    find_edges(hs_band_gain_edges_hz, HS_MODEL_BANDS, s->rate_hz, edge);
    find_edges(fine_edges_hz, HS_FINE_BANDS, s->rate_hz, fine);
    for (size_t i = 0; i < s->n_items; i++)
        for (size_t at = 0; at + HS_BAND_FRAME <= s->item[i].n; at += HS_BAND_HOP) {
            const size_t from = s->item[i].at + at, now = f->n++;
            double sum = 0, weight = 0;
            for (size_t k = 0; gain && k < KNOTS; k++) {
                double w = (double)window[k * HS_GAIN_KNOT + HS_GAIN_KNOT / 2];
                sum += w * (double)gain[from / HS_GAIN_KNOT + k];
                weight += w;
            }
            f->gain[now] = gain ? sum / weight : 1;
            for (int c = 0; c < 2; c++) {
                spectrum(&fft, window, x1[c] + from, x[c]);
                spectrum(&fft, window, y[c] + from, z[c]);
                multiply(x[c], z[c], &of[c]);
                add_bands(&of[c], edge, f->xx[now], f->xy[now], f->yy[now]);
            }
            if (gain)
                add_fine(f, of, fine);
        }
    hs_fft_free(&fft);
    hs_free(window);
    for (int c = 0; c < 2; c++) {
        hs_free(x[c]);
        hs_free(z[c]);
    }
}
