/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. High-pass at 30 Hz (Butterworth, second order), in the time domain.
 * 2. Blocks of 16,384 samples (32,768 above 48 kHz) are transformed with left and right as one
 *    complex signal, overlapping by 21.3 ms of past, for what still rings, and 10.7 ms ahead, for
 *    the linear phase of the low-pass.
 * 3. Filters in the spectrum: low-pass at 15 kHz with the phase rotator (plain), the same with
 *    pre-emphasis of 50 and of 75 us at twice the rate.
 * 4. The level that is exceeded in one of 10,000 samples is compared behind each filter with that
 *    of the music: how much of its peaks come back, and how much of that is the pre-emphasis.
 * 5. A station drives its clipper to a loudness of -10 or -15 LUFS of full deviation. What the
 *    clipper cuts off is transformed, de-emphasised and summed, over all and from 5 kHz on,
 *    against the music.
 * 6. The side above 2 kHz tells how much of the stereo a receiver with noise would take away.
 */
#include "survival/fm_chain.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/kweight.h"
#include "dsp/largest.h"
#include "survival/fm_filters.h"

#include <math.h>
#include <string.h>

/* Blocks of the transforms: what rings on from before (the rotator, 20 ms), and what the linear
 * phase of the low-pass reads ahead (10 ms). */
#define PAST_S 0.0213
#define AHEAD_S 0.0107
#define QUANTILE 0.9999
#define TREBLE_HZ 5000.0
#define NOISE_HZ 2000.0 /* where the side begins that a receiver blends away */
static const double tau_s[2] = {50e-6, 75e-6};

const double hs_fm_station_lufs[HS_FM_STATIONS] = {-10, -15};

enum { PLAIN, SHARP, SHARP_75, FILTERS };

struct hs_fm_chain {
    double rate_hz, bin_hz;
    size_t n, past, hop, n_bins;      /* bins that pass */
    struct hs_fm_side once, twice;    /* at the rate of the music, and at twice that */
    float complex *spectrum;          /* of a block; n */
    float complex *filter[FILTERS];   /* n_bins */
    float *undo;                      /* |de-emphasis|^2; n_bins */
    float *flank;                     /* of blocks that overlap, at equal power */
    float complex *programme, *sharp; /* behind the high-pass; at full drive, twice the rate */
    struct hs_kweight k;
    struct hs_largest peaks[FILTERS + 1]; /* and of the music as it came */
    double music[2], middle, side, energy[2];
};

/* The filters by bin: low-pass and rotator, the same with each pre-emphasis, and the power of
 * the de-emphasis. */
static void make_filters(struct hs_fm_chain *f)
{
    f->n_bins = (size_t)ceil(HS_FM_STOP_HZ / f->bin_hz);
    for (int k = 0; k < FILTERS; k++)
        f->filter[k] = HS_NEW_ARRAY(float complex, f->n_bins);
    f->undo = HS_NEW_ARRAY(float, f->n_bins);
    for (size_t i = 0; i < f->n_bins; i++) {
        double hz = (double)i * f->bin_hz;
        double complex h = hs_fm_station(hz, 2 * f->rate_hz) / (double)f->n;
        f->filter[PLAIN][i] = (float complex)h;
        f->filter[SHARP][i] = (float complex)(h * hs_fm_pre_emphasis(hz, tau_s[0]));
        f->filter[SHARP_75][i] = (float complex)(h * hs_fm_pre_emphasis(hz, tau_s[1]));
        double up = cabs(hs_fm_pre_emphasis(hz, tau_s[0]));
        f->undo[i] = (float)(hz < HS_FM_EDGE_HZ ? 1 / (up * up) : 0);
    }
}

/* How many of n_frames are kept, so that the least of them marks the quantile. */
static size_t above_quantile(size_t n_frames)
{
    return (size_t)((1 - QUANTILE) * (double)n_frames) + 1;
}

struct hs_fm_chain *hs_fm_chain_new(int rate_hz, size_t most_frames)
{
    struct hs_fm_chain *f = HS_NEW(struct hs_fm_chain);
    f->rate_hz = rate_hz;
    f->n = rate_hz > 48000 ? 32768 : 16384;
    f->bin_hz = f->rate_hz / (double)f->n;
    f->past = (size_t)(PAST_S * f->rate_hz);
    f->hop = f->n - f->past - (size_t)(AHEAD_S * f->rate_hz);
    hs_fm_side_make(&f->once, f->n);
    hs_fm_side_make(&f->twice, 2 * f->n);
    f->spectrum = HS_NEW_ARRAY(float complex, f->n);
    f->flank = HS_NEW_ARRAY(float, f->n - f->hop);
    for (size_t i = 0; i < f->n - f->hop; i++)
        f->flank[i] = (float)sin(HS_PI / 2 * ((double)i + 0.5) / (double)(f->n - f->hop));
    f->programme = HS_NEW_ARRAY(float complex, most_frames + 1);
    f->sharp = HS_NEW_ARRAY(float complex, 2 * most_frames + 1);
    hs_kweight_init(&f->k, rate_hz);
    make_filters(f);
    for (int k = 0; k <= FILTERS; k++)
        hs_largest_init(&f->peaks[k], above_quantile(2 * most_frames));
    return f;
}

void hs_fm_chain_free(struct hs_fm_chain *f)
{
    if (!f)
        return;
    hs_fm_side_free(&f->once);
    hs_fm_side_free(&f->twice);
    for (int k = 0; k < FILTERS; k++)
        hs_free(f->filter[k]);
    for (int k = 0; k <= FILTERS; k++)
        hs_largest_free(&f->peaks[k]);
    hs_free(f->undo);
    hs_free(f->flank);
    hs_free(f->spectrum);
    hs_free(f->programme);
    hs_free(f->sharp);
    hs_free(f);
}

/* The larger of both channels. */
static float larger(float complex z)
{
    float l = fabsf(crealf(z)), r = fabsf(cimagf(z));
    return l > r ? l : r;
}

/* Most samples are below the quantile and cost one comparison. */
static void peaks_of(struct hs_largest *p, const float complex *z, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        float x = larger(z[i]);
        if (p->n < p->most || x > p->heap[0])
            hs_largest_add(p, x);
    }
}

/* The block from frame `at` - past on; silence where there is no music. */
static void load(struct hs_fm_chain *f, size_t at, size_t n)
{
    for (size_t i = 0; i < f->n; i++) {
        size_t from = at + i;
        f->once.in[i] = from < f->past || from - f->past >= n ? 0 : f->programme[from - f->past];
    }
}

/* |L|^2 + |R|^2, middle and side, faded in and out where blocks overlap. */
static void add_music(struct hs_fm_chain *f)
{
    for (size_t i = 0; i < f->n - f->hop; i++) {
        f->once.in[i] *= f->flank[i];
        f->once.in[f->n - 1 - i] *= f->flank[i];
    }
    hs_fm_side_run(&f->once);
    size_t treble = (size_t)(TREBLE_HZ / f->bin_hz), noise = (size_t)(NOISE_HZ / f->bin_hz);
    for (size_t i = 1; i < f->n_bins && (double)i * f->bin_hz < HS_FM_EDGE_HZ; i++) {
        float complex a = f->once.out[i], b = conjf(f->once.out[f->n - i]);
        double both = (double)(hs_fm_power(a) + hs_fm_power(b));
        f->music[0] += both;
        f->music[1] += i >= treble ? both : 0;
        if (i < noise)
            continue;
        float complex l = a + b, r = hs_fm_pair(cimagf(a) - cimagf(b), crealf(b) - crealf(a));
        f->middle += (double)hs_fm_power(l + r);
        f->side += (double)hs_fm_power(l - r);
    }
}

/* The inverse transform of the spectrum behind a filter: conjugates there and back. The
 * conjugate that is left turns the right channel over, which nothing here minds. */
static const float complex *pass(const struct hs_fm_chain *f, struct hs_fm_side *s,
                                 const float complex *filter)
{
    memset(s->in, 0, s->n * sizeof *s->in);
    s->in[0] = conjf(hs_fm_times(f->spectrum[0], filter[0]));
    for (size_t i = 1; i < f->n_bins; i++) {
        s->in[i] = conjf(hs_fm_times(f->spectrum[i], filter[i]));
        s->in[s->n - i] = hs_fm_times(conjf(f->spectrum[f->n - i]), filter[i]);
    }
    hs_fm_side_run(s);
    return s->out;
}

/* K-weighted energy of both channels. */
static void add_loudness(struct hs_fm_chain *f, struct hs_kweight_state *state,
                         const float complex *z, size_t n)
{
    enum { STEP = 512 };
    float x[2][STEP];
    for (size_t at = 0; at < n; at += STEP) {
        size_t k = n - at < STEP ? n - at : STEP;
        for (size_t i = 0; i < k; i++) {
            x[0][i] = crealf(z[at + i]);
            x[1][i] = cimagf(z[at + i]);
        }
        hs_kweight_energy(&f->k, state, x[0], x[1], k, f->energy);
    }
}

/* Block by block through all filters; what comes out sharp is kept for the clipper. */
static void send(struct hs_fm_chain *f, size_t n)
{
    struct hs_kweight_state state = {.shelf = {{0}}};
    for (size_t at = 0; at < n; at += f->hop) {
        size_t k = n - at < f->hop ? n - at : f->hop;
        load(f, at, n);
        hs_fm_side_run(&f->once);
        memcpy(f->spectrum, f->once.out, f->n * sizeof *f->spectrum);
        add_music(f);
        const float complex *z = pass(f, &f->once, f->filter[PLAIN]) + f->past;
        peaks_of(&f->peaks[PLAIN], z, k);
        add_loudness(f, &state, z, k);
        z = pass(f, &f->twice, f->filter[SHARP_75]) + 2 * f->past;
        peaks_of(&f->peaks[SHARP_75], z, 2 * k);
        z = pass(f, &f->twice, f->filter[SHARP]) + 2 * f->past;
        peaks_of(&f->peaks[SHARP], z, 2 * k);
        memcpy(f->sharp + 2 * at, z, 2 * k * sizeof *z);
    }
}

/* What a clipper at `top` adds to a sample. */
static float beyond(float x, float top)
{
    return x > top ? top - x : x < -top ? -top - x : 0;
}

/* What the clipper adds to a stretch, at the level of the music: its power behind the receiver's
 * de-emphasis, all of it and the treble. */
static void clip(struct hs_fm_chain *f, const float complex *z, size_t n, float top,
                 double error[2])
{
    struct hs_fm_side *s = &f->twice;
    size_t treble = (size_t)(TREBLE_HZ / f->bin_hz);
    bool clipped = false;
    for (size_t i = 0; i < n; i++) {
        s->in[i] = hs_fm_pair(beyond(crealf(z[i]), top), beyond(cimagf(z[i]), top));
        clipped |= larger(z[i]) > top;
    }
    if (!clipped)
        return;
    memset(s->in + n, 0, (s->n - n) * sizeof *s->in);
    hs_fm_side_run(s);
    for (size_t i = 1; i < f->n_bins; i++) {
        double both =
            (double)(f->undo[i] * (hs_fm_power(s->out[i]) + hs_fm_power(s->out[s->n - i])));
        error[0] += both;
        error[1] += i >= treble ? both : 0;
    }
}

/* At most HS_FM_CLEAN_DB, which means that nothing is clipped. */
static double ratio_db(double music, double error)
{
    if (!(music > 0))
        return NAN;
    return fmin(HS_FM_CLEAN_DB, hs_db_from_power(music) - hs_db_from_power(error + 1e-12 * music));
}

/* At twice the rate a sum of squares is twice as large, and the transform twice as long. */
static void stations(struct hs_fm_chain *f, size_t n, double lufs, struct hs_fm_result *out)
{
    for (int k = 0; k < HS_FM_STATIONS; k++) {
        double error[2] = {0, 0}, gain_db = hs_fm_station_lufs[k] - lufs;
        float top = (float)pow(10, -gain_db / 20);
        for (size_t at = 0; at < 2 * n; at += 2 * f->hop)
            clip(f, f->sharp + at, 2 * n - at < 2 * f->hop ? 2 * n - at : 2 * f->hop, top, error);
        out->sdr_db[k] = ratio_db(f->music[0], error[0] / 4);
        out->hf_sdr_db[k] = ratio_db(f->music[1], error[1] / 4);
    }
}

/* The clipped signal of a block, from frame `at` - past on, at full level. */
static void load_clipped(struct hs_fm_chain *f, size_t at, size_t n, float top)
{
    struct hs_fm_side *s = &f->twice;
    for (size_t i = 0; i < s->n; i++) {
        size_t from = 2 * at + i;
        bool inside = from >= 2 * f->past && from - 2 * f->past < 2 * n;
        float complex z = inside ? f->sharp[from - 2 * f->past] : 0;
        s->in[i] =
            hs_fm_pair(fmaxf(-top, fminf(top, crealf(z))), fmaxf(-top, fminf(top, cimagf(z))));
    }
}

/* De-emphasis and what lies below 15 kHz, back at the rate of the music. */
static void de_emphasise(struct hs_fm_chain *f)
{
    float complex *in = f->once.in;
    memset(in, 0, f->n * sizeof *in);
    for (size_t i = 0; i < f->n_bins; i++) {
        double hz = (double)i * f->bin_hz;
        double complex h =
            (hz <= HS_FM_EDGE_HZ) / hs_fm_pre_emphasis(hz, tau_s[0]) / (double)f->twice.n;
        in[i] = conjf(hs_fm_times(f->twice.out[i], (float complex)h));
        if (i)
            in[f->n - i] = conjf(hs_fm_times(f->twice.out[f->twice.n - i], (float complex)conj(h)));
    }
    hs_fm_side_run(&f->once);
}

/* The sound behind station and receiver, as a clip of the report plays it. The chain runs first,
 * for the loudness that sets the drive. */
void hs_fm_chain_receive(struct hs_fm_chain *f, const float *left, const float *right, size_t n,
                         double station_lufs, float *const out[2])
{
    struct hs_fm_result r;
    hs_fm_chain_run(f, left, right, n, &r);
    double lufs = -0.691 + hs_db_from_power((f->energy[0] + f->energy[1]) / (double)n);
    float top = (float)pow(10, (lufs - station_lufs) / 20);
    for (size_t at = 0; at < n; at += f->hop) {
        load_clipped(f, at, n, top);
        hs_fm_side_run(&f->twice);
        de_emphasise(f);
        for (size_t i = 0; i < f->hop && at + i < n; i++) { /* conjugated twice: as it came */
            out[0][at + i] = crealf(f->once.out[f->past + i]);
            out[1][at + i] = cimagf(f->once.out[f->past + i]);
        }
    }
}

/* The level that one in 10,000 samples exceeds. */
static double top_db(const struct hs_fm_chain *f, int which)
{
    return hs_db_from_amplitude((double)hs_largest_least(&f->peaks[which]));
}

/* One part of the music, by the steps of the head. */
void hs_fm_chain_run(struct hs_fm_chain *f, const float *left, const float *right, size_t n,
                     struct hs_fm_result *out)
{
    struct hs_largest *source = &f->peaks[FILTERS];
    for (int k = 0; k <= FILTERS; k++)
        hs_largest_begin(&f->peaks[k], above_quantile(k == SHARP || k == SHARP_75 ? 2 * n : n));
    memset(f->music, 0, sizeof f->music);
    memset(f->energy, 0, sizeof f->energy);
    f->middle = f->side = 0;
    for (size_t i = 0; i < n; i++)
        hs_largest_add(source, larger(hs_fm_pair(left[i], right[i])));
    hs_fm_high_pass(f->rate_hz, left, right, n, f->programme);
    send(f, n);
    static const int sharp[2] = {SHARP, SHARP_75};
    for (int k = 0; k < 2; k++) {
        out->regrowth_db[k] = top_db(f, sharp[k]) - top_db(f, FILTERS);
        out->hf_drive_db[k] = top_db(f, sharp[k]) - top_db(f, PLAIN);
    }
    double lufs = -0.691 + hs_db_from_power((f->energy[0] + f->energy[1]) / (double)n);
    stations(f, n, lufs, out);
    double nothing = 1e-11 * f->music[0]; /* what the transform rounds to */
    out->side_noise_db =
        f->side > nothing && f->middle > nothing ? hs_db_from_power(f->side / f->middle) : NAN;
}
