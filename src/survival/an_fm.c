/* SPDX-License-Identifier: Apache-2.0 */
/*
 * FM radio: how much higher the peaks stand over the loudness behind what every station does to the
 * sound (30 Hz high-pass, 15 kHz low-pass, phase rotator, pre-emphasis of 50 us), and what its
 * clipper then spoils. A model without a station's compressor, on the three loudest of the
 * consecutive parts of 20 s. The filters are applied to the spectrum of a part, so that
 * pre-emphasis is exact up to 15 kHz; the result is sampled at twice the rate.
 */
#include "core/alloc.h"
#include "core/num.h"
#include "dsp/fft.h"
#include "dsp/kweight.h"
#include "measure/analyser.h"
#include "model/survival.h"

#include <complex.h>
#include <math.h>
#include <string.h>

enum { PARTS = 3, PART_S = 20, LOWEST_HZ = 32000, HIGHEST_HZ = 96000, LEVELS = 2 };
enum { BINS = 65536 }; /* of the histogram of peaks */
#define QUANTILE 0.9999
#define TAU_S 50e-6
#define EDGE_HZ 15000.0 /* of the programme; nothing passes from 16.5 kHz on */
#define STOP_HZ 16500.0
#define TREBLE_HZ 5000.0
#define NOISE_HZ 2000.0
/* What stations drive into the clipper, in LUFS of full deviation: a loud one, and one within the
 * multiplex power of ITU-R BS.412. */
static const double station_lufs[LEVELS] = {-10, -15};
#define CLEAN_DB 80.0 /* what is said where nothing is clipped */

struct part {
    float *x[2];
    size_t n;
    double power; /* K-weighted */
};

struct state {
    int rate_hz;
    size_t most; /* frames of a part */
    struct part now, kept[PARTS];
    struct hs_kweight k;
    struct hs_kweight_state k_state;
};

static void part_make(struct part *p, size_t most)
{
    *p = (struct part){.n = 0};
    for (int c = 0; c < 2; c++)
        p->x[c] = HS_NEW_ARRAY(float, most + 1);
}

static void part_free(struct part *p)
{
    hs_free(p->x[0]);
    hs_free(p->x[1]);
    *p = (struct part){.n = 0};
}

static enum hs_status start(void *state, const struct hs_stream *stream, struct hs_error *err)
{
    struct state *s = state;
    (void)err;
    s->rate_hz = stream->sample_rate_hz;
    if (s->rate_hz < LOWEST_HZ || s->rate_hz > HIGHEST_HZ)
        return HS_OK;
    s->most = (size_t)s->rate_hz * PART_S;
    hs_kweight_init(&s->k, s->rate_hz);
    part_make(&s->now, s->most);
    for (int i = 0; i < PARTS; i++)
        part_make(&s->kept[i], s->most);
    return HS_OK;
}

/* The part takes the place of the softest one that is kept, if it is louder. */
static void end_part(struct state *s)
{
    int softest = 0;
    for (int i = 1; i < PARTS; i++)
        if (s->kept[i].power < s->kept[softest].power)
            softest = i;
    if (s->now.power > s->kept[softest].power) {
        struct part old = s->kept[softest];
        s->kept[softest] = s->now;
        s->now = old;
    }
    s->now.n = 0;
    s->now.power = 0;
}

static void block(void *state, const struct hs_block *b)
{
    struct state *s = state;
    double energy[2] = {0, 0};
    for (size_t done = 0; s->most && done < b->n_frames;) {
        size_t n =
            s->most - s->now.n < b->n_frames - done ? s->most - s->now.n : b->n_frames - done;
        memcpy(s->now.x[0] + s->now.n, b->left + done, n * sizeof(float));
        memcpy(s->now.x[1] + s->now.n, b->right + done, n * sizeof(float));
        energy[0] = energy[1] = 0;
        hs_kweight_energy(&s->k, &s->k_state, b->left + done, b->right + done, n, energy);
        s->now.power += energy[0] + energy[1];
        s->now.n += n;
        done += n;
        if (s->now.n == s->most)
            end_part(s);
    }
}

/* What a station does before pre-emphasis. */
static double complex station(double hz, double rate_hz)
{
    if (hz >= STOP_HZ || hz <= 0)
        return 0;
    double complex u = I * hz / 30;
    double complex high = u * u / (u * u + sqrt(2) * u + 1);
    double low = hz <= EDGE_HZ ? 1 : 0.5 + 0.5 * cos(HS_PI * (hz - EDGE_HZ) / (STOP_HZ - EDGE_HZ));
    double t = tan(HS_PI * 200 / rate_hz), c = (t - 1) / (t + 1);
    double complex z = cexp(-I * 2 * HS_PI * hz / rate_hz), turn = (c + z) / (1 + c * z);
    return high * low * turn * turn * turn * turn;
}

static double complex pre_emphasis(double hz)
{
    return 1 + I * 2 * HS_PI * hz * TAU_S;
}

/* One part on its way: spectra of both channels, and what they become. */
struct work {
    struct hs_fft in, out; /* out: twice the rate */
    float complex *spectrum[2];
    float *plain[2], *sharp[2]; /* before and after pre-emphasis */
    float complex *filter[2];
    double *weight; /* of loudness, before pre-emphasis */
    size_t n_weights;
    double rate_hz, bin_hz;
    size_t n_out; /* frames of the part at twice the rate */
};

static void work_make(struct work *w, const struct hs_kweight *k, double rate_hz, size_t most)
{
    size_t n = 2;
    while (n < most + (size_t)rate_hz) /* a second for what rings on */
        n *= 2;
    hs_fft_init(&w->in, n);
    hs_fft_init(&w->out, 2 * n);
    w->rate_hz = rate_hz;
    w->bin_hz = rate_hz / (double)n;
    for (int c = 0; c < 2; c++) {
        w->filter[c] = HS_NEW_ARRAY(float complex, n / 2 + 1);
        w->spectrum[c] = HS_NEW_ARRAY(float complex, n / 2 + 1);
        w->plain[c] = HS_NEW_ARRAY(float, 2 * n);
        w->sharp[c] = HS_NEW_ARRAY(float, 2 * n);
    }
    w->weight = HS_NEW_ARRAY(double, n / 2 + 1);
    for (size_t i = 0; i <= n / 2 && (double)i * w->bin_hz < STOP_HZ; i++) {
        double hz = (double)i * w->bin_hz;
        double complex h = station(hz, 2 * rate_hz);
        w->filter[0][i] = (float complex)h;
        w->filter[1][i] = (float complex)(h * pre_emphasis(hz));
        w->weight[i] = cabs(h) * cabs(h) * hs_kweight_power(k, hz, rate_hz);
        w->n_weights = i + 1;
    }
}

static void work_free(struct work *w)
{
    hs_fft_free(&w->in);
    hs_fft_free(&w->out);
    hs_free(w->weight);
    for (int k = 0; k < 2; k++) {
        hs_free(w->filter[k]);
        hs_free(w->spectrum[k]);
        hs_free(w->plain[k]);
        hs_free(w->sharp[k]);
    }
}

static void pass(struct work *w, int channel, const float complex *filter, float *out)
{
    size_t n = w->in.n;
    memset(w->out.freq, 0, (n + 1) * sizeof *w->out.freq);
    for (size_t i = 0; i <= n / 2; i++)
        w->out.freq[i] = w->spectrum[channel][i] * filter[i];
    hs_fft_inverse(&w->out);
    for (size_t i = 0; i < 2 * n; i++)
        out[i] = w->out.time[i] / (float)n;
}

static void send(struct work *w, const struct part *p)
{
    for (int c = 0; c < 2; c++) {
        memset(w->in.time, 0, w->in.n * sizeof(float));
        memcpy(w->in.time, p->x[c], p->n * sizeof(float));
        hs_fft_forward(&w->in);
        memcpy(w->spectrum[c], w->in.freq, (w->in.n / 2 + 1) * sizeof *w->in.freq);
        pass(w, c, w->filter[0], w->plain[c]);
        pass(w, c, w->filter[1], w->sharp[c]);
    }
    w->n_out = 2 * p->n;
}

/* The amplitude that one in ten thousand frames passes, over both channels. */
static double peak_of(float *const x[2], size_t n)
{
    unsigned *count = HS_NEW_ARRAY(unsigned, BINS + 1);
    float most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmaxf(most, fmaxf(fabsf(x[0][i]), fabsf(x[1][i])));
    for (size_t i = 0; i < n && most > 0; i++)
        count[(size_t)(fmaxf(fabsf(x[0][i]), fabsf(x[1][i])) / most * (BINS - 1))]++;
    size_t above = 0, bin = BINS - 1;
    while (bin > 0 && (double)(above += count[bin]) < (1 - QUANTILE) * (double)n)
        bin--;
    hs_free(count);
    return (double)most * ((double)bin + 0.5) / (BINS - 1);
}

/* Power of a range of the spectrum, weighted by what has passed. */
static double power_of(const struct work *w, const float complex *x, double from_hz, double to_hz)
{
    double sum = 0;
    for (size_t i = (size_t)(from_hz / w->bin_hz); (double)i * w->bin_hz < to_hz; i++) {
        double re = crealf(x[i]), im = cimagf(x[i]);
        sum += re * re + im * im;
    }
    return sum;
}

/* LUFS of what the station sends, before pre-emphasis. */
static double sent_lufs(const struct work *w, size_t n_frames)
{
    double sum = 0;
    for (size_t i = 1; i < w->n_weights; i++)
        for (int c = 0; c < 2; c++) {
            double re = crealf(w->spectrum[c][i]), im = cimagf(w->spectrum[c][i]);
            sum += w->weight[i] * (re * re + im * im);
        }
    return -0.691 + hs_db_from_power(2 * sum / ((double)w->in.n * (double)n_frames));
}

/* What the clipper adds, behind the receiver's de-emphasis, under the music; from `from_hz` on. */
struct spoilt {
    double music[2], error[2]; /* all, treble */
};

static bool is_clipped(const float *x, size_t n, double gain)
{
    for (size_t i = 0; i < n; i++)
        if (fabs(gain * (double)x[i]) > 1)
            return true;
    return false;
}

static void clip(struct work *w, double gain, struct spoilt *s)
{
    const double froms[2] = {20, TREBLE_HZ};
    size_t n = w->out.n;
    for (int c = 0; c < 2; c++) {
        for (int z = 0; z < 2; z++)
            s->music[z] += gain * gain * power_of(w, w->spectrum[c], froms[z], EDGE_HZ);
        if (!is_clipped(w->sharp[c], n, gain))
            continue;
        for (size_t i = 0; i < n; i++) {
            double x = gain * (double)w->sharp[c][i];
            w->out.time[i] = (float)(fmin(fmax(x, -1), 1) - x);
        }
        hs_fft_forward(&w->out);
        for (size_t i = 0; (double)i * w->bin_hz < EDGE_HZ; i++)
            w->out.freq[i] /= (float complex)pre_emphasis((double)i * w->bin_hz);
        for (int z = 0; z < 2; z++)
            s->error[z] += power_of(w, w->out.freq, froms[z], EDGE_HZ) / 4;
    }
}

static double ratio_db(double music, double error)
{
    if (!(music > 0))
        return NAN;
    return fmin(CLEAN_DB, hs_db_from_power(music) - hs_db_from_power(error + 1e-12 * music));
}

static const char *const keys[] = {"fm.regrowth_db",  "fm.hf_drive_db",  "fm.sdr_db",
                                   "fm.hf_sdr_db",    "fm.sdr_bs412_db", "fm.hf_sdr_bs412_db",
                                   "fm.side_noise_db"};
enum { KEYS = sizeof keys / sizeof *keys };

static void measure(struct work *w, const struct part *p, double out[KEYS])
{
    float *const source[2] = {p->x[0], p->x[1]};
    send(w, p);
    double before = peak_of(w->plain, w->n_out), after = peak_of(w->sharp, w->n_out);
    double lufs = sent_lufs(w, p->n);
    out[0] = 20 * log10(after / peak_of(source, p->n));
    out[1] = 20 * log10(after / before);
    for (int k = 0; k < LEVELS; k++) {
        struct spoilt spoilt = {{0, 0}, {0, 0}};
        clip(w, pow(10, (station_lufs[k] - lufs) / 20), &spoilt);
        for (int z = 0; z < 2; z++)
            out[2 + 2 * k + z] = ratio_db(spoilt.music[z], spoilt.error[z]);
    }
    double middle = 0, side = 0;
    for (size_t i = (size_t)(NOISE_HZ / w->bin_hz); (double)i * w->bin_hz < EDGE_HZ; i++) {
        double complex l = w->spectrum[0][i], r = w->spectrum[1][i];
        middle += cabs(l + r) * cabs(l + r);
        side += cabs(l - r) * cabs(l - r);
    }
    out[6] = side > 0 && middle > 0 ? hs_db_from_power(side / middle) : NAN;
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    struct state *s = state;
    double x[KEYS][PARTS];
    int n = 0;
    const char *why = (double)n_frames / stream->sample_rate_hz < 10 ? "shorter than 10 s"
                      : stream->sample_rate_hz < LOWEST_HZ ? "nothing up to 15 kHz is stored"
                      : stream->sample_rate_hz > HIGHEST_HZ
                          ? "sample rates over 96 kHz are not modelled"
                          : NULL;
    if (!why && s->now.n * 2 > s->most) /* a rest of less than half a part is left out */
        end_part(s);
    else if (!why && !(s->kept[0].power > 0)) /* but where there is nothing else */
        end_part(s);
    struct work w = {.n_out = 0};
    for (int i = 0; i < PARTS && !why; i++) {
        double out[KEYS];
        if (!(s->kept[i].power > 1e-9 * (double)s->kept[i].n))
            continue;
        if (!n)
            work_make(&w, &s->k, s->rate_hz, s->most);
        measure(&w, &s->kept[i], out);
        for (int k = 0; k < KEYS; k++)
            x[k][n] = out[k];
        n++;
    }
    if (n)
        work_free(&w);
    for (int k = 0; k < KEYS; k++) {
        double middle = n ? hs_median(x[k], (size_t)n) : NAN;
        if (why || !n)
            hs_values_absent(v, keys[k], "%s", why ? why : "silent");
        else if (!isfinite(middle))
            hs_values_nothing(v, keys[k], "no side");
        else
            hs_values_number(v, keys[k], middle);
    }
}

static void stop(void *state)
{
    struct state *s = state;
    part_free(&s->now);
    for (int i = 0; i < PARTS; i++)
        part_free(&s->kept[i]);
}

#define MODEL " A model without a station's compressor, on the three loudest 20 s."
#define SOURCE "ITU-R BS.450; docs/survival.md"
#define DB(key, title, words)                                                                      \
    {                                                                                              \
        key, "dB", HS_NUMBER, 0, 1, HS_IN_STORE, title, words MODEL, SOURCE                        \
    }
static const struct hs_measure measures[] = {
    DB("fm.regrowth_db", "peaks taken back by FM radio",
       "How much higher the peaks (one frame in ten thousand) stand behind 30 Hz high-pass, 15 kHz "
       "low-pass, phase rotator and pre-emphasis of 50 us."),
    DB("fm.hf_drive_db", "treble drive of FM radio",
       "How much of that is pre-emphasis: what a station's clipper must shave because the music is "
       "bright."),
    DB("fm.sdr_db", "music over clipping, loud station",
       "Music over what a clipper at full deviation adds, behind the receiver's de-emphasis, at "
       "-10 "
       "LUFS; 80 where nothing is clipped."),
    DB("fm.hf_sdr_db", "treble over clipping, loud station", "The same from 5 to 15 kHz."),
    DB("fm.sdr_bs412_db", "music over clipping, BS.412 station", "The same at -15 LUFS."),
    DB("fm.hf_sdr_bs412_db", "treble over clipping, BS.412 station", "The same from 5 to 15 kHz."),
    DB("fm.side_noise_db", "side over middle on the air",
       "Energy of the side over that of the middle, 2 to 15 kHz: what a receiver that blends to "
       "mono takes away."),
};

const struct hs_analyser hs_analyser_fm = {
    .name = "fm",
    .version = 1,
    .on_request = HS_TO_FM,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .start = start,
    .block = block,
    .finish = finish,
    .stop = stop,
};
