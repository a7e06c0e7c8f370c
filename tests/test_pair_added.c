/* SPDX-License-Identifier: Apache-2.0 */
/* What mastering laid over the music or took out of it in places: drops of both channels and of
 * one, a hum, a gain that swings, a channel that was replaced, a side that a mono mix does not
 * have. */
#include "core/alloc.h"
#include "core/num.h"
#include "made_pair.h"
#include "made_song.h"
#include "pair/encoder.h"
#include "pair/other_sound.h"
#include "pair/values.h"
#include "pair/verdict.h"

enum { SECONDS = 20 };
static struct hs_arena arena;
static struct signal mix;

static struct signal copy(void)
{
    return part(&mix, 0, mix.n);
}

static struct hs_pair against(struct signal *master)
{
    struct hs_pair p = pair_of(&mix, master, &arena);
    signal_free(master);
    return p;
}

static void turned_down(int channel)
{
    struct signal master = copy();
    for (int c = 0; c < 2; c++)
        for (size_t i = 8 * RATE; i < 9 * RATE; i++)
            master.x[c][i] *= channel < 0 || c == channel ? 0.02f : 1;
    struct hs_pair p = against(&master);
    const struct hs_value *drops = hs_values_get(&p.values, "drops");
    if (!CHECK(p.state == HS_PAIR_ALIGNED && drops && drops->kind == HS_ARRAY && drops->n == 4))
        return;
    CHECK_NEAR(drops->array[0], 8, 0.1);
    CHECK_NEAR(drops->array[1], 9, 0.1);
    CHECK_NEAR(drops->array[2], 34, 3);
    CHECK(drops->array[3] == channel);
    CHECK(p.n_rides == 0 && p.n_fades == 0);
}

/* Two drops of one channel half a second apart are two, each once. */
static void turned_down_twice(void)
{
    struct signal master = copy();
    for (size_t i = 8 * RATE; i < 9 * RATE + RATE / 2; i++)
        master.x[1][i] *= i < 8 * RATE + RATE / 2 || i >= 9 * RATE ? 0.02f : 1;
    struct hs_pair p = against(&master);
    const struct hs_value *drops = hs_values_get(&p.values, "drops");
    CHECK(drops && drops->kind == HS_ARRAY && drops->n == 8);
}

/* The right channel dies and never comes back. */
static void dead(void)
{
    struct signal master = copy();
    for (size_t i = 17 * RATE + RATE / 2; i < master.n; i++)
        master.x[1][i] = 0;
    struct hs_pair p = against(&master);
    const struct hs_value *drops = hs_values_get(&p.values, "drops");
    if (!CHECK(p.state == HS_PAIR_ALIGNED && drops && drops->kind == HS_ARRAY && drops->n == 4))
        return;
    CHECK_NEAR(drops->array[0], 17.5, 0.1);
    CHECK_NEAR(drops->array[1], SECONDS, 0.3);
    CHECK(drops->array[3] == 1 && isnan(value(&p, "swing_hz")));
}

/* A master of a mono mix. */
static void turned_down_of_mono(void)
{
    struct signal mono = copy();
    for (size_t i = 0; i < mono.n; i++)
        mono.x[0][i] = mono.x[1][i] = (mix.x[0][i] + mix.x[1][i]) / 2;
    struct signal master = part(&mono, 0, mono.n);
    for (size_t i = 8 * RATE; i < 9 * RATE; i++)
        master.x[1][i] = 0;
    struct hs_pair p = pair_of(&mono, &master, &arena);
    const struct hs_value *drops = hs_values_get(&p.values, "drops");
    if (CHECK(p.state == HS_PAIR_ALIGNED && drops && drops->kind == HS_ARRAY && drops->n == 4))
        CHECK(drops->array[3] == 1);
    signal_free(&mono);
    signal_free(&master);
}

/* The song in strokes that die away twice a second, for there tails are read. */
static struct signal struck(void)
{
    struct signal s = copy();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < s.n; i++)
            s.x[c][i] *= (float)exp(-(double)(i % (RATE / 2)) / (0.1 * RATE));
    return s;
}

/* Soft, and so loud that tails are not read beneath it. */
static void whistle(float level, bool strokes)
{
    struct signal hits = strokes ? struck() : copy(), master = strokes ? struck() : copy();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < master.n; i++)
            master.x[c][i] += level * (float)sin(2 * HS_PI * 3000 * (double)i / RATE);
    struct hs_pair p = pair_of(&hits, &master, &arena);
    signal_free(&hits);
    signal_free(&master);
    const struct hs_value *hz = hs_values_get(&p.values, "added_tones_hz");
    CHECK(p.state == HS_PAIR_ALIGNED);
    if (CHECK(hz && hz->kind == HS_ARRAY))
        CHECK_NEAR(hz->array[0], 3000, 1);
    CHECK_NEAR(value(&p, "added_tones_db"), value(&p, "residual_db"), 1);
    const double tails = value(&p, "tail_change_db");
    CHECK(level > 0.004f ? isnan(tails) : isfinite(tails) && fabs(tails) < 0.2);
}

static void swinging(double hz)
{
    struct signal master = copy();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < master.n; i++)
            master.x[c][i] *= (float)(1 + 0.15 * sin(2 * HS_PI * hz * (double)i / RATE));
    struct hs_pair p = against(&master);
    CHECK(p.n_chain == 0);
    CHECK_NEAR(value(&p, "swing_hz"), hz, 0.1);
    CHECK_NEAR(value(&p, "swing_db"), 2.6, 0.3);
}

/* One channel alone: there is no gain that both share, and no curve. */
static void clipped_on_one_side(void)
{
    struct signal master = copy();
    float most = 0;
    for (size_t i = 0; i < master.n; i++)
        most = fmaxf(most, fabsf(master.x[1][i]));
    for (size_t i = 0; i < master.n; i++)
        master.x[1][i] = fmaxf(fminf(master.x[1][i], most / 4), -most / 4);
    struct hs_pair p = against(&master);
    const struct hs_value *channel = hs_values_get(&p.values, "curve_channel");
    CHECK(p.n_chain == 1 && p.chain[0].kind == HS_DEVICE_CLIPPER);
    CHECK(channel && channel->kind == HS_TEXT && !strcmp(channel->text, "right"));
    CHECK(isnan(value(&p, "encoded.noise_db")));
}

static void replaced(void)
{
    struct signal master = copy();
    for (size_t i = 0; i < master.n; i++)
        master.x[1][i] = master.x[0][i] / 2;
    struct hs_pair p = against(&master);
    const struct hs_value *copied = hs_values_get(&p.values, "copied_channel");
    CHECK(copied && copied->kind == HS_TEXT && !strcmp(copied->text, "right"));
}

/* A song that plays on one side alone is put on both: nothing was replaced. */
static void put_on_both(void)
{
    struct signal one = copy(), both = copy();
    for (size_t i = 0; i < one.n; i++) {
        one.x[0][i] = mix.x[0][i] * 1e-4f + mix.x[1][i] * 1e-4f;
        both.x[0][i] = mix.x[1][i];
    }
    struct hs_pair p = pair_of(&one, &both, &arena);
    CHECK(p.state == HS_PAIR_ALIGNED);
    CHECK(!hs_values_get(&p.values, "copied_channel") ||
          hs_values_get(&p.values, "copied_channel")->kind != HS_TEXT);
    signal_free(&one);
    signal_free(&both);
}

/* The side of the master is none of the mix's: the middles are compared, and nothing is left. */
static void mono_mix(struct signal master, bool has_tails)
{
    struct signal folded = part(&master, 0, master.n);
    for (size_t i = 0; i < folded.n; i++)
        folded.x[0][i] = folded.x[1][i] = (master.x[0][i] + master.x[1][i]) / 2;
    struct hs_pair p = pair_of(&folded, &master, &arena);
    const double tails = value(&p, "tail_change_db");
    CHECK(p.state == HS_PAIR_ALIGNED && value(&p, "residual_db") < (has_tails ? -55 : -60));
    CHECK(has_tails ? isfinite(tails) && fabs(tails) < 0.2 : isnan(tails));
    /* the gain is that of all of the master, also where it is cut */
    struct signal later = part(&master, RATE / 2, master.n - RATE / 2);
    struct hs_pair q = pair_of(&folded, &later, &arena);
    CHECK_NEAR(value(&q, "gain_db"), value(&p, "gain_db"), 0.2);
    signal_free(&later);
    signal_free(&master);
    signal_free(&folded);
}

/* Turned up by 10 dB over the first 8 s: a ride, for it does not come from nothing. */
static void no_fade(void)
{
    struct signal master = copy();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < master.n; i++)
            master.x[c][i] *= (float)hs_amplitude_from_db(fmin(1.25 * (double)i / RATE - 10, 0));
    struct hs_pair p = against(&master);
    CHECK(p.n_fades == 0 && p.n_rides > 0 && value(&p, "fade_in_s") == 0);
}

/* Mains beneath bass that is louder are told; the lowest notes of a bass beneath it, steady as
 * they may be, are no hum. */
static void hum_beneath_bass(void)
{
    static const struct {
        double hz[2];
        bool told;
    } rows[] = {{{50, 150}, true}, {{60, 180}, true}, {{49, 98}, false}, {{61.7, 123.5}, false}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct signal clean = copy(), master = copy();
        for (int c = 0; c < 2; c++)
            for (size_t i = 0; i < clean.n; i++) {
                const double w = 2 * HS_PI * (double)i / RATE;
                const double bass = 0.1 * sin(w * 55) * (1 + sin(w * 0.3));
                clean.x[c][i] += (float)bass;
                master.x[c][i] +=
                    (float)(bass + 0.008 * sin(w * rows[r].hz[0]) + 0.004 * sin(w * rows[r].hz[1]));
            }
        struct hs_pair p = pair_of(&clean, &master, &arena);
        const struct hs_value *hz = hs_values_get(&p.values, "added_tones_hz");
        const bool told = hz && hz->kind == HS_ARRAY;
        if (CHECK(told == rows[r].told) && told) {
            CHECK_NEAR(hz->array[0], rows[r].hz[0], 0.3);
            CHECK_NEAR(hz->array[1], rows[r].hz[1], 0.5);
        }
        signal_free(&clean);
        signal_free(&master);
    }
}

/* Noise is told by its even spectrum and level; what swells is none, and dither is too soft. */
static void noise(void)
{
    static const double level[] = {0.005, 0.00001, 0.005};
    for (int kind = 0; kind < 3; kind++) {
        struct signal master = copy();
        unsigned long long state = 7;
        for (size_t i = 0; i < master.n; i++)
            for (int c = 0; c < 2; c++) {
                state = state * 6364136223846793005ULL + 1442695040888963407ULL;
                const double x = (double)(state >> 33) / 4294967296.0 - 0.25;
                const double wave = sin(2 * HS_PI * 0.15 * (double)i / RATE);
                const double swell = kind == 2 ? 0.2 + wave * wave : 1;
                master.x[c][i] += (float)(level[kind] * swell * x);
            }
        struct hs_pair p = against(&master);
        CHECK(p.state == HS_PAIR_ALIGNED && isfinite(value(&p, "added_noise_db")) == (kind == 0));
    }
}

/* Nothing was done. */
static void untouched(void)
{
    struct signal master = copy();
    struct hs_pair p = against(&master);
    CHECK(!hs_values_get(&p.values, "drops"));
    CHECK(isnan(value(&p, "swing_hz")) && isnan(value(&p, "added_tones_db")));
    CHECK(!hs_values_get(&p.values, "other_sound_hz"));
}

/* What never changes does not come and go, also where the music does: a tone of 50 or 437 Hz, and
 * hiss, 10 dB below a song of which every other bar is 20 dB softer. */
static void steady_beneath_bars(double hz)
{
    struct signal bars = copy();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < bars.n; i++)
            bars.x[c][i] *= i / (2 * RATE) % 2 ? 0.1F : 1;
    struct signal master = part(&bars, 0, bars.n);
    if (!(hz > 0))
        signal_add_noise(&master, 0, 0.037, 5);
    for (int c = 0; hz > 0 && c < 2; c++)
        for (size_t i = 0; i < master.n; i++)
            master.x[c][i] += 0.03F * (float)sin(2 * HS_PI * hz * (double)i / RATE);
    struct hs_pair p = pair_of(&bars, &master, &arena);
    const struct hs_value *told = hs_values_get(&p.values, "added_tones_hz");
    CHECK(p.state == HS_PAIR_ALIGNED);
    if (hz > 0 && CHECK(told && told->kind == HS_ARRAY))
        CHECK_NEAR(told->array[0], hz, 2); /* a bin is 2.7 Hz */
    CHECK(!hs_values_get(&p.values, "other_sound_hz"));
    signal_free(&bars);
    signal_free(&master);
}

/* What was clipped beyond recognition is not called another recording. */
static void ruined(void)
{
    struct hs_file file[2] = {0};
    struct hs_alignment *place = HS_NEW(struct hs_alignment);
    for (int i = 0; i < 2; i++) {
        hs_values_init(&file[i].values, &arena);
        hs_values_number(&file[i].values, "clipped_ppm", i ? 760000 : 0);
    }
    for (int i = 0; i < 3; i++) {
        struct hs_pair p = {0};
        hs_values_init(&p.values, &arena);
        place->mix = &file[0];
        place->master = &file[i > 0];
        if (i == 2) /* chip music: flat at many levels */
            hs_values_number(&file[1].values, "clipped_at_one_level", 0.3);
        hs_verdict_not_found(place, &arena, &p);
        CHECK(p.state == (i == 1 ? HS_PAIR_CANNOT_SAY : HS_PAIR_DIFFERENT));
        CHECK(i != 1 || !strcmp(p.why, "the master is clipped in 76 % of its samples"));
    }
    hs_free(place);
}

/* The right channel comes 0.3 ms later: the comb of the middle is no tone. */
static void late(void)
{
    enum { LATE = 13 };
    struct signal master = copy();
    memmove(master.x[1] + LATE, mix.x[1], (master.n - LATE) * sizeof(float));
    struct hs_pair p = against(&master);
    const double *eq = hs_values_doubles(&p.values, "eq_db", HS_BANDS);
    CHECK(p.state == HS_PAIR_ALIGNED);
    CHECK_NEAR(value(&p, "channel_delay_change_ms"), -1000.0 * LATE / RATE, 0.02);
    for (size_t b = 4; eq && b < 28; b++)
        CHECK(!isfinite(eq[b]) || fabs(eq[b]) < 0.5);
}

/* The middle is compressed 4:1, the sides are as they were. */
static void middle_compressed(void)
{
    struct signal hits = struck(), master = struck();
    double envelope = 0;
    for (size_t i = 0; i < hits.n; i++) {
        const float mid = (hits.x[0][i] + hits.x[1][i]) / 2;
        const float side = (hits.x[0][i] - hits.x[1][i]) / 2;
        const double power = (double)(mid * mid);
        envelope += (power - envelope) * (power > envelope ? 0.002 : 0.0003);
        const double over_db = hs_db_from_power(envelope + 1e-12) + 30;
        const float gain = (float)hs_amplitude_from_db(over_db > 0 ? -0.75 * over_db : 0);
        master.x[0][i] = gain * mid + side;
        master.x[1][i] = gain * mid - side;
    }
    struct hs_pair p = pair_of(&hits, &master, &arena);
    const struct hs_value *moved = hs_values_get(&p.values, "gain_part");
    CHECK(p.n_chain > 0 && p.chain[0].kind == HS_DEVICE_COMPRESSOR);
    CHECK(moved && moved->kind == HS_TEXT && !strcmp(moved->text, "middle"));
    /* of a mono song there is no part */
    struct signal mono = struck();
    for (size_t i = 0; i < mono.n; i++) {
        const float before = (hits.x[0][i] + hits.x[1][i]) / 2;
        const float after = (master.x[0][i] + master.x[1][i]) / 2;
        mono.x[0][i] = mono.x[1][i] = before;
        master.x[0][i] = master.x[1][i] = after;
    }
    struct hs_pair q = pair_of(&mono, &master, &arena);
    CHECK(q.n_chain > 0 && !hs_values_get(&q.values, "gain_part"));
    signal_free(&mono);
    signal_free(&hits);
    signal_free(&master);
}

/* A voice that comes and goes is in the master alone. */
static void sung_to(void)
{
    struct signal sung = copy();
    double phase = 0;
    for (size_t i = 0; i < sung.n; i++) {
        const double t = (double)i / RATE;
        phase += 2 * HS_PI * (900 + 250 * sin(2 * HS_PI * 0.7 * t) + 20 * sin(34 * t)) / RATE;
        const double level = fmod(t, 4) < 1.5 ? 0.02 : 0;
        for (int c = 0; c < 2; c++)
            sung.x[c][i] += (float)(level * (sin(phase) + 0.5 * sin(2 * phase)));
    }
    struct hs_pair p = against(&sung);
    const double *hz = hs_values_doubles(&p.values, "other_sound_hz", 2);
    if (CHECK(p.state == HS_PAIR_ALIGNED && hz))
        CHECK(hz[0] > 400 && hz[0] < 1000 && hz[1] > 1800 && hz[1] < 3200);
    CHECK(value(&p, "other_sound_in") == 1);
}

/* A part that never rests, of seven harmonics that glide, stands 4 dB higher in the mix that was
 * mastered than in the one that was kept: the level of that part alone tells it. The same mix at
 * another tone is no other mix. */
static void another_mix_kept(double part_db, float tone)
{
    struct signal kept = copy(), master = copy();
    double phase = 0;
    for (size_t i = 0; i < kept.n; i++) {
        const double t = (double)i / RATE;
        phase += 2 * HS_PI * (300 + 80 * sin(2 * HS_PI * 0.4 * t)) / RATE;
        double x = 0;
        for (int k = 1; k < 8; k++)
            x += 0.06 * sin(k * phase) / k;
        for (int c = 0; c < 2; c++) {
            kept.x[c][i] += (float)x;
            master.x[c][i] += (float)(x * hs_amplitude_from_db(part_db));
        }
    }
    for (int c = 0; c < 2; c++)
        for (size_t i = master.n - 1; i; i--)
            master.x[c][i] += tone * master.x[c][i - 1];
    struct hs_pair p = pair_of(&kept, &master, &arena);
    const double *hz = hs_values_doubles(&p.values, "other_sound_hz", 2);
    CHECK(p.state == HS_PAIR_ALIGNED);
    if (CHECK(!hz == (part_db == 0)) && hz)
        CHECK(hz[0] < 400 && hz[1] < 5000);
    signal_free(&kept);
    signal_free(&master);
}

/* What moves whole octaves, as a compressor of the middle or of one range, is no part: shares of
 * such a device, and of a part, on music. */
static void devices_move_octaves(void)
{
    static const struct {
        double part, range;
        int side;
        bool told;
    } rows[] = {{0.24, 0.28, -1, true},
                {0.20, 0.42, -1, false},
                {0.30, 0.61, -1, false},
                {0.24, 0.28, 0, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct hs_models models = {.part_share = rows[i].part,
                                         .part_hz = {200, 2000},
                                         .range_share = rows[i].range,
                                         .part = rows[i].side};
        const struct hs_devices devices = {.n_chain = 1};
        const struct hs_other_facts facts = {
            .models = &models, .devices = &devices, .residual_db = -22};
        struct hs_pass pass = {0};
        struct hs_reduction reduction = {0};
        struct hs_other_sound other;
        hs_other_sound_find(&pass, &reduction, &facts, &other);
        CHECK(other.found == rows[i].told);
    }
}

/* Eight all-passes of 200 Hz turn the phase and change no level: what the filter cannot hold of
 * their long response is neither another mix nor an encoder. */
static void phase_turned(void)
{
    struct signal kept = copy();
    for (size_t i = 0; i < kept.n; i++) {
        const size_t note = i / (RATE / 4), at = i % (RATE / 4);
        const double hz = 130 + 20 * (double)(note * 7 % 11);
        for (int c = 0; c < 2; c++)
            kept.x[c][i] += (float)(0.3 * exp(-(double)at / (0.05 * RATE)) *
                                    sin(2 * HS_PI * hz * (double)at / RATE));
    }
    struct signal master = part(&kept, 0, kept.n);
    for (int k = 0; k < 8; k++) {
        const double w = 2 * HS_PI * 200 / RATE, a = sin(w) / (2 * 0.707);
        const double b0 = (1 - a) / (1 + a), b1 = -2 * cos(w) / (1 + a);
        for (int c = 0; c < 2; c++) {
            double x1 = 0, x2 = 0, y1 = 0, y2 = 0;
            for (size_t i = 0; i < master.n; i++) {
                const double x = (double)master.x[c][i];
                const double y = b0 * x + b1 * x1 + x2 - b1 * y1 - b0 * y2;
                x2 = x1, x1 = x, y2 = y1, y1 = y;
                master.x[c][i] = (float)y;
            }
        }
    }
    struct hs_pair p = pair_of(&kept, &master, &arena);
    signal_free(&kept);
    signal_free(&master);
    CHECK(p.state == HS_PAIR_ALIGNED && p.n_chain == 0);
    CHECK(!hs_values_get(&p.values, "other_sound_hz"));
    CHECK(isnan(value(&p, "encoded.noise_db")));
}

/* In 8 bits soft sound lies below a step and is rounded away: no expander turned it down. */
static void in_few_bits(double bits)
{
    struct signal loud = copy();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < loud.n; i++)
            loud.x[c][i] *= i / (2 * RATE) % 2 ? 0.02F : 1;
    struct signal rounded = part(&loud, 0, loud.n);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < loud.n; i++)
            rounded.x[c][i] = roundf(rounded.x[c][i] * 128) / 128;
    struct side x, y;
    struct hs_pair p;
    struct hs_error err = {0};
    put_side(&x, &loud, &arena);
    put_side(&y, &rounded, &arena);
    hs_values_number(&y.file.values, "effective_bits", bits);
    CHECK(hs_pair_analyse(&x.file, &y.file, &arena, &p, &err) == HS_OK);
    CHECK((hs_values_get(&p.values, "level_slope") != NULL && isfinite(value(&p, "level_slope"))) ==
          (bits > 8));
    unlink(x.path);
    unlink(y.path);
    signal_free(&loud);
    signal_free(&rounded);
}

/* An encoder is named by the master's file or grid, where the mix has not gone through it. */
static void names_of_encoders(void)
{
    static const struct {
        const char *mix, *of_mix, *codec, *grid, *name; /* the first: the grid of the mix */
        double lossless;
        bool certain, stored;
    } rows[] = {{NULL, "flac", "mp3float", NULL, "MP3", 0, true, true},
                {NULL, "flac", "pcm_s16le", "AAC", "AAC", 1, false, false},
                {"AAC", "flac", "pcm_s16le", "AAC", NULL, 1, false, false},
                {"Vorbis", "flac", "pcm_s16le", "AAC", "AAC", 1, false, false},
                {"Vorbis", "flac", "pcm_s16le", NULL, NULL, 1, false, false},
                /* a lossless mix of which a lossy file was made, whatever the mix was before */
                {"Vorbis", "flac", "vorbis", NULL, "Vorbis", 0, true, true},
                {NULL, "vorbis", "vorbis", NULL, NULL, 0, false, false},
                {NULL, "mp3float", "vorbis", NULL, "Vorbis", 0, false, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct hs_values mixed, mastered;
        hs_values_init(&mixed, &arena);
        hs_values_init(&mastered, &arena);
        hs_values_text(&mastered, "codec", rows[i].codec);
        hs_values_number(&mastered, "lossless", rows[i].lossless);
        hs_values_text(&mixed, "codec", rows[i].of_mix);
        hs_values_number(&mixed, "lossless", !strcmp(rows[i].of_mix, "flac"));
        if (rows[i].mix)
            hs_values_text(&mixed, "encoder", rows[i].mix);
        if (rows[i].grid)
            hs_values_text(&mastered, "encoder", rows[i].grid);
        const struct hs_encoder_facts f = hs_encoder_facts_of(&mixed, &mastered, false);
        CHECK(rows[i].name ? f.name && !strcmp(f.name, rows[i].name) : !f.name);
        CHECK(!f.off_time && f.certain == rows[i].certain && f.stored == rows[i].stored);
    }
}

/* A steady hiss that is brighter than the song, in a master that is stored as AAC: it follows
 * nothing, so that it was added, and is not what the encoder left. */
static void steady_in_a_lossy_file(void)
{
    struct signal master = copy(), hiss = signal_new(RATE, 2);
    signal_extend(&hiss, SECONDS);
    signal_add_noise(&hiss, 0, 0.02, 5);
    for (int c = 0; c < 2; c++) {
        float low = 0;
        for (size_t i = 0; i < master.n; i++) {
            low += 0.2F * (hiss.x[c][i] - low);
            master.x[c][i] += low;
        }
    }
    struct side x, y;
    struct hs_pair p;
    struct hs_error err = {0};
    put_side(&x, &mix, &arena);
    put_side(&y, &master, &arena);
    hs_values_text(&y.file.values, "codec", "aac");
    hs_values_number(&y.file.values, "lossless", 0);
    CHECK(hs_pair_analyse(&x.file, &y.file, &arena, &p, &err) == HS_OK);
    CHECK(p.state == HS_PAIR_ALIGNED && isnan(value(&p, "encoded.noise_db")));
    unlink(x.path);
    unlink(y.path);
    signal_free(&hiss);
    signal_free(&master);
}

int main(void)
{
    names_of_encoders();
    mix = song(SECONDS, 12);
    hum_beneath_bass();
    noise();
    untouched();
    steady_beneath_bars(50);
    steady_beneath_bars(437);
    steady_beneath_bars(0);
    steady_in_a_lossy_file();
    in_few_bits(8);
    in_few_bits(16);
    turned_down(-1);
    turned_down(1);
    turned_down_twice();
    turned_down_of_mono();
    dead();
    whistle(0.02f, false);
    whistle(0.002f, true);
    whistle(0.008f, true);
    swinging(5);
    clipped_on_one_side();
    replaced();
    put_on_both();
    sung_to();
    devices_move_octaves();
    phase_turned();
    another_mix_kept(4, 0);
    another_mix_kept(0, 0.5F);
    middle_compressed();
    late();
    mono_mix(copy(), false);
    mono_mix(struck(), true);
    no_fade();
    ruined();
    signal_free(&mix);
    hs_arena_free(&arena);
    return check_done();
}
