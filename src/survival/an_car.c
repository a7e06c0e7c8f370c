/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The car: which of the music stays above the noise of a cabin at 50 and 100 km/h. A model: noise
 * by third octave from a calibrated recording (ISO 532-1 annex B.5, signal 15) and its growth with
 * speed; the music at the level that people set against it, with the bass that car audio adds.
 */
#include "core/alloc.h"
#include "core/num.h"
#include "measure/analyser.h"
#include "model/survival.h"
#include "survival/cabin.h"
#include "survival/lost.h"

#include <math.h>
#include <string.h>

enum { ZONES = 4, SPEEDS = 2, CUT = 20 /* active: above the mean minus this, LU */ };
#define BLOCK_S 0.125
/* Below 160 Hz blocks are too short for the bands: these come from the FINE frames. */
enum { SLOW_BANDS = 9 };
#define THRESHOLD_DB (-4.0) /* signal to noise at which a band is just heard */
#define LOST_SHARE 0.3
#define LOST_S 3.0
static const double speeds[SPEEDS] = {50, 100};
static const struct {
    size_t first, last;
} zones[ZONES] = {{3, 10}, {11, 20}, {21, 26}, {27, 28}}; /* 40-200, 250-2k, 2.5-8k, 10-12.5k */
#define MIDDLE(zone) ((zone) == 1 || (zone) == 2)

/* Levels of the bands of each block in hundredths of a decibel. */
struct levels {
    int16_t (*x)[HS_BANDS];
    size_t n, cap;
};

struct state {
    double sum[HS_BANDS], n;
    int64_t block;
    struct levels levels; /* of blocks */
    struct levels slow;   /* of FINE frames, the lowest bands */
    double slow_hop_s;
    double a_power; /* of all blocks, A-weighted */
};

/* The bass that car audio adds, at 100 Hz and below. */
static double shelf_db(size_t band)
{
    return hs_band_hz(band) <= 100 ? HS_CABIN_SHELF_DB : 0;
}

/* Hundredths of a decibel, from -300 dB on. */
static int16_t level_of(double power)
{
    double db = power > 0 ? hs_db_from_power(power) : -300;
    return (int16_t)lround(100 * fmin(fmax(db, -300), 50));
}

/* Closes a block of 125 ms: its levels by third octave, and its A-weighted power. */
static void end_block(struct state *s)
{
    struct levels *l = &s->levels;
    l->x = hs_grow(l->x, l->n, &l->cap, sizeof *l->x);
    for (size_t b = 0; b < HS_BANDS; b++) {
        double power = s->n > 0 ? s->sum[b] / s->n : 0;
        l->x[l->n][b] = level_of(power);
        s->a_power += power * hs_power_from_db(hs_a_weight_db(hs_band_hz(b)));
        s->sum[b] = 0;
    }
    l->n++;
    s->n = 0;
    s->block++;
}

/* Bins on an edge belong to both sides by their share. */
static double band_power(const struct hs_spectrum *f, size_t band)
{
    double low = hs_band_low_hz(band) / f->bin_hz, high = hs_band_high_hz(band) / f->bin_hz;
    double sum = 0;
    for (size_t i = (size_t)lround(low); (double)i - 0.5 < high && i < f->n_bins; i++) {
        double share = fmin((double)i + 0.5, high) - fmax((double)i - 0.5, low);
        sum += share * ((double)f->power_left[i] + (double)f->power_right[i]);
    }
    return 2 * sum; /* both halves of the spectrum */
}

/* The levels of the lowest bands, of one FINE frame. */
static void add_slow(struct state *s, const struct hs_spectrum *f)
{
    struct levels *l = &s->slow;
    l->x = hs_grow(l->x, l->n, &l->cap, sizeof *l->x);
    for (size_t b = 0; b < HS_BANDS; b++)
        l->x[l->n][b] = level_of(b < SLOW_BANDS ? band_power(f, b) : 0);
    l->n++;
    s->slow_hop_s = f->hop_s;
}

/* Sums the powers of the frames of a block. */
static void spectrum(void *state, const struct hs_spectrum *f)
{
    struct state *s = state;
    if (f->resolution != HS_SPECTRUM_FAST) {
        add_slow(s, f);
        return;
    }
    while (f->centre_s >= (double)(s->block + 1) * BLOCK_S)
        end_block(s);
    for (size_t b = 0; b < HS_BANDS; b++)
        s->sum[b] += (double)(f->bands[b].left + f->bands[b].right);
    s->n++;
}

/* The level of a band in a block: of low bands from the FINE frame nearest to it. */
static double level_db(const struct state *s, size_t block, size_t band)
{
    if (band >= SLOW_BANDS || !s->slow.n)
        return 0.01 * s->levels.x[block][band];
    size_t frame = (size_t)lround(((double)block + 0.5) * BLOCK_S / s->slow_hop_s);
    return 0.01 * s->slow.x[frame < s->slow.n ? frame : s->slow.n - 1][band];
}

/* A-weighted, above the mean. */
static double above_mean_db(const struct state *s, size_t block, double mean_db)
{
    double sum = 0;
    for (size_t b = 0; b < HS_BANDS; b++)
        sum += hs_power_from_db(0.01 * s->levels.x[block][b] + hs_a_weight_db(hs_band_hz(b)));
    return hs_db_from_power(sum) - mean_db;
}

/* What is heard of one block. */
struct heard {
    double zones[ZONES]; /* bands, in the car */
    double middle, room; /* of 250 Hz to 8 kHz: bands in the car, and in a quiet room */
};

/* Counts bands that stand over the noise by more than the threshold. */
static struct heard hear(const struct state *s, size_t block, double gain_db, double speed)
{
    struct heard h = {.room = 0};
    for (int z = 0; z < ZONES; z++)
        for (size_t b = zones[z].first; b <= zones[z].last; b++) {
            double db = level_db(s, block, b) + gain_db;
            h.zones[z] += db + shelf_db(b) - hs_cabin_noise_db(b, speed) > THRESHOLD_DB;
            h.room += MIDDLE(z) && db - hs_room_noise_db(b) > THRESHOLD_DB;
        }
    h.middle = h.zones[1] + h.zones[2];
    return h;
}

/* A stretch of blocks of which little is heard. What a quiet room does not leave either is
 * silence: it is not lost, and ends the stretch where it lasts. */
struct run {
    size_t from, to; /* blocks, from the first that is lost to behind the last */
    size_t silent;   /* blocks since */
};

struct ride {
    double heard[ZONES], blocks, lost_s;
    struct run run;
    struct hs_lost_passage lost[HS_LOST_PASSAGES]; /* the longest first */
};

/* Keeps the longest. */
static void keep(struct ride *r, double from_s, double to_s)
{
    size_t at = HS_LOST_PASSAGES;
    while (at > 0 && to_s - from_s > r->lost[at - 1].to_s - r->lost[at - 1].from_s)
        at--;
    if (at == HS_LOST_PASSAGES)
        return;
    memmove(r->lost + at + 1, r->lost + at, (HS_LOST_PASSAGES - 1 - at) * sizeof *r->lost);
    r->lost[at] = (struct hs_lost_passage){from_s, to_s};
}

/* Only a run of 3 s or more counts as lost. */
static void end_run(struct ride *r)
{
    double from_s = (double)r->run.from * BLOCK_S, to_s = (double)r->run.to * BLOCK_S;
    if (to_s - from_s >= LOST_S) {
        r->lost_s += to_s - from_s;
        keep(r, from_s, to_s);
    }
    r->run = (struct run){.to = 0};
}

/* A block that is heard ends the run, and so does silence of 3 s. */
static void go_on(struct ride *r, size_t block, const struct heard *h)
{
    struct run *run = &r->run;
    if (!(h->room > 0)) {
        if ((double)++run->silent * BLOCK_S >= LOST_S)
            end_run(r);
    } else if (h->middle >= LOST_SHARE * h->room) {
        end_run(r);
    } else {
        *run = (struct run){.from = run->to ? run->from : block, .to = block + 1};
    }
}

/* One ride at a speed: how much of each zone is heard, and how long, and where, next to nothing
 * is. */
static struct ride drive(const struct state *s, double gain_db, double speed, double mean_db)
{
    struct ride r = {.blocks = 0};
    for (size_t i = 0; i < s->levels.n; i++) {
        struct heard h = hear(s, i, gain_db, speed);
        bool active = above_mean_db(s, i, mean_db) > -CUT;
        for (int z = 0; z < ZONES && active; z++)
            r.heard[z] += h.zones[z];
        r.blocks += active;
        go_on(&r, i, &h);
    }
    end_run(&r);
    return r;
}

/* 63 to 125 Hz against 200 Hz to 2 kHz, with the shelf: where cabins boom. */
static double boom_db(const struct state *s)
{
    double bass = 0, middle = 0;
    for (size_t i = 0; i < s->levels.n; i++) {
        for (size_t b = 5; b <= 8; b++)
            bass += hs_power_from_db(level_db(s, i, b) + shelf_db(b));
        for (size_t b = 10; b <= 20; b++)
            middle += hs_power_from_db(level_db(s, i, b));
    }
    return hs_db_from_power(bass / 4) - hs_db_from_power(middle / 11);
}

enum { KEYS = 4 };
static const char *const keys[SPEEDS][KEYS] = {
    {"car_50.audible", "car_50.lost_s", "car_50.boom_db", "car_50.lost_at"},
    {"car_100.audible", "car_100.lost_s", "car_100.boom_db", "car_100.lost_at"}};

/* Beginning and end of each of the longest, NAN for those that are not there. */
static void put_places(const struct ride *r, const char *key, struct hs_values *v)
{
    double at[2 * HS_LOST_PASSAGES];
    for (size_t i = 0; i < HS_LOST_PASSAGES; i++) {
        bool there = r->lost[i].to_s > 0;
        at[2 * i] = there ? r->lost[i].from_s : NAN;
        at[2 * i + 1] = there ? r->lost[i].to_s : NAN;
    }
    if (r->lost[0].to_s > 0)
        hs_values_array(v, key, at, 2 * HS_LOST_PASSAGES);
    else
        hs_values_nothing(v, key, "no passage disappears");
}

/* Sets the music at its listening level and drives at each speed. */
static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    struct state *s = state;
    double seconds = (double)n_frames / stream->sample_rate_hz;
    const char *why = seconds < 10                     ? "shorter than 10 s"
                      : stream->sample_rate_hz < 25600 ? "nothing above 12.5 kHz is stored"
                      : !(s->a_power > 1e-12)          ? "silent"
                                                       : NULL;
    if (s->n > 0)
        end_block(s);
    double mean_db = why ? 0 : hs_db_from_power(s->a_power / (double)s->levels.n);
    for (int k = 0; k < SPEEDS; k++) {
        if (why) {
            for (int i = 0; i < KEYS; i++)
                hs_values_absent(v, keys[k][i], "%s", why);
            continue;
        }
        struct ride r = drive(s, hs_cabin_listening_db(speeds[k]) - mean_db, speeds[k], mean_db);
        double share[ZONES];
        for (int z = 0; z < ZONES; z++)
            share[z] = r.heard[z] / (r.blocks * (double)(zones[z].last - zones[z].first + 1));
        hs_values_array(v, keys[k][0], share, ZONES);
        hs_values_number(v, keys[k][1], r.lost_s);
        hs_values_number(v, keys[k][2], boom_db(s));
        put_places(&r, keys[k][3], v);
    }
}

static void stop(void *state)
{
    struct state *s = state;
    hs_free(s->levels.x);
    hs_free(s->slow.x);
}

#define NOISE "ISO 532-1:2017 annex B.5, signal 15; rolling noise by Harmonoise; docs/survival.md"
#define AUDIBLE(speed)                                                                             \
    {"car_" speed ".audible",                                                                      \
     "",                                                                                           \
     HS_ARRAY,                                                                                     \
     ZONES,                                                                                        \
     2,                                                                                            \
     HS_IN_STORE,                                                                                  \
     "heard in a car at " speed " km/h",                                                           \
     "Share of blocks and third octaves over the noise of a cabin: 40 to 200 Hz, 250 Hz to 2 "     \
     "kHz, "                                                                                       \
     "2.5 to 8 kHz, 10 to 12.5 kHz. A model.",                                                     \
     NOISE},                                                                                       \
        {"car_" speed ".lost_s",                                                                   \
         "s",                                                                                      \
         HS_NUMBER,                                                                                \
         0,                                                                                        \
         1,                                                                                        \
         HS_IN_STORE,                                                                              \
         "lost in a car at " speed " km/h",                                                        \
         "Time in which less than 30 % is heard of what a quiet room leaves of 250 Hz to 8 kHz, "  \
         "in runs of 3 s or more. A model.",                                                       \
         NOISE},                                                                                   \
        {"car_" speed ".lost_at",                                                                  \
         "s",                                                                                      \
         HS_ARRAY,                                                                                 \
         2 * HS_LOST_PASSAGES,                                                                     \
         1,                                                                                        \
         HS_IN_STORE,                                                                              \
         "where it is lost in a car at " speed " km/h",                                            \
         "Beginning and end of the three longest of these runs.",                                  \
         "docs/survival.md"},                                                                      \
    {                                                                                              \
        "car_" speed ".boom_db", "dB", HS_NUMBER, 0, 1, HS_IN_STORE,                               \
            "boom in a car at " speed " km/h",                                                     \
            "Mean of the third octaves 63 to 125 Hz, 6 dB up below 100 Hz as car audio has it, "   \
            "over "                                                                                \
            "that of 200 Hz to 2 kHz. A model.",                                                   \
            "docs/survival.md"                                                                     \
    }
static const struct hs_measure measures[] = {AUDIBLE("50"), AUDIBLE("100")};

const struct hs_analyser hs_analyser_car = {
    .name = "car",
    .version = 4,
    .on_request = HS_TO_CAR,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .spectrum = spectrum,
    .finish = finish,
    .stop = stop,
};
