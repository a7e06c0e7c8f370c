/* SPDX-License-Identifier: Apache-2.0 */
/* test-cost: 40 */
/* Pairs made here, so that the truth is known: time line, channels, tone, reduction. */
#include "dsp/rational.h"
#include "dsp/resample.h"
#include "dsp/sinc.h"
#include "made_pair.h"
#include "made_song.h"
#include "model/measure.h"
#include "pair/choose.h"
#include "pair/pack.h"

static void later_inverted_and_swapped(void)
{
    struct hs_arena a = {0};
    struct signal mix = song(40, 1), master = part(&mix, 12345, mix.n - 12345 - 7000);
    float *left = master.x[0];
    master.x[0] = master.x[1], master.x[1] = left;
    for (size_t i = 0; i < master.n; i++)
        master.x[0][i] *= -0.5f, master.x[1][i] *= -0.5f;
    struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK(p.state == HS_PAIR_ALIGNED);
    CHECK(p.confidence > 0.9);
    CHECK_NEAR(value(&p, "delay_s"), 12345.0 / RATE, 2e-6);
    CHECK_NEAR(value(&p, "drift_ppm"), 0, 0.1);
    CHECK_NEAR(value(&p, "gain_db"), -6.02, 0.1);
    CHECK_NEAR(value(&p, "polarity"), -1, 0);
    CHECK_NEAR(value(&p, "swapped"), 1, 0);
    CHECK_NEAR(value(&p, "width_change_db"), 0, 0.05);
    CHECK(value(&p, "residual_db") < -60);
    CHECK_TEXT(hs_values_get(&p.values, "reducer")->text, "none");

    struct hs_buf packed = {0};
    struct hs_pair q;
    hs_pair_pack(&p, &packed);
    CHECK(hs_pair_unpack(&q, &a, packed.data, packed.len, NULL) == HS_OK);
    CHECK(q.state == p.state && q.confidence == p.confidence && q.values.n == p.values.n);
    for (size_t n = 0; n < packed.len; n += 97)
        CHECK(hs_pair_unpack(&q, &a, packed.data, n, NULL) != HS_OK);
    hs_buf_free(&packed);
    signal_free(&mix), signal_free(&master), hs_arena_free(&a);
}

/* A master that plays at another speed: its frame i is the mix's frame i * ratio. */
static void other_speed(double ratio)
{
    struct hs_arena a = {0};
    struct hs_sinc sinc;
    struct signal mix = song(40, 2), master = signal_new(RATE, 2);
    signal_extend(&master, 36 / ratio);
    hs_sinc_init(&sinc);
    hs_sinc_read(&sinc, mix.x[0], mix.x[1], RATE, ratio, master.n, master.x[0], master.x[1]);
    hs_sinc_free(&sinc);
    struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK(p.state == HS_PAIR_ALIGNED);
    CHECK_NEAR(value(&p, "drift_ppm"), (ratio - 1) * 1e6, 1);
    for (double t = 0; t <= 36; t += 36) {
        double found = value(&p, "delay_s") + t * (1 + 1e-6 * value(&p, "drift_ppm"));
        CHECK_NEAR(found, 1 + t * ratio, 1e-4);
    }
    signal_free(&mix), signal_free(&master), hs_arena_free(&a);
}

/* Nothing but bass: what leaks from it over all bins at the edges of a piece must not lay
 * edge on edge. */
static void dull(void)
{
    struct hs_arena a = {0};
    struct signal mix = signal_new(RATE, 2);
    signal_extend(&mix, 40);
    signal_add_noise(&mix, 0, 0.1, 15);
    for (int c = 0; c < 2; c++) {
        double y[3] = {0}, turn = exp(-2 * HS_PI * 90 / RATE);
        for (size_t i = 0; i < mix.n; i++) {
            double swell = 1 + 0.8 * sin(2 * HS_PI * 0.9 * (double)i / RATE);
            y[0] = turn * y[0] + (1 - turn) * (double)mix.x[c][i] * 20;
            y[1] = turn * y[1] + (1 - turn) * y[0];
            y[2] = turn * y[2] + (1 - turn) * y[1];
            mix.x[c][i] = (float)(y[2] * swell);
        }
    }
    struct signal master = part(&mix, 141561, mix.n - 141561);
    struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK(p.state == HS_PAIR_ALIGNED);
    CHECK_NEAR(value(&p, "delay_s"), 141561.0 / RATE, 1e-5);
    CHECK_NEAR(value(&p, "drift_ppm"), 0, 1);
    signal_free(&mix), signal_free(&master), hs_arena_free(&a);
}

/* Of low rates the filter is shorter: its spectra too must lie aligned. */
static void low_rate(void)
{
    struct hs_arena a = {0};
    struct signal mix = signal_new(11025, 2);
    signal_song(&mix, 40, 0.2, 1);
    signal_add_noise(&mix, 0, 0.001, 20);
    struct signal master = part(&mix, 0, mix.n - 5000);
    struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK(p.state == HS_PAIR_ALIGNED);
    CHECK_NEAR(value(&p, "delay_s"), 0, 1e-5);
    signal_free(&mix), signal_free(&master), hs_arena_free(&a);
}

/* A channel that was delayed is not one that was turned over. */
static void one_channel_late(void)
{
    struct hs_arena a = {0};
    struct signal mix = song(30, 16), master = part(&mix, 0, mix.n);
    const size_t late = RATE * 12 / 1000;
    memmove(master.x[1] + late, master.x[1], (master.n - late) * sizeof(float));
    struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK(p.state == HS_PAIR_ALIGNED);
    CHECK_NEAR(value(&p, "polarity"), 1, 0);
    CHECK_NEAR(value(&p, "channel_delay_change_ms"), -12, 0.05);
    signal_free(&master);
    master = part(&mix, 0, mix.n);
    memmove(master.x[0] + 220, master.x[0], (master.n - 220) * sizeof(float));
    p = pair_of(&mix, &master, &a);
    CHECK_NEAR(value(&p, "channel_delay_change_ms"), 1000. * 220 / RATE, 0.05);
    for (size_t i = 0; i < mix.n; i++) /* one that was there already */
        master.x[0][i] *= 0.7f;
    p = pair_of(&master, &master, &a);
    CHECK_NEAR(value(&p, "channel_delay_change_ms"), 0, 0.005);
    signal_free(&mix), signal_free(&master), hs_arena_free(&a);
}

/* An offset that a converter added, unequal on both sides, is no music that the mix lacks. */
static void offset_added(void)
{
    struct hs_arena a = {0};
    struct signal mix = song(30, 17), master = part(&mix, 4410, mix.n - 4410);
    for (size_t i = 0; i < master.n; i++)
        master.x[0][i] += 0.2f, master.x[1][i] -= 0.05f;
    struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK(p.state == HS_PAIR_ALIGNED);
    CHECK(value(&p, "residual_db") < -50);
    CHECK_NEAR(value(&p, "dc_change"), 0.2, 1e-3);
    CHECK_NEAR(value(&p, "delay_s"), 0.1, 2e-6);
    signal_free(&mix), signal_free(&master), hs_arena_free(&a);
}

/* A compressor whose detector is the power of the last 40 ms: above threshold_db, what
 * comes out rises by 1 dB in `ratio`. */
static void known_compressor(double threshold_db, double ratio)
{
    struct hs_arena a = {0};
    struct signal mix = song(60, 13);
    for (size_t i = 0; i < mix.n; i++) /* as loud and as soft as music is */
        for (int c = 0; c < 2; c++)
            mix.x[c][i] *= (float)hs_amplitude_from_db(-3.0 * (double)(i / RATE * 5 % 8));
    struct signal master = part(&mix, 0, mix.n);
    double power = 0, follow = 1 - exp(-1 / (0.04 * RATE));
    for (size_t i = 0; i < master.n; i++) {
        double l = (double)mix.x[0][i], r = (double)mix.x[1][i];
        power += ((l * l + r * r) / 2 - power) * follow;
        double over = hs_db_from_power(power + 1e-12) - threshold_db;
        double gain = over > 0 ? hs_amplitude_from_db(over * (1 / ratio - 1)) : 1;
        master.x[0][i] = (float)(l * gain), master.x[1][i] = (float)(r * gain);
    }
    struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK_TEXT(hs_values_get(&p.values, "reducer")->text, "compressor");
    CHECK_NEAR(1 - 1 / value(&p, "ratio"), 1 - 1 / ratio, 0.08);
    CHECK_NEAR(value(&p, "threshold_db"), threshold_db, 3);
    signal_free(&mix), signal_free(&master), hs_arena_free(&a);
}

/* High shelf by a first-order section: y = x + k * high-pass(x), |H| known. */
static const double shelf_hz = 2000, shelf_gain = 2;

static double shelf_db(double hz)
{
    double r = exp(-2 * HS_PI * shelf_hz / RATE), w = 2 * HS_PI * hz / RATE;
    /* high-pass: b (1 - z^-1) / (1 - r z^-1), b = (1 + r) / 2 */
    double b = (1 + r) / 2, k = shelf_gain - 1;
    double nr = b * (1 - cos(w)), ni = b * sin(w), dr = 1 - r * cos(w), di = r * sin(w);
    double hr = (nr * dr + ni * di) / (dr * dr + di * di);
    double hi = (ni * dr - nr * di) / (dr * dr + di * di);
    return hs_db_from_power(pow(1 + k * hr, 2) + pow(k * hi, 2));
}

/* Shelf, then a limiter that knows the peaks of the 2 ms to come and lets go in 80 ms.
 * truth: reduction of each 10 ms in dB, of frames that sound. */
static struct signal mastered(const struct signal *mix, double drive_db, double *truth,
                              size_t *n_truth)
{
    struct signal y = part(mix, 0, mix->n);
    double r = exp(-2 * HS_PI * shelf_hz / RATE), b = (1 + r) / 2;
    float peak = 0;
    for (int c = 0; c < 2; c++) {
        double high = 0, last = 0;
        for (size_t i = 0; i < y.n; i++) {
            double x = (double)mix->x[c][i];
            high = r * high + b * (x - last);
            last = x;
            y.x[c][i] = (float)(x + (shelf_gain - 1) * high);
            peak = fmaxf(peak, fabsf(y.x[c][i]));
        }
    }
    const double drive = hs_amplitude_from_db(drive_db) / (double)peak;
    const size_t ahead = RATE / 500, tick = RATE / 100;
    double gain = 1, in = 0, out = 0, release = 1 - exp(-1 / (0.08 * RATE));
    *n_truth = 0;
    for (size_t i = 0; i < y.n; i++) {
        double top = 0, wanted = 1;
        for (size_t k = i; k < i + ahead && k < y.n; k += 2)
            top = fmax(top, drive * fmax(fabs((double)y.x[0][k]), fabs((double)y.x[1][k])));
        wanted = top > 1 ? 1 / top : 1;
        gain = wanted < gain ? gain + (wanted - gain) * 0.1 : gain + (wanted - gain) * release;
        for (int c = 0; c < 2; c++) {
            double x = drive * (double)y.x[c][i];
            in += x * x;
            out += x * x * gain * gain;
            y.x[c][i] = (float)(0.9 * x * gain);
        }
        if (i % tick == tick - 1) {
            truth[(*n_truth)++] = hs_db_from_power(in / out);
            in = out = 0;
        }
    }
    return y;
}

static void tone_and_limiter(void)
{
    struct hs_arena a = {0};
    struct signal mix = song(40, 3);
    double *truth = HS_NEW_ARRAY(double, 5000), sum = 0, middle[11], level;
    size_t n, used = 0;
    struct signal master = mastered(&mix, 8, truth, &n);
    struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK(p.state == HS_PAIR_ALIGNED);
    CHECK_NEAR(value(&p, "delay_s"), 0, 1e-4);
    const double *eq = hs_values_doubles(&p.values, "eq_db", HS_BANDS);
    CHECK(eq != NULL);
    for (size_t b = 10; b <= 20; b++)
        middle[b - 10] = shelf_db(hs_band_hz(b));
    level = hs_median(middle, 11);
    for (size_t b = 3; eq && b < 29; b++)
        if (isfinite(eq[b])) {
            sum += pow(eq[b] - shelf_db(hs_band_hz(b)) + level, 2);
            used++;
        }
    CHECK(used >= 24);
    CHECK(sqrt(sum / (double)used) < 0.5);
    hs_sort(truth, n);
    CHECK_NEAR(value(&p, "gain_reduction_db.p95"), hs_quantile_sorted(truth, n, 0.95), 0.7);
    CHECK_NEAR(value(&p, "gain_reduction_db.median"), hs_quantile_sorted(truth, n, 0.5), 0.7);
    CHECK_TEXT(hs_values_get(&p.values, "reducer")->text, "limiter");
    CHECK(isnan(value(&p, "ratio")));
    CHECK_NEAR(value(&p, "threshold_db"), -0.5, 0.5);
    CHECK_NEAR(value(&p, "wow_ms"), 0, 0);
    hs_free(truth);
    signal_free(&mix), signal_free(&master), hs_arena_free(&a);
}

static void wider(void)
{
    struct hs_arena a = {0};
    struct signal mix = song(30, 4), master = part(&mix, 0, mix.n);
    for (size_t i = 0; i < mix.n; i++) {
        float mid = (mix.x[0][i] + mix.x[1][i]) / 2, side = (mix.x[0][i] - mix.x[1][i]) / 2;
        master.x[0][i] = mid + 1.5f * side, master.x[1][i] = mid - 1.5f * side;
    }
    struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK_NEAR(value(&p, "width_change_db"), 3.52, 0.1);
    CHECK_NEAR(value(&p, "balance_change_db"), 0, 0.1);
    signal_free(&mix), signal_free(&master), hs_arena_free(&a);
}

static void cut_differently(void)
{
    struct hs_arena a = {0};
    struct signal mix = song(60, 5), master = signal_new(RATE, 2);
    size_t first = 25 * RATE, second = (size_t)(33.4 * RATE);
    signal_extend(&master, 60 - 8.4);
    for (int c = 0; c < 2; c++) {
        memcpy(master.x[c], mix.x[c], first * sizeof(float));
        memcpy(master.x[c] + first, mix.x[c] + second, (master.n - first) * sizeof(float));
    }
    /* one channel is away near the cut */
    for (size_t i = first + RATE / 2; i < first + RATE; i++)
        master.x[1][i] *= 0.02f;
    struct hs_pair p = pair_of(&mix, &master, &a);
    const struct hs_value *drops = hs_values_get(&p.values, "drops");
    CHECK(p.state == HS_PAIR_EDITED);
    if (CHECK(drops && drops->kind == HS_ARRAY && drops->n == 4)) {
        CHECK_NEAR(drops->array[0], 25.5, 0.1);
        CHECK(drops->array[3] == 1);
    }
    CHECK(p.n_segments == 2);
    /* cut inside: both ends are those of the mix */
    CHECK_NEAR(value(&p, "trim_start_s"), 0, 1e-3);
    CHECK_NEAR(value(&p, "trim_end_s"), 0, 1e-3);
    if (p.n_segments == 2) {
        CHECK_NEAR(p.segments[0].mix_s - p.segments[0].master_s, 0, 1e-4);
        CHECK_NEAR(p.segments[1].mix_s - p.segments[1].master_s, 8.4, 1e-4);
        CHECK_NEAR(p.segments[1].master_s, 25, 0.5);
    }
    signal_free(&mix), signal_free(&master), hs_arena_free(&a);
}

/* A loop beneath what is played once: all windows agree by the line of the first piece. */
static void cut_in_loops(void)
{
    struct hs_arena a = {0};
    const size_t first = 27 * RATE, gone = 4 * (size_t)(4.7 * RATE);
    struct signal loop = song(4.7, 41), mix = song(70, 43), master = signal_new(RATE, 2);
    signal_extend(&master, 51.2);
    for (int c = 0; c < 2; c++) {
        for (size_t i = 0; i < mix.n; i++)
            mix.x[c][i] = 0.35f * mix.x[c][i] + 0.6f * loop.x[c][i % loop.n];
        memcpy(master.x[c], mix.x[c], first * sizeof(float));
        memcpy(master.x[c] + first, mix.x[c] + first + gone, (master.n - first) * sizeof(float));
    }
    struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK(p.state == HS_PAIR_EDITED && p.n_segments == 2);
    if (p.n_segments == 2) {
        CHECK_NEAR(p.segments[0].mix_s - p.segments[0].master_s, 0, 1e-4);
        CHECK_NEAR(p.segments[1].mix_s - p.segments[1].master_s, 18.8, 1e-4);
        CHECK_NEAR(p.segments[1].master_s, 27, 0.5);
    }
    CHECK(value(&p, "residual_db") < -30);
    signal_free(&mix), signal_free(&master), signal_free(&loop), hs_arena_free(&a);
}

/* The treble turned over and 9.5 dB louder: the music below has the sign that counts. */
static void treble_turned_over(void)
{
    enum { HALF = 50 };
    struct hs_arena a = {0};
    struct signal mix = song(20, 31), master = signal_new(RATE, 2);
    double taps[2 * HALF + 1], sum = 0;
    signal_extend(&master, 20);
    for (int k = -HALF; k <= HALF; k++) {
        const double x = HS_PI * 5000 * 2 / RATE * k;
        taps[k + HALF] = (k ? sin(x) / x : 1) * (0.5 + 0.5 * cos(HS_PI * k / (HALF + 1)));
        sum += taps[k + HALF];
    }
    for (int c = 0; c < 2; c++)
        for (size_t i = HALF; i + HALF < mix.n; i++) {
            double low = 0;
            for (int k = -HALF; k <= HALF; k++)
                low += taps[k + HALF] / sum * (double)mix.x[c][(size_t)((long)i + k)];
            master.x[c][i] = (float)(low - 3 * ((double)mix.x[c][i] - low)) / 2;
        }
    struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK(p.state == HS_PAIR_ALIGNED);
    CHECK_NEAR(value(&p, "polarity"), 1, 0);
    CHECK_NEAR(value(&p, "delay_s"), 0, 1e-4);
    signal_free(&mix), signal_free(&master), hs_arena_free(&a);
}

/* A master that plays the mix twice: the second time lies beyond the first line. */
static void played_twice(void)
{
    struct hs_arena a = {0};
    struct signal mix = song(30, 17), master = signal_new(RATE, 2);
    signal_extend(&master, 60);
    for (int c = 0; c < 2; c++)
        for (size_t k = 0; k < 2; k++)
            memcpy(master.x[c] + k * mix.n, mix.x[c], mix.n * sizeof(float));
    struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK(p.state == HS_PAIR_EDITED);
    CHECK(p.n_segments == 2);
    if (p.n_segments == 2) {
        CHECK_NEAR(p.segments[0].mix_s - p.segments[0].master_s, 0, 1e-4);
        CHECK_NEAR(p.segments[1].mix_s - p.segments[1].master_s, -30, 1e-4);
    }
    signal_free(&mix), signal_free(&master), hs_arena_free(&a);
}

static void another_song(void)
{
    for (uint64_t seed = 10; seed < 14; seed++) {
        struct hs_arena a = {0};
        struct signal mix = song(20, seed), master = song(20, seed + 100);
        struct hs_pair p = pair_of(&mix, &master, &a);
        CHECK(p.state == HS_PAIR_DIFFERENT || p.state == HS_PAIR_CANNOT_SAY);
        CHECK(p.why != NULL);
        CHECK(isnan(value(&p, "delay_s")) || p.state == HS_PAIR_CANNOT_SAY);
        signal_free(&mix), signal_free(&master), hs_arena_free(&a);
    }
}

/* The candidate the master was made from leaves less than one with another note louder. */
static void candidates(void)
{
    struct hs_arena a = {0};
    struct signal mix = song(30, 6), other = part(&mix, 0, mix.n);
    for (size_t i = 0; i < other.n; i++)
        for (int c = 0; c < 2; c++)
            other.x[c][i] +=
                0.03f * (float)sin(2 * HS_PI * 700 * (double)i / RATE) * (i / RATE % 2 ? 1 : 0);
    struct hs_pair pairs[3] = {pair_of(&other, &mix, &a), pair_of(&mix, &mix, &a)}, chosen;
    struct hs_source source[3] = {{.path = "other"}, {.path = "mix"}, {.path = "copy"}};
    struct hs_file files[3] = {
        {.source = &source[0]}, {.source = &source[1]}, {.source = &source[2]}};
    pairs[2] = pairs[1];
    hs_pair_choose(pairs, files, 3, &a, &chosen);
    CHECK(chosen.chosen == 1 && chosen.n_candidates == 3);
    CHECK(!chosen.candidates[0].tied && !chosen.candidates[1].tied && chosen.candidates[2].tied);
    hs_pair_choose(pairs, files, 2, &a, &chosen);
    CHECK(chosen.chosen == 1 && chosen.n_candidates == 2);
    CHECK(chosen.candidates[1].confidence > 0.9);
    CHECK(chosen.candidates[0].confidence < 0.1);
    CHECK(strlen(chosen.candidates[0].differs) > 0);
    CHECK_TEXT(chosen.candidates[1].differs, "");
    signal_free(&mix), signal_free(&other), hs_arena_free(&a);
}

/* Two results of the same residual, 0.2 dB apart: told apart where each second says so, not where
 * one of them says it all. */
static void told_apart(bool steadily)
{
    enum { SECONDS = 60 };
    struct hs_arena a = {0};
    struct hs_pair pairs[2] = {{.state = HS_PAIR_ALIGNED}, {.state = HS_PAIR_ALIGNED}}, chosen;
    struct hs_source source[2] = {{.path = "one"}, {.path = "other"}};
    struct hs_file files[2] = {{.source = &source[0]}, {.source = &source[1]}};
    const double more = hs_power_from_db(0.2);
    for (int k = 0; k < 2; k++) {
        float db[SECONDS];
        for (int i = 0; i < SECONDS; i++) {
            double power = 1 + 0.9 * sin(i), added = steadily ? (more - 1) * power : 0;
            added += !steadily && i == 30 ? (more - 1) * SECONDS : 0;
            db[i] = (float)hs_db_from_power(1e-4 * (power + (k ? added : 0)));
        }
        hs_values_init(&pairs[k].values, &a);
        hs_values_number(&pairs[k].values, "residual_db", k ? -39.8 : -40);
        hs_values_series(&pairs[k].values, "residual_series", db, SECONDS, 0, 1);
    }
    hs_pair_choose(pairs, files, 2, &a, &chosen);
    CHECK(chosen.chosen == 0);
    CHECK(chosen.candidates[1].tied == !steadily);
    hs_arena_free(&a);
}

/* A pair of a minute that one filter explains is looked at in pieces: its level is right, and a
 * ride of four seconds that lies between two pieces is still found. */
static void long_and_steady(bool with_ride)
{
    struct hs_arena a = {0};
    struct signal mix = song(60, 11), master = part(&mix, 0, mix.n);
    for (int c = 0; c < 2; c++) {
        float before = 0;
        for (size_t i = 0; i < mix.n; i++) {
            double t = (double)i / RATE;
            float now = mix.x[c][i], up = with_ride && t > 33 && t < 37 ? 1.4f : 1;
            master.x[c][i] = 0.5f * up * (now + 0.4f * before);
            before = now;
        }
    }
    struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK(p.state == HS_PAIR_ALIGNED);
    CHECK(p.n_chain == 0);
    CHECK(p.n_fades == 0);
    CHECK(p.n_rides == (with_ride ? 1 : 0));
    if (p.n_rides) {
        CHECK_NEAR(p.rides[0].from_s, 33, 1);
        CHECK_NEAR(p.rides[0].to_s, 37, 1);
    } else {
        CHECK_NEAR(value(&p, "slow_range_db"), 0, 0.1);
    }
    CHECK(value(&p, "residual_db") < -40);
    signal_free(&mix), signal_free(&master), hs_arena_free(&a);
}

/* The second half of the mix is 9 dB louder; the master falls silent before it, by 100 dB in
 * 8 s. That is a fade, no cut, no dropout and no change of level or of what is in the spectrum. */
static void faded_to_silence(void)
{
    struct hs_arena a = {0};
    struct signal mix = song(60, 21), master = part(&mix, 0, mix.n);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < mix.n; i++) {
            double t = (double)i / RATE, db = t < 24 ? 0 : -100.0 / 8 * (t - 24);
            mix.x[c][i] *= t < 28 ? 0.35f : 1;
            master.x[c][i] = mix.x[c][i] * (float)(db < -100 ? 0 : hs_amplitude_from_db(db + 2));
        }
    struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK(p.state == HS_PAIR_ALIGNED);
    CHECK(p.n_chain == 0 && p.n_rides == 0);
    if (CHECK(p.n_fades == 1)) {
        CHECK_NEAR(p.fades[0].from_s, 24, 0.5);
        CHECK(p.fades[0].to_s > 28);
    }
    CHECK_NEAR(value(&p, "gain_db"), 2, 0.1);
    CHECK(value(&p, "silenced_s") == 0);
    double mix_lufs = hs_values_or_nan(&p.shared_mix, "integrated_lufs");
    CHECK_NEAR(hs_values_or_nan(&p.shared_master, "integrated_lufs") - mix_lufs, 2, 0.05);
    signal_free(&mix), signal_free(&master), hs_arena_free(&a);
}

/* A sine of 1 kHz and one of 15 kHz at 48 kHz become those at 44.1, away from the ends. */
enum { SINE_IN = 24000, SINE_OUT = 22050 };

static double sine(int channel, size_t i, double rate_hz)
{
    return 0.5 * sin(2 * HS_PI * (channel ? 15000 : 1000) * (double)i / rate_hz);
}

static void check_sines(float *const out[2], double low, double high)
{
    enum { EDGE = 2000 };
    for (size_t i = EDGE; i < SINE_OUT - EDGE; i++) {
        CHECK_NEAR((double)out[0][i], sine(0, i, 44100), low);
        CHECK_NEAR((double)out[1][i], sine(1, i, 44100), high);
    }
}

/* The input ends within what is given before the first frame: nothing is made, nothing written. */
static void ends_before_first_frame(struct hs_rational *r, float in[2][SINE_IN])
{
    float room[2][8] = {{7, 7, 7, 7, 7, 7, 7, 7}, {7, 7, 7, 7, 7, 7, 7, 7}};
    float *const out[2] = {room[0], room[1]};
    hs_rational_reset(r, true);
    const size_t before = r->lead * r->down;
    CHECK(!hs_rational_run(r, (const float *const[]){in[0], in[1]}, before / 2, out, 1));
    CHECK(!hs_rational_run(r, NULL, 0, out, 1));
    for (int i = 0; i < 8; i++)
        CHECK(room[0][i] == 7 && room[1][i] == 7);
}

/* From a later block on, with what came before it given first: the same bits as from the start. */
static void starts_later(struct hs_rational *r, float in[2][SINE_IN], float made[2][SINE_OUT])
{
    static float later[2][SINE_OUT];
    const size_t from = r->block / r->up * r->down, before = r->lead * r->down;
    const float *const x[2] = {in[0] + from - before, in[1] + from - before};
    hs_rational_reset(r, true);
    size_t n = hs_rational_run(r, x, SINE_IN - from + before, (float *const[]){later[0], later[1]},
                               SINE_OUT);
    n += hs_rational_run(r, NULL, 0, (float *const[]){later[0] + n, later[1] + n}, SINE_OUT - n);
    CHECK(n == SINE_OUT - r->block);
    for (int c = 0; c < 2; c++)
        CHECK(!memcmp(later[c], made[c] + r->block, n * sizeof **later));
}

/* What both rates hold passes, just below half the lower one too; what only the higher one holds is
 * gone. */
static void edge_of_ratio(void)
{
    static float in[2][SINE_IN], made[2][SINE_OUT];
    float *const out[2] = {made[0], made[1]};
    struct hs_rational r;
    for (size_t i = 0; i < SINE_IN; i++) {
        in[0][i] = (float)(0.5 * sin(2 * HS_PI * 20900 * (double)i / 48000));
        in[1][i] = (float)(0.5 * sin(2 * HS_PI * 22200 * (double)i / 48000));
    }
    CHECK(hs_rational_init(&r, 48000, 44100));
    size_t n = hs_rational_run(&r, (const float *const[]){in[0], in[1]}, SINE_IN, out, SINE_OUT);
    n += hs_rational_run(&r, NULL, 0, (float *const[]){out[0] + n, out[1] + n}, SINE_OUT);
    for (size_t i = 2000; i < SINE_OUT - 2000; i++) {
        CHECK_NEAR((double)made[0][i], 0.5 * sin(2 * HS_PI * 20900 * (double)i / 44100), 3e-5);
        CHECK_NEAR((double)made[1][i], 0, 3e-5);
    }
    CHECK(n == SINE_OUT);
    ends_before_first_frame(&r, in);
    starts_later(&r, in, made);
    hs_rational_free(&r);
}

/* By soxr, and by the filters of a ratio of whole numbers, whose input comes in any pieces. */
static void converters(void)
{
    static float in[2][SINE_IN], first[2][SINE_OUT], again[2][SINE_OUT];
    float *const out[2] = {first[0], first[1]}, *const other[2] = {again[0], again[1]};
    struct hs_rational fir;
    for (size_t i = 0; i < SINE_IN; i++)
        for (int c = 0; c < 2; c++)
            in[c][i] = (float)sine(c, i, 48000);
    for (int single = 0; single < 2; single++) {
        struct hs_resample *r = NULL;
        CHECK((single ? hs_resample_new_single : hs_resample_new)(&r, 48000, 44100, NULL) == HS_OK);
        CHECK(hs_resample_whole(r, (const float *const[]){in[0], in[1]}, SINE_IN, out, SINE_OUT) ==
              SINE_OUT);
        check_sines(out, single ? 1e-6 : 1e-7, single ? 2e-5 : 2e-6);
        hs_resample_free(r);
    }
    CHECK(hs_rational_init(&fir, 48000, 44100) && fir.up == 147 && fir.down == 160);
    size_t n = hs_rational_run(&fir, (const float *const[]){in[0], in[1]}, SINE_IN, out, SINE_OUT);
    n += hs_rational_run(&fir, NULL, 0, (float *const[]){out[0] + n, out[1] + n}, SINE_OUT);
    CHECK(n == SINE_OUT);
    check_sines(out, 3e-5, 3e-5);
    hs_rational_reset(&fir, false);
    n = 0;
    for (size_t from = 0, m; from < SINE_IN; from += m) {
        m = 1 + from % 997 < SINE_IN - from ? 1 + from % 997 : SINE_IN - from;
        n += hs_rational_run(&fir, (const float *const[]){in[0] + from, in[1] + from}, m,
                             (float *const[]){other[0] + n, other[1] + n}, 700);
    }
    for (size_t more = 1; more; n += more)
        more = hs_rational_run(&fir, NULL, 0, (float *const[]){other[0] + n, other[1] + n}, 700);
    CHECK(n == SINE_OUT && !memcmp(first, again, sizeof first));
    hs_rational_free(&fir);
    CHECK(!hs_rational_init(&fir, 48000, 44099) && !hs_rational_init(&fir, 48000, 44100.5));
    hs_rational_free(&fir);
}

int main(void)
{
    converters();
    edge_of_ratio();
    later_inverted_and_swapped();
    other_speed(1 + 3e-6);
    other_speed(1 - 2e-3);
    other_speed(1.02);
    dull();
    one_channel_late();
    offset_added();
    low_rate();
    tone_and_limiter();
    known_compressor(-24, 2);
    known_compressor(-24, 3);
    wider();
    cut_differently();
    cut_in_loops();
    played_twice();
    treble_turned_over();
    another_song();
    candidates();
    told_apart(true);
    told_apart(false);
    long_and_steady(false);
    long_and_steady(true);
    faded_to_silence();
    return check_done();
}
