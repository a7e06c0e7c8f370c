/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* Levels of stems behind a compressor and a limiter, of single hits, and where the fader is ridden.
 */
#include "made_stems.h"

/* The master is the mix 300 samples later, with a bus that breathes and a gain: the places are
 * found in both, and levels are those of the stems under that bus. */
static void master_beside_mix(void)
{
    struct signal mix = silence(), master = silence();
    add(&mix, &a, 0.5, LATE);
    add(&mix, &b, 0.25, LATE);
    add(&master, &mix, 1, 300);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < master.n; i++)
            master.x[c][i] *= (float)(1.2 + 0.5 * sin(2 * HS_PI * 1.3 * (double)i / RATE));
    struct hs_instruments x = fit(&mix, &master, (const struct signal *[]){&a, &b}, 2, false);
    for (int key = 0; key < 2; key++) {
        const struct hs_instrument *in = of(&x, key, true);
        CHECK_NEAR(in->number[HS_INSTRUMENT_DELAY_S] * RATE, LATE + 300, 1e-6);
        CHECK_NEAR(in->number[HS_INSTRUMENT_LEVEL_LU], level(&x, key), 0.1);
        CHECK(!in->why);
    }
    SIGNALS_FREE(&mix, &master);
}

/* A bus that is pressed by 1.4 dB wherever one stem plays, and only there: the stem stands in the
 * mix as it left that bus, and the other as it did. */
static void pressed_bus(void)
{
    struct signal stem = silence(), mix = silence(), parts[2] = {silence(), silence()};
    add(&stem, &a, 1, 0);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < stem.n; i++)
            stem.x[c][i] *= i % (2 * RATE) < RATE;
    add(&parts[0], &stem, 0.25, 0);
    add(&parts[1], &b, 0.5, 0);
    for (int p = 0; p < 2; p++) {
        for (int c = 0; c < 2; c++)
            for (size_t i = 0; i < mix.n; i++)
                parts[p].x[c][i] *= i % (2 * RATE) < RATE ? 0.85f : 1;
        add(&mix, &parts[p], 1, 0);
    }
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&stem, &b}, 2, false);
    for (int key = 0; key < 2; key++) {
        CHECK_NEAR(level(&x, key), loudness_of(&parts[key]) - loudness_of(&mix), 0.15);
        signal_free(&parts[key]);
    }
    SIGNALS_FREE(&stem, &mix);
}

/* Soft hits that sound only where a limiter turns loud ones down: what it leaves is of all, and not
 * of the soft ones alone. */
static void soft_hits_limited(void)
{
    struct signal mix = silence(), master = silence(), loud = silence(), soft = silence();
    double peak = 1e-9;
    add(&loud, &a, 1, 0);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < loud.n; i++) {
            const bool hit = fmod((double)i / RATE, 0.5) < 0.06;
            const float low = i ? (b.x[c][i] + b.x[c][i - 1]) / 2 : 0;
            soft.x[c][i] = hit ? low : 0;
            loud.x[c][i] *= hit ? 1 : 0.3F;
        }
    add(&mix, &loud, 0.5, LATE);
    add(&mix, &soft, 0.05, LATE);
    for (size_t i = 0; i < mix.n; i++) { /* the gain of a limiter, back within 2 ms */
        const double now = fmax(fabs((double)mix.x[0][i]), fabs((double)mix.x[1][i]));
        peak = fmax(now, 0.99 * peak);
        for (int c = 0; c < 2; c++)
            master.x[c][i] = (float)((double)mix.x[c][i] * fmin(1, 0.075 / peak));
    }
    struct hs_instruments x = fit(&mix, &master, (const struct signal *[]){&loud, &soft}, 2, false);
    const struct hs_instrument *in = of(&x, 1, true);
    CHECK(!in->why && in->number[HS_INSTRUMENT_BOUND_LU] < hs_instrument_inferred_lu);
    SIGNALS_FREE(&mix, &master, &loud, &soft);
}

/* A master that begins later in the song: how loud the stem is as a whole says nothing of it. */
static void trimmed_master(void)
{
    struct signal stem = silence(), mix = silence(), master = silence();
    const size_t cut = mix.n / 10;
    add(&stem, &a, 1, 0);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < cut; i++)
            stem.x[c][i] *= 1.3f;
    add(&mix, &stem, 0.5, 0);
    add(&mix, &b, 0.5, 0);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i + cut < mix.n; i++)
            master.x[c][i] = mix.x[c][i + cut];
    struct hs_instruments x = fit(&mix, &master, (const struct signal *[]){&stem, &b}, 2, false);
    CHECK(!of(&x, 0, true)->why);
    CHECK_NEAR(of(&x, 0, true)->number[HS_INSTRUMENT_LEVEL_LU], 10 * log10(0.5), 0.1);
    SIGNALS_FREE(&stem, &mix, &master);
}

/* Hits that ring for a moment: which blocks of 400 ms pass the gate hangs on where they begin. The
 * silence before a stem that was exported from bar 1 changes nothing of what it alone says of that.
 */
static void silence_before_hits(void)
{
    struct signal mix = silence(), hits = silence(), ahead = silence();
    const size_t lead = RATE * 3 / 10;
    struct signal early = silence(), early_ahead = silence(), beside = silence();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < hits.n; i++) {
            const double at_s = fmod((double)i / RATE + 0.21, 1.6);
            hits.x[c][i] = i < RATE ? 0 : a.x[c][i] * (float)exp(-at_s / 0.05);
        }
    add(&mix, &hits, 0.5, 0);
    add(&mix, &b, 0.25, 0);
    add(&ahead, &hits, 0.5, lead);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&hits, &b}, 2, false);
    struct hs_instruments y = fit(&mix, NULL, (const struct signal *[]){&ahead, &b}, 2, false);
    CHECK_NEAR(level(&y, 0), level(&x, 0), 0.02);
    /* nor does it matter that a mono stem was exported on one side */
    struct signal mono = noise(79, false), centred = silence();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < mono.n; i++)
            mono.x[c][i] *= (float)exp(-fmod((double)i / RATE + 0.21, 1.6) / 0.05);
    add(&centred, &mono, 0.5, 0);
    add(&centred, &b, 0.25, 0);
    struct hs_instruments u = fit(&centred, NULL, (const struct signal *[]){&mono, &b}, 2, false);
    memset(mono.x[1], 0, mono.n * sizeof(float));
    struct hs_instruments v = fit(&centred, NULL, (const struct signal *[]){&mono, &b}, 2, false);
    CHECK_NEAR(level(&v, 0), level(&u, 0), 0.02);
    SIGNALS_FREE(&mono, &centred);
    /* what sounds at the very start alone: the silence before it is in no block of the file */
    for (int c = 0; c < 2; c++)
        memcpy(early.x[c], a.x[c], 2 * RATE * sizeof(float));
    add(&beside, &early, 0.5, 0);
    add(&beside, &b, 0.25, 0);
    add(&early_ahead, &early, 0.5, lead);
    struct hs_instruments p = fit(&beside, NULL, (const struct signal *[]){&early, &b}, 2, false);
    struct hs_instruments q =
        fit(&beside, NULL, (const struct signal *[]){&early_ahead, &b}, 2, false);
    CHECK_NEAR(level(&q, 0), level(&p, 0), 0.15);
    SIGNALS_FREE(&early, &early_ahead, &beside, &mix, &hits, &ahead);
}

/* One hit has no loudness to speak of. */
static void one_hit(void)
{
    struct signal mix = silence(), hit = silence();
    for (int c = 0; c < 2; c++)
        memcpy(hit.x[c] + 2 * RATE, a.x[c], RATE / 12 * sizeof(float));
    add(&mix, &hit, 1, LATE);
    add(&mix, &b, 0.25, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&hit, &b}, 2, false);
    CHECK(of(&x, 0, false)->why && strstr(of(&x, 0, false)->why, "less than a second"));
    CHECK(!of(&x, 1, false)->why);
    SIGNALS_FREE(&mix, &hit);
}

/* A hit and its soft tail: a limiter turns the hit down, so that the tail passes the gate of the
 * master. It is one hit still. */
static void one_hit_limited(void)
{
    const size_t begins = 2 * RATE, tail = begins + RATE / 2, ends = tail + 3 * RATE / 2;
    struct signal mix = silence(), master = silence(), hit = silence();
    for (int c = 0; c < 2; c++)
        for (size_t i = begins; i < ends; i++)
            hit.x[c][i] = a.x[c][i] * (i < tail ? 1 : 0.08f);
    add(&mix, &hit, 1, 0);
    add(&mix, &b, 0.1, 0);
    add(&master, &mix, 1, 0);
    for (int c = 0; c < 2; c++)
        for (size_t i = begins; i < tail; i++)
            master.x[c][i] *= 0.12f;
    struct hs_instruments alone = fit(&master, NULL, (const struct signal *[]){&hit, &b}, 2, false);
    CHECK(of(&alone, 0, false)->number[HS_INSTRUMENT_ACTIVE_S] > 1);
    struct hs_instruments x = fit(&mix, &master, (const struct signal *[]){&hit, &b}, 2, false);
    CHECK(of(&x, 0, false)->why && strstr(of(&x, 0, false)->why, "less than a second"));
    CHECK(of(&x, 0, true)->number[HS_INSTRUMENT_ACTIVE_S] > 1);
    CHECK(of(&x, 0, true)->why && !of(&x, 1, true)->why);
    SIGNALS_FREE(&mix, &master, &hit);
}

/* Short hits, then a soft line; the fader is ridden so that the line is the louder one. What frames
 * blur of hits, which alone pass the gate of the stem as it was given, is not blurred in the file.
 */
static void ridden_line(void)
{
    struct signal mix = silence(), stem = silence(), ridden = silence();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < stem.n; i++) {
            const double at_s = (double)i / RATE;
            const bool early = at_s < SECONDS / 2;
            const double hit = exp(-fmod(at_s, 1.1) / 0.02);
            stem.x[c][i] = (float)((early ? hit : 0.05) * (double)b.x[c][i]);
            ridden.x[c][i] = (early ? 0.1F : 1) * stem.x[c][i];
        }
    add(&mix, &ridden, 1, 0);
    add(&mix, &a, 0.03, 0);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&stem, &a}, 2, false);
    const struct hs_instrument *in = of(&x, 0, false);
    const double truth = loudness_of(&ridden) - loudness_of(&mix);
    CHECK(in->why || fabs(level(&x, 0) - truth) <= in->number[HS_INSTRUMENT_BOUND_LU]);
    SIGNALS_FREE(&mix, &stem, &ridden);
}

int main(void)
{
    stems_begin();
    ridden_line();
    master_beside_mix();
    pressed_bus();
    soft_hits_limited();
    trimmed_master();
    silence_before_hits();
    one_hit();
    one_hit_limited();
    return stems_end();
}
