/* SPDX-License-Identifier: Apache-2.0 */
/* Adds up the shared spectra over the file; measure/longterm.h reads what it leaves. */
#include "core/alloc.h"
#include "dsp/kernels.h"
#include "dsp/spectral.h"
#include "measure/analyser.h"
#include "measure/longterm.h"

/* Short sums in single precision, emptied into double ones now and then: the error of a
 * long file stays that of FLUSH additions. */
enum { FLUSH = 64 };

struct sums {
    const struct hs_kernels *kernels;
    size_t n_bins;
    int64_t n_frames;
    double hop_s, bin_hz;
    float *recent[HS_LT_PARTS];
    double *total[HS_LT_PARTS];
};

struct state {
    struct sums sums[2];
};

static void prepare(struct sums *s, const struct hs_spectrum *f)
{
    s->kernels = hs_kernels_choose();
    s->n_bins = f->n_bins;
    s->hop_s = f->hop_s;
    s->bin_hz = f->bin_hz;
    for (int p = 0; p < HS_LT_PARTS; p++) {
        s->recent[p] = hs_aligned(f->n_bins, sizeof *s->recent[p]);
        s->total[p] = hs_aligned(f->n_bins, sizeof *s->total[p]);
    }
}

static void flush(struct sums *s)
{
    for (int p = 0; p < HS_LT_PARTS; p++)
        hs_spectral_flush(s->total[p], s->recent[p], s->n_bins);
}

static void spectrum(void *state, const struct hs_spectrum *f)
{
    struct sums *s = &((struct state *)state)->sums[f->resolution];
    if (!s->n_bins)
        prepare(s, f);
    s->kernels->add(s->recent[HS_LT_LEFT], f->power_left, s->n_bins);
    if (!f->mono) {
        s->kernels->add(s->recent[HS_LT_RIGHT], f->power_right, s->n_bins);
        s->kernels->add(s->recent[HS_LT_MID], f->power_mid, s->n_bins);
        s->kernels->add(s->recent[HS_LT_SIDE], f->power_side, s->n_bins);
    }
    if (++s->n_frames % FLUSH == 0)
        flush(s);
}

/* Mean power per bin over the length of the file, so that sums over bins are the power of the
 * programme. */
static void put(struct hs_values *v, const struct sums *s, bool mono, double duration_s,
                const char *const keys[HS_LT_PARTS])
{
    for (int p = 0; p < HS_LT_PARTS; p++) {
        int from = mono && p != HS_LT_SIDE ? HS_LT_LEFT : p;
        hs_values_array(v, keys[p], s->total[from], s->n_bins);
        const struct hs_value *value = hs_values_get(v, keys[p]);
        double *array = (double *)value->array; /* ours until finish returns */
        for (size_t i = 0; i < s->n_bins; i++)
            array[i] *= s->hop_s / duration_s;
    }
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *values)
{
    static const char *const fast[] = {"_longterm.fast.left", "_longterm.fast.right",
                                       "_longterm.fast.mid", "_longterm.fast.side"};
    static const char *const fine[] = {"_longterm.fine.left", "_longterm.fine.right",
                                       "_longterm.fine.mid", "_longterm.fine.side"};
    struct state *s = state;
    if (!n_frames || !s->sums[0].n_bins || !s->sums[1].n_bins)
        return;
    flush(&s->sums[0]);
    flush(&s->sums[1]);
    double duration_s = (double)n_frames / stream->sample_rate_hz;
    put(values, &s->sums[HS_SPECTRUM_FAST], stream->n_channels == 1, duration_s, fast);
    put(values, &s->sums[HS_SPECTRUM_FINE], stream->n_channels == 1, duration_s, fine);
    hs_values_number(values, "_longterm.rate_hz", stream->sample_rate_hz);
    hs_values_number(values, "_longterm.fast_bin_hz", s->sums[HS_SPECTRUM_FAST].bin_hz);
    hs_values_number(values, "_longterm.fine_bin_hz", s->sums[HS_SPECTRUM_FINE].bin_hz);
}

static void stop(void *state)
{
    struct state *s = state;
    for (int r = 0; r < 2; r++)
        for (int p = 0; p < HS_LT_PARTS; p++) {
            hs_free(s->sums[r].recent[p]);
            hs_free(s->sums[r].total[p]);
        }
}

const struct hs_analyser hs_analyser_longterm = {
    .name = "longterm",
    .version = 1,
    .state_size = sizeof(struct state),
    .spectrum = spectrum,
    .finish = finish,
    .stop = stop,
};
