/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clips: what is planned, and what is rendered. The rendered sides are decoded again and
 * held against the sources: the right passage, side by side to the sample, equally loud
 * by another implementation of BS.1770 (libebur128).
 */
#include "check.h"
#include "core/alloc.h"
#include "core/fs.h"
#include "core/num.h"
#include "dsp/biquad.h"
#include "dsp/sinc.h"
#include "fixture_audit.h"
#include "fixture_dir.h"
#include "media/library.h"
#include "media/reader.h"
#include "model/survival.h"
#include "report/clips_plan.h"
#include "run/clip_difference.h"
#include "run/clip_render.h"

#include <complex.h>
#include <ebur128.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

enum { SECONDS = 30, MASTER_HZ = 44100, MIX_HZ = 48000 };

#define DELAY_S 0.3721
#define DRIFT 60e-6

static char folder[] = P_tmpdir "/hs_clips-XXXXXX";

/* Music of a kind: band-limited noise whose level and centre move, so that each passage
 * is like no other. A function of time, so that both clocks see the same sound. */
struct partial {
    double hz, phase, rate;
};
static struct partial partials[48];

static void make_partials(void)
{
    struct hs_rng rng = {11};
    for (size_t i = 0; i < sizeof partials / sizeof *partials; i++)
        partials[i] =
            (struct partial){80 * pow(100, hs_rng_uniform(&rng)), 2 * HS_PI * hs_rng_uniform(&rng),
                             0.05 + 0.5 * hs_rng_uniform(&rng)};
}

static double sound(double t, int channel)
{
    double sum = 0;
    for (size_t i = (size_t)channel; i < sizeof partials / sizeof *partials; i += 2) {
        const struct partial *p = &partials[i];
        double level = 0.5 + 0.5 * sin(2 * HS_PI * p->rate * t + 3 * p->phase);
        sum += level * sin(2 * HS_PI * p->hz * t + p->phase);
    }
    return sum / 16;
}

/* A stem of a kind: nothing else is heard at 9.5 kHz. */
static double whistle(double t, int channel)
{
    return (channel ? 0.5 : 1) * sin(2 * HS_PI * 9500 * t);
}

static void put_le(struct hs_buf *b, uint32_t x, int bytes)
{
    for (int i = 0; i < bytes; i++)
        hs_buf_putc(b, (char)(x >> (8 * i)));
}

/* A WAV file of 32-bit floats; the master is at 44.1 kHz, the mix at 48 kHz, begins
 * earlier and runs on a clock that drifts. */
static void write_wav(const char *path, int rate, double (*of)(double t, int channel),
                      double delay_s, double ratio, double gain)
{
    struct hs_buf b = {0};
    uint32_t n = (uint32_t)(SECONDS * rate), bytes = n * 8;
    hs_buf_puts(&b, "RIFF");
    put_le(&b, 36 + bytes, 4);
    hs_buf_puts(&b, "WAVEfmt ");
    put_le(&b, 16, 4);
    put_le(&b, 3, 2);
    put_le(&b, 2, 2);
    put_le(&b, (uint32_t)rate, 4);
    put_le(&b, (uint32_t)rate * 8, 4);
    put_le(&b, 8, 2);
    put_le(&b, 32, 2);
    hs_buf_puts(&b, "data");
    put_le(&b, bytes, 4);
    for (uint32_t i = 0; i < n; i++)
        for (int c = 0; c < 2; c++) {
            float x = (float)(gain * of(((double)i / rate - delay_s) / ratio, c));
            hs_buf_put(&b, &x, sizeof x);
        }
    CHECK(hs_fs_write(path, b.data, b.len, NULL) == HS_OK);
    hs_buf_free(&b);
}

struct decoded {
    float *channel[2];
    size_t n;
    int rate_hz;
};

static struct decoded decode(const char *path)
{
    struct decoded d = {.rate_hz = 0};
    struct hs_source source = {.path = path, .shown = path, .exists = true};
    struct hs_reader *r = NULL;
    struct hs_error err = {0};
    if (!CHECK(hs_reader_open(&r, &source, &err) == HS_OK)) {
        fprintf(stderr, "%s\n", err.msg);
        return d;
    }
    d.rate_hz = hs_reader_stream(r)->sample_rate_hz;
    for (int c = 0; c < 2; c++)
        d.channel[c] = hs_calloc((size_t)(20 * d.rate_hz), sizeof(float));
    const float *const *planar;
    for (size_t n = 1; n && d.n + 8192 < (size_t)(20 * d.rate_hz); d.n += n) {
        CHECK(hs_reader_read(r, 4096, &planar, &n, NULL) == HS_OK);
        for (int c = 0; c < 2; c++)
            memcpy(d.channel[c] + d.n, planar[c], n * sizeof(float));
    }
    hs_reader_close(r);
    return d;
}

static void decoded_free(struct decoded *d)
{
    hs_free(d->channel[0]);
    hs_free(d->channel[1]);
}

static double ebur128_of(const struct decoded *d)
{
    double lufs = NAN;
    ebur128_state *s = ebur128_init(2, (unsigned long)d->rate_hz, EBUR128_MODE_I);
    for (size_t i = 0; i < d->n; i++) {
        float frame[2] = {d->channel[0][i], d->channel[1][i]};
        ebur128_add_frames_float(s, frame, 1);
    }
    ebur128_loudness_global(s, &lufs);
    ebur128_destroy(&s);
    return lufs;
}

/* The lag in samples at which b resembles a most, and how much. */
static int best_lag(const float *a, const float *b, size_t n, int most, double *likeness)
{
    int best = 0;
    *likeness = -1;
    for (int lag = -most; lag <= most; lag++) {
        double ab = 0, aa = 0, bb = 0;
        for (size_t i = (size_t)most; i + (size_t)most < n; i++) {
            double x = (double)a[i], y = (double)b[(size_t)((long)i + lag)];
            ab += x * y;
            aa += x * x;
            bb += y * y;
        }
        double r = ab / sqrt(aa * bb + 1e-30);
        if (r > *likeness) {
            *likeness = r;
            best = lag;
        }
    }
    return best;
}

static struct hs_clip_order order_for(struct hs_arena *a, const char *name, enum hs_clip_side side)
{
    struct hs_clip_order o = {.path = hs_path_join(a, folder, name),
                              .name = name,
                              .format = hs_clip_format_find("opus"),
                              .side = side,
                              .from_s = 17.25,
                              .len_s = 10,
                              .ratio = 1,
                              .sign = {1, 1},
                              .n_sides = side == HS_CLIP_MIX     ? 4
                                         : side == HS_CLIP_ALONE ? 1
                                                                 : 2};
    o.master.path = o.master.shown = hs_path_join(a, folder, "master.wav");
    o.mix.path = o.mix.shown = hs_path_join(a, folder, "mix.wav");
    return o;
}

static void check_passage(const struct decoded *d, double from_s)
{
    double likeness;
    size_t n = (size_t)(2 * d->rate_hz), at = (size_t)(4 * d->rate_hz);
    float *expected = hs_calloc(n, sizeof *expected);
    for (size_t i = 0; i < n; i++)
        expected[i] = (float)sound(from_s + (double)(at + i) / d->rate_hz, 0);
    int lag = best_lag(expected, d->channel[0] + at, n, 48, &likeness);
    CHECK(abs(lag) <= 1);
    CHECK(likeness > 0.98);
    hs_free(expected);
}

static void test_mix_side(struct hs_arena *a)
{
    struct hs_clip_order o = order_for(a, "against-mix", HS_CLIP_MIX);
    struct hs_error err = {0};
    size_t bytes = 0;
    o.ratio = 1 + DRIFT;
    o.mix_from_s = DELAY_S + o.from_s * o.ratio;
    if (!CHECK(hs_clip_render(&o, NULL, &bytes, &err) == HS_OK))
        fprintf(stderr, "%s\n", err.msg);
    CHECK(bytes > 50000 && bytes < 1500000);
    /* the same sound on both sides: little is left of it, and less than of either side */
    struct decoded left[2] = {decode(hs_arena_printf(a, "%s-c.webm", o.path)),
                              decode(hs_arena_printf(a, "%s-d.webm", o.path))};
    for (int i = 0; i < 2; i++) {
        CHECK(ebur128_of(&left[i]) < -45);
        decoded_free(&left[i]);
    }
    struct decoded d[2] = {decode(hs_arena_printf(a, "%s-a.webm", o.path)),
                           decode(hs_arena_printf(a, "%s-b.webm", o.path))};
    CHECK_NEAR((double)d[0].n / d[0].rate_hz, 10, 0.05);
    CHECK_NEAR(ebur128_of(&d[0]) - ebur128_of(&d[1]), 0, 0.3);
    check_passage(&d[0], o.from_s);
    check_passage(&d[1], o.from_s);
    double likeness;
    int lag = best_lag(d[0].channel[1] + 9 * d[0].rate_hz, d[1].channel[1] + 9 * d[0].rate_hz,
                       (size_t)(d[0].rate_hz / 2), 24, &likeness);
    CHECK(lag == 0); /* also at the end: the drift is taken out */
    CHECK(likeness > 0.97);
    for (int i = 0; i < 2; i++)
        decoded_free(&d[i]);
}

static double band_level(const struct decoded *d, double hz)
{
    double re = 0, im = 0, sum = 0;
    for (double f = hz * 0.9; f < hz * 1.1; f += 0.5) {
        re = im = 0;
        for (size_t i = 0; i < d->n; i++) {
            double w = 2 * HS_PI * f * (double)i / d->rate_hz;
            re += (double)d->channel[0][i] * cos(w);
            im += (double)d->channel[0][i] * sin(w);
        }
        sum += re * re + im * im;
        if (f > hz * 0.9 + 8)
            break;
    }
    return 10 * log10(sum);
}

/* The correction is what it says, apart from the common gain. */
static void test_corrected_side(struct hs_arena *a)
{
    struct hs_clip_order o = order_for(a, "against-corrected", HS_CLIP_CORRECTED);
    struct hs_error err = {0};
    size_t bytes = 0;
    o.correction.shape = HS_SHAPE_HIGH_SHELF;
    o.correction.channel = HS_CHANNEL_BOTH;
    o.correction.hz = 2000;
    o.correction.db = -6;
    o.correction.q = 0.7;
    CHECK(hs_clip_render(&o, NULL, &bytes, &err) == HS_OK);
    struct decoded d[2] = {decode(hs_arena_printf(a, "%s-a.webm", o.path)),
                           decode(hs_arena_printf(a, "%s-b.webm", o.path))};
    CHECK_NEAR(ebur128_of(&d[0]) - ebur128_of(&d[1]), 0, 0.3);
    check_passage(&d[0], o.from_s);
    double low = band_level(&d[1], 200) - band_level(&d[0], 200);
    double high = band_level(&d[1], 7000) - band_level(&d[0], 7000);
    CHECK_NEAR(high - low, -6, 0.7);
    for (int i = 0; i < 2; i++)
        decoded_free(&d[i]);
    struct hs_buf script = {0};
    CHECK(hs_fs_read(hs_arena_printf(a, "%s.js", o.path), 1 << 22, &script, &err) == HS_OK);
    CHECK(!strncmp(script.data, "hindsightClip(\"against-corrected\",\"audio/webm\",\"", 47));
    hs_buf_free(&script);
}

/* How much of one sound is in another, in dB. */
static double share(const struct decoded *of, const struct decoded *in)
{
    double both = 0, own = 0;
    for (size_t i = 0; i < of->n && i < in->n; i++) {
        both += (double)of->channel[0][i] * (double)in->channel[0][i];
        own += (double)of->channel[0][i] * (double)of->channel[0][i];
    }
    return hs_db_from_power(both * both / (own * own));
}

/* The stem alone, where it lies in the master, and the master with more of it: twice as much is 6
 * dB more, against the rest. */
static void test_stem_side(struct hs_arena *a)
{
    double raised[2];
    for (int twice = 0; twice < 2; twice++) {
        struct hs_clip_order o = order_for(a, twice ? "stem-twice" : "stem-once", HS_CLIP_STEM);
        size_t bytes = 0;
        o.mix.path = o.mix.shown = hs_path_join(a, folder, "stem.wav");
        o.mix_from_s = o.from_s - DELAY_S;
        o.n_sides = 3;
        o.added = twice ? 0.4 : 0.2;
        CHECK(hs_clip_render(&o, NULL, &bytes, NULL) == HS_OK);
        struct decoded d[3];
        for (int i = 0; i < 3; i++)
            d[i] = decode(hs_arena_printf(a, "%s-%c.webm", o.path, 'a' + i));
        CHECK_NEAR(ebur128_of(&d[0]) - ebur128_of(&d[1]), 0, 0.3);
        CHECK_NEAR(ebur128_of(&d[0]) - ebur128_of(&d[2]), 0, 0.3);
        check_passage(&d[0], o.from_s);
        CHECK(share(&d[0], &d[1]) < -40);
        raised[twice] = share(&d[1], &d[2]) - share(&d[0], &d[2]);
        for (int i = 0; i < 3; i++)
            decoded_free(&d[i]);
    }
    CHECK_NEAR(raised[1] - raised[0], 6.02, 0.5);
}

static void test_refusals(struct hs_arena *a)
{
    struct hs_clip_order o = order_for(a, "nowhere", HS_CLIP_MIX);
    struct hs_error err = {0};
    size_t bytes = 0;
    o.mix.path = o.mix.shown = "no-such-file.wav";
    CHECK(hs_clip_render(&o, NULL, &bytes, &err) != HS_OK && *err.msg);
    o = order_for(a, "beyond", HS_CLIP_MIX);
    o.mix_from_s = SECONDS + 5; /* silence: nothing can be compared there */
    err = (struct hs_error){0};
    CHECK(hs_clip_render(&o, NULL, &bytes, &err) != HS_OK && *err.msg);
}

static bool is_listed(const struct hs_audit *audit, size_t track)
{
    for (size_t i = 0; i < audit->n_shortlist; i++)
        if (audit->shortlist[i].track == track)
            return audit->shortlist[i].rank > 0;
    return false;
}

/* What nobody lists has a clip only where all are asked for, or as an example. */
static void test_all(void)
{
    struct fixture *f = fixture_make(4, 6);
    struct hs_arena a = {0};
    struct hs_clips some = {0}, all = {.all = true};
    size_t unlisted = 0;
    hs_clips_plan(&f->audit, &a, &some);
    hs_clips_plan(&f->audit, &a, &all);
    CHECK(some.n_unlisted > 0 && !all.n_unlisted && all.n == some.n + some.n_unlisted);
    for (size_t i = 0; i < all.n; i++) {
        const struct hs_clip *c = &all.items[i];
        bool planned = false;
        for (size_t k = 0; k < some.n; k++)
            planned |= !strcmp(some.items[k].name, c->name);
        CHECK(planned || !is_listed(&f->audit, c->track));
        unlisted += !planned;
    }
    CHECK(unlisted == some.n_unlisted);
    hs_arena_free(&a);
    fixture_free(f);
}

/* Listed tracks first, findings from minor up, inside the budget, each name once. */
static void test_plan(void)
{
    struct fixture *f = fixture_make(4, 6);
    struct hs_arena a = {0};
    struct hs_clips clips = {0}, few = {.budget_mb = 2};
    hs_clips_plan(&f->audit, &a, &clips);
    hs_clips_plan(&f->audit, &a, &few);
    CHECK(clips.n > 5 && clips.budget_mb == HS_CLIP_BUDGET_MB && !clips.n_left_out);
    CHECK(few.n >= 1 && few.n < clips.n && few.n + few.n_left_out >= clips.n);
    size_t n_examples = 0;
    for (size_t i = 0; i < clips.n; i++) {
        const struct hs_clip *c = &clips.items[i];
        double length = c->master.to_s - c->master.from_s;
        CHECK(c->master.from_s >= 0 && length > 9.99 && length < 10.01);
        CHECK(hs_clip_n_sides(c) >= 1 && c->label[0]);
        if (c->finding != SIZE_MAX) {
            const struct hs_finding *x = &f->audit.tracks[c->track].findings[c->finding];
            CHECK_TEXT(c->rule, x->rule);
            CHECK(c->master.from_s <= x->times[0].to_s && c->master.to_s >= x->times[0].from_s);
        } else {
            CHECK(c->side == HS_CLIP_ALONE && hs_clip_n_sides(c) == 1);
            n_examples++;
        }
        if (c->side == HS_CLIP_MIX)
            CHECK_NEAR(c->mix.from_s - c->master.from_s, 0.372, 1e-9);
        for (size_t k = 0; k < i; k++)
            if (!strcmp(clips.items[k].name, c->name))
                CHECK(!"each name once");
    }
    CHECK(n_examples > 0); /* the best of what recurs: a lesson without them gives itself away */
    hs_arena_free(&a);
    fixture_free(f);
}

/* Where mastering left the tone, what it changed beyond the tone is all that it changed. */
static void test_tone_left(void)
{
    struct fixture *f = fixture_make(4, 6);
    double eq_db[HS_BANDS] = {0.2};
    for (int i = 0; i < 3; i++) {
        struct hs_arena a = {0};
        struct hs_clips clips = {.all = true};
        size_t n = 0;
        eq_db[20] = i == 1 ? -3 : NAN;
        for (size_t t = 0; t < f->audit.job->n_tracks; t++)
            if (i < 2)
                hs_values_array(&f->audit.tracks[t].pair.values, "eq_db", eq_db, HS_BANDS);
            else
                hs_values_absent(&f->audit.tracks[t].pair.values, "eq_db", "no curve");
        hs_clips_plan(&f->audit, &a, &clips);
        for (size_t k = 0; k < clips.n; k++)
            if (clips.items[k].side == HS_CLIP_MIX) {
                CHECK(hs_clip_n_sides(&clips.items[k]) == (i == 1 ? 4 : 3));
                n++;
            }
        CHECK(n > 0);
        hs_arena_free(&a);
    }
    fixture_free(f);
}

/* A jump is heard beside the songs around it: ten seconds of one song, as loud as all clips are,
 * would say that there is none. */
static void test_album_has_none(void)
{
    struct fixture *f = fixture_make(4, 6);
    struct hs_arena a = {0};
    struct hs_clips before = {.all = true}, after = {.all = true};
    hs_clips_plan(&f->audit, &a, &before);
    size_t of_findings = 0, left = 0;
    for (size_t i = 0; i < before.n; i++)
        of_findings += before.items[i].finding != SIZE_MAX;
    for (size_t i = 0; i < f->audit.job->n_tracks; i++)
        for (size_t k = 0; k < f->audit.tracks[i].n_findings; k++)
            f->audit.tracks[i].findings[k].rule = "level_jump";
    for (size_t i = 0; i < f->audit.n_recurring; i++)
        f->audit.recurring[i].rule = "level_jump";
    hs_clips_plan(&f->audit, &a, &after);
    for (size_t i = 0; i < after.n; i++)
        left += after.items[i].side != HS_CLIP_PREVIEW;
    CHECK(of_findings > 3 && left == 0);
    hs_arena_free(&a);
    fixture_free(f);
}

/* What disappears in the car is heard there, with its noise. */
static void test_plan_lost(void)
{
    struct fixture *f = fixture_make(4, 6);
    struct hs_arena a = {0};
    struct hs_clips clips = {0};
    struct hs_values *v = &f->audit.tracks[1].master.values;
    f->audit.survival = HS_TO_CAR;
    hs_values_array(v, "car_100.lost_at", (double[]){60, 72, 20, 24, NAN, NAN}, 6);
    hs_clips_plan(&f->audit, &a, &clips);
    size_t n = 0;
    for (size_t i = 0; i < clips.n; i++) {
        const struct hs_clip *c = &clips.items[i];
        if (c->side != HS_CLIP_LOST)
            continue;
        n++;
        CHECK(c->track == 1 && hs_clip_n_sides(c) == 2 && c->target[1] == HS_HEAR_CAR);
        CHECK_NEAR(c->master.from_s, 61, 1e-9);
        CHECK_NEAR(c->master.to_s, 71, 1e-9);
    }
    CHECK(n == 1);
    hs_arena_free(&a);
    fixture_free(f);
}

static double gain_db(const struct hs_biquad *f, double hz, double rate_hz);

/* The equaliser through the gains of the bands against the filter that they were taken from. */
static void test_equalise(void)
{
    enum { N = 44100 };
    struct hs_rng rng = {5};
    float *x = hs_calloc(N, sizeof *x), *y = hs_calloc(N, sizeof *y);
    float *silent = hs_calloc(N, sizeof *silent);
    struct hs_biquad shelf = hs_biquad_high_shelf(4000, 6, 0.7, MASTER_HZ);
    struct hs_biquad_state state = {{0, 0}};
    double eq[HS_BANDS], error = 0, power = 0;
    for (size_t b = 0; b < HS_BANDS; b++)
        eq[b] = b == 10 ? NAN : gain_db(&shelf, hs_band_hz(b), MASTER_HZ);
    for (size_t i = 0; i < N; i++)
        x[i] = y[i] = (float)(hs_rng_uniform(&rng) - 0.5);
    hs_biquad_run(&shelf, &state, x, N);
    hs_clip_equalise((float *const[]){y, silent}, N, MASTER_HZ, eq);
    for (size_t i = 0; i < N; i++) {
        error += pow((double)x[i] - (double)y[i], 2);
        power += pow((double)x[i], 2);
        CHECK(!(fabsf(silent[i]) > 0));
    }
    CHECK(10 * log10(error / power) < -30);
    hs_free(x);
    hs_free(y);
    hs_free(silent);
}

static double gain_db(const struct hs_biquad *f, double hz, double rate_hz)
{
    double complex z = cexp(-I * 2 * HS_PI * hz / rate_hz);
    double complex h = (f->b[0] + z * (f->b[1] + z * f->b[2])) / (1 + z * (f->a[0] + z * f->a[1]));
    return 20 * log10(cabs(h));
}

/* The sections by their defining points: gain at the ends and in the middle. */
static void test_biquads(void)
{
    double rate = 48000;
    struct hs_biquad bell = hs_biquad_bell(1000, 4, 1, rate);
    struct hs_biquad low = hs_biquad_low_shelf(200, -3, 0.7, rate);
    struct hs_biquad high = hs_biquad_high_shelf(6000, 5, 0.7, rate);
    struct hs_biquad pass = hs_biquad_high_pass(30, 0.70710678, rate);
    CHECK_NEAR(gain_db(&bell, 1000, rate), 4, 1e-6);
    CHECK_NEAR(gain_db(&bell, 20, rate), 0, 0.01);
    CHECK_NEAR(gain_db(&low, 200, rate), -1.5, 1e-6);
    CHECK_NEAR(gain_db(&low, 5, rate), -3, 0.02);
    CHECK_NEAR(gain_db(&low, 20000, rate), 0, 0.01);
    CHECK_NEAR(gain_db(&high, 6000, rate), 2.5, 1e-6);
    CHECK_NEAR(gain_db(&high, 23990, rate), 5, 0.01);
    CHECK_NEAR(gain_db(&high, 50, rate), 0, 0.01);
    CHECK_NEAR(gain_db(&pass, 30, rate), -3.01, 0.01);
}

/* A sine read between its samples is the sine. */
static void test_sinc(void)
{
    enum { N = 4000 };
    static float in[N], twice[N], out[2000], out_twice[2000];
    static const double steps[] = {1, 1.00006, 48000.0 / 44100, 2.1768};
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
        struct hs_sinc s;
        double w = 2 * HS_PI * 0.11 / fmax(1, steps[k]), worst = 0;
        for (size_t i = 0; i < N; i++)
            in[i] = (float)sin(w * (double)i), twice[i] = 2 * in[i];
        hs_sinc_init_rate(&s, steps[k]);
        hs_sinc_read_all(&s, (const float *const[]){in, twice}, N, 200.37, steps[k],
                         (float *const[]){out, out_twice}, 1500);
        for (size_t i = 0; i < 1500; i++) {
            worst = fmax(worst, fabs((double)out[i] - sin(w * (200.37 + (double)i * steps[k]))));
            CHECK(!(fabsf(out_twice[i] - 2 * out[i]) > 0));
        }
        CHECK(worst < 2e-4);
        hs_sinc_free(&s);
    }
}

int main(void)
{
    struct hs_arena a = {0};
    CHECK(mkdtemp(folder) != NULL);
    make_partials();
    write_wav(hs_path_join(&a, folder, "master.wav"), MASTER_HZ, sound, 0, 1, 0.9);
    write_wav(hs_path_join(&a, folder, "mix.wav"), MIX_HZ, sound, DELAY_S, 1 + DRIFT, 0.3);
    write_wav(hs_path_join(&a, folder, "stem.wav"), MIX_HZ, whistle, 0, 1, 0.5);
    test_biquads();
    test_equalise();
    test_sinc();
    test_tone_left();
    test_plan();
    test_album_has_none();
    test_plan_lost();
    test_all();
    test_mix_side(&a);
    test_corrected_side(&a);
    test_stem_side(&a);
    test_refusals(&a);
    CHECK(remove_tree(folder));
    hs_arena_free(&a);
    return check_done();
}
