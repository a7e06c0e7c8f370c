/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* The true-peak limiter: what it must do to known signals, and the ceiling on hard ones, read by
 * meters of the tests' own. */
#include "dsp/limiter.h"

#include "check.h"
#include "limiter_meters.h"
#include "signals.h"

enum { RATE = 44100 };
static const double ceiling = -1;

struct limited {
    struct signal out;
    float *gain_db;
};

static void take(struct limited *l, size_t n, const float *const *out, const float *gain_db)
{
    for (size_t i = 0; i < n; i++) {
        for (int c = 0; c < l->out.n_channels; c++)
            l->out.x[c][l->out.n + i] = out[c][i];
        l->gain_db[l->out.n + i] = gain_db[i];
    }
    l->out.n += n;
}

static struct limited limit_to(const struct signal *s, double ceiling_db, size_t piece)
{
    struct limited l = {.out = signal_new(s->rate, s->n_channels)};
    struct hs_limiter *lim = hs_limiter_new(s->rate, s->n_channels, ceiling_db);
    const float *const *out, *gain_db;
    size_t n;
    l.gain_db = HS_NEW_ARRAY(float, s->n + 1);
    for (int c = 0; c < s->n_channels; c++)
        l.out.x[c] = HS_NEW_ARRAY(float, s->n + 1);
    for (size_t at = 0; at < s->n; at += piece) {
        const float *in[HS_MAX_CHANNELS];
        for (int c = 0; c < s->n_channels; c++)
            in[c] = s->x[c] + at;
        n = hs_limiter_push(lim, in, s->n - at < piece ? s->n - at : piece, &out, &gain_db);
        take(&l, n, out, gain_db);
    }
    while ((n = hs_limiter_drain(lim, &out, &gain_db)))
        take(&l, n, out, gain_db);
    CHECK(l.out.n == s->n);
    hs_limiter_free(lim);
    return l;
}

static struct limited limit(const struct signal *s)
{
    return limit_to(s, ceiling, HS_LIMITER_MOST);
}

static void limited_free(struct limited *l)
{
    signal_free(&l->out);
    hs_free(l->gain_db);
}

/* At most 0.15 dB over by the meter of the standard. The finer one is told. */
static void check_ceiling(const char *name, struct signal *s)
{
    struct limited l = limit(s);
    double four = -INFINITY, eight = -INFINITY;
    for (int c = 0; c < s->n_channels; c++) {
        four = fmax(four, meter_4x(l.out.x[c], l.out.n));
        eight = fmax(eight, meter_8x(l.out.x[c], l.out.n));
    }
    printf("%-24s 4x %6.3f  8x %6.3f dBTP\n", name, four, eight);
    CHECK(four <= ceiling + 0.15);
    CHECK(four >= ceiling - 1.5);
    limited_free(&l);
    signal_free(s);
}

static void silence(void)
{
    struct signal s = signal_new(RATE, 2);
    signal_extend(&s, 1);
    struct limited l = limit(&s);
    float most = 0;
    for (size_t i = 0; i < s.n; i++)
        most = fmaxf(most, fabsf(l.out.x[0][i]) - l.gain_db[i]);
    CHECK(most == 0);
    limited_free(&l);
    signal_free(&s);
}

/* A 1 kHz sine 7 dB above the ceiling: constant gain, no distortion. */
static void steady_sine(void)
{
    struct signal s = signal_new(RATE, 2);
    signal_sine(&s, 2, 1000, 6);
    struct limited l = limit(&s);
    size_t from = RATE / 10, n = RATE; /* whole periods */
    double in_phase = 0, quadrature = 0, power = 0;
    float least = 0, most = -99, peak = 0;
    for (size_t i = from; i < from + n; i++) {
        double w = 2 * HS_PI * 1000 * (double)i / RATE, x = (double)l.out.x[0][i];
        in_phase += x * sin(w);
        quadrature += x * cos(w);
        power += x * x;
        least = fminf(least, l.gain_db[i]);
        most = fmaxf(most, l.gain_db[i]);
        peak = fmaxf(peak, fabsf(l.out.x[0][i]));
    }
    double tone = 2 * (in_phase * in_phase + quadrature * quadrature) / (double)n;
    CHECK_NEAR((double)least, -7, 0.03);
    CHECK_NEAR((double)most, -7, 0.03);
    CHECK_NEAR(hs_db_from_amplitude((double)peak), ceiling, 0.03);
    CHECK(hs_db_from_power(fmax(power - tone, 1e-12) / tone) < -60);
    limited_free(&l);
    signal_free(&s);
}

/* Steady tones are not pumped: from one tenth of a second to the next the gain is the same. The
 * last two are chords, whose beats come round ten times a second. */
static void no_pumping(void)
{
    static const struct {
        double hz, with_hz;
        int rate;
    } rows[] = {{40, 0, RATE},   {100, 0, RATE},  {440, 0, RATE},   {5000, 0, RATE},
                {1000, 0, 8000}, {60, 0, 192000}, {50, 1500, RATE}, {220, 330, 96000}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        struct signal s = signal_new(rows[k].rate, 2);
        signal_sine(&s, 2, rows[k].hz, 8);
        for (size_t i = 0; i < s.n; i++)
            s.x[0][i] += (float)(2 * sin(2 * HS_PI * rows[k].with_hz * (double)i / rows[k].rate));
        struct limited l = limit(&s);
        double least = 0, most = -99;
        size_t tenth = (size_t)rows[k].rate / 10;
        for (size_t at = 5 * tenth; at + tenth <= s.n - tenth; at += tenth) {
            double mean = 0;
            for (size_t i = at; i < at + tenth; i++)
                mean += (double)l.gain_db[i] / (double)tenth;
            least = fmin(least, mean);
            most = fmax(most, mean);
        }
        CHECK(most - least < 0.02);
        limited_free(&l);
        signal_free(&s);
    }
}

/* One sample of full scale in silence at a ceiling of -6 dB. */
static void one_sample(void)
{
    struct signal s = signal_new(RATE, 2);
    signal_extend(&s, 1);
    size_t at = RATE / 2, half = (size_t)(hs_limiter_reach_s * RATE) / 2;
    s.x[0][at] = 1;
    struct limited l = limit_to(&s, -6, 1000);
    for (size_t i = at - half; i <= at + half; i++)
        CHECK((double)l.gain_db[i] <= -5.999);
    CHECK_NEAR((double)l.out.x[0][at], hs_amplitude_from_db(-6), 1e-3);
    size_t later = at + (size_t)(0.184 * RATE) + 3 * half;
    CHECK_NEAR((double)l.gain_db[later], -0.6, 0.05);
    CHECK(l.gain_db[at - 10 * half] == 0);
    limited_free(&l);
    signal_free(&s);
}

/* One hot channel turns both down by the same: the image stays. */
static void image(void)
{
    struct signal s = signal_new(RATE, 2);
    const double levels[] = {6, -20};
    signal_tone(&s, 1, 300, levels);
    struct limited l = limit(&s);
    double worst = 0;
    for (size_t i = 0; i < s.n; i++)
        for (int c = 0; c < 2; c++) {
            double want = (double)s.x[c][i] * hs_amplitude_from_db((double)l.gain_db[i]);
            worst = fmax(worst, fabs(want - (double)l.out.x[c][i]));
        }
    CHECK(worst < 2e-6);
    limited_free(&l);
    signal_free(&s);
}

/* Any division into pieces gives the same bits. */
static void pieces(void)
{
    struct signal s = signal_new(RATE, 2);
    signal_add_noise(&s, signal_extend(&s, 0.5), 3, 5);
    struct limited whole = limit(&s);
    static const size_t sizes[] = {1, 7, 1000};
    for (size_t k = 0; k < 3; k++) {
        struct limited l = limit_to(&s, ceiling, sizes[k]);
        for (int c = 0; c < 2; c++)
            CHECK(!memcmp(l.out.x[c], whole.out.x[c], s.n * sizeof(float)));
        CHECK(!memcmp(l.gain_db, whole.gain_db, s.n * sizeof(float)));
        limited_free(&l);
    }
    limited_free(&whole);
    signal_free(&s);
}

static void sines(void)
{
    static const double hz[] = {50, 997, RATE / 6., RATE / 4., RATE / 4. + 3, RATE / 3., 19000};
    for (size_t i = 0; i < sizeof hz / sizeof *hz; i++) {
        struct signal s = signal_new(RATE, 2);
        char name[40];
        signal_sine(&s, 0.5, hz[i], 12);
        snprintf(name, sizeof name, "sine of %.0f Hz", hz[i]);
        check_ceiling(name, &s);
    }
}

/* What is on for a share of every period. */
static void gated(const char *name, double hz, double gate_hz, double on, double low)
{
    struct signal s = signal_new(RATE, 2);
    signal_sine(&s, 1, hz, 26);
    for (size_t i = 0; i < s.n; i++)
        if (fmod((double)i * gate_hz / RATE, 1) >= on)
            s.x[0][i] *= (float)low, s.x[1][i] *= (float)low;
    check_ceiling(name, &s);
}

static void bursts(const char *name, double gate_hz, double on, int rate)
{
    struct signal s = signal_new(rate, 2);
    signal_add_noise(&s, signal_extend(&s, 1), 9, 3);
    for (size_t i = 0; i < s.n; i++)
        if (fmod((double)i * gate_hz / rate, 1) >= on)
            s.x[0][i] = s.x[1][i] = 0;
    check_ceiling(name, &s);
}

static void squares_and_clicks(void)
{
    static const double hz[] = {100, 3001};
    for (int k = 0; k < 2; k++) {
        struct signal s = signal_new(RATE, 2);
        signal_sine(&s, 0.5, hz[k], 0);
        for (int c = 0; c < 2; c++)
            for (size_t i = 0; i < s.n; i++)
                s.x[c][i] = s.x[c][i] < 0 ? -3 : 3;
        check_ceiling("square wave", &s);
    }
    struct signal s = signal_new(RATE, 2);
    signal_extend(&s, 1);
    for (size_t i = 0; i < s.n; i += 997)
        s.x[0][i] = 4;
    for (size_t i = 500; i < s.n; i += 1501)
        s.x[1][i] = -9;
    s.x[0][0] = 5;
    s.x[1][s.n - 1] = 5;
    check_ceiling("clicks", &s);
    s = signal_new(RATE, 2);
    signal_add_noise(&s, signal_extend(&s, 0.5), 1, 11);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < s.n; i++)
            s.x[c][i] = s.x[c][i] < 0 ? -10 : 10;
    check_ceiling("random signs", &s);
}

/* Loud noise, random signs, a square wave, a step of DC, and music that was cut off hard before. */
static void horrors_at(int rate)
{
    static const char *const names[] = {"noise", "random signs", "square", "DC", "clipped"};
    for (int kind = 0; kind < 5; kind++) {
        struct signal s = signal_new(rate, 2);
        char name[40];
        signal_add_noise(&s, signal_extend(&s, 0.3), kind == 4 ? 0.5 : 9, 21);
        for (size_t i = 0; i < s.n; i++)
            for (int c = 0; c < 2; c++) {
                double t = (double)i / rate, x = (double)s.x[c][i];
                double hits = 4 * sin(2 * HS_PI * 61 * t) * exp(-fmod(t, 0.1) * 30);
                double by_kind[] = {x, x < 0 ? -9 : 9, sin(2 * HS_PI * 997 * t + c) < 0 ? -7 : 7,
                                    t < 0.1 ? 0 : 3, fmax(-1, fmin(1, x + hits)) * 3};
                s.x[c][i] = (float)by_kind[kind];
            }
        snprintf(name, sizeof name, "%s at %d Hz", names[kind], rate);
        check_ceiling(name, &s);
    }
}

int main(void)
{
    silence();
    steady_sine();
    no_pumping();
    one_sample();
    image();
    pieces();
    sines();
    gated("gated quarter rate", RATE / 4., 500, 0.3, 0.02);
    gated("gated 18 kHz", 18000, 700, 0.3, 0.02);
    gated("gated 5 kHz", 5000, 90, 0.1, 0);
    bursts("noise", 1, 1, RATE);
    bursts("noise bursts", 20, 0.1, RATE);
    bursts("short noise bursts", 300, 0.1, RATE);
    bursts("noise bursts at 96 kHz", 300, 0.1, 96000);
    bursts("noise bursts at 8 kHz", 30, 0.1, 8000);
    squares_and_clicks();
    static const int rates[] = {8000, 44100, 96000, 192000};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        horrors_at(rates[i]);
    return check_done();
}
