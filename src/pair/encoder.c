/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Noise to signal at 10 kHz over that at 500 Hz, from the coherence of the transfer, and how even
 * the residual is over time must look like an encoder. That is enough where the master's file or
 * the grid in its samples names one. Else the slope of the residual's level over the mix's must,
 * too; or the treble is incoherent with the mix and as loud as before (music of one level has no
 * slope).
 */
#include "pair/encoder.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

/* Residuals between which noise is looked for: below lies dither, above something else. */
static const double least_noise_db = -45, most_noise_db = -8;
/* 46 encoded pairs 8.6 to 31 dB, gain devices -1 to 3. */
static const double least_rise_db = 8;
/* Of a master that is stored in a lossy codec, and its mix is not: the noise is there, and where it
 * follows the music this alone tells it from what was added. AAC of 128 kbit/s over dense music
 * 4.5. A steady sound that was added follows nothing. */
static const double least_rise_certain_db = 3;
/* Beside a curve, whose misfit rises by 8.7 (a clip of 14 dB), or a gain that moves (an
 * expander 10.5, a compressor 9.5); encoded behind a curve 15.7 and more. */
static const double least_rise_moving_db = 12, moving_gain_db = 1;
/* Where a gain rests: 0.7 more to 1.1 dB less behind five encoders after compressors and
 * limiters, 2.5 to 4.0 less of limiters driven by 12 dB that no encoder followed. */
static const double most_beside_gain_db = 1.5;
/* No encoder rises so steeply; hiss and wow over dark music do (42.7). */
static const double most_rise_db = 35;
/* The middle moment has at least so much of the noise of all. */
static const double most_uneven_db = 10;
/* Noise that follows the music: dB per dB of its level. A hiss has 0 (0.02 to 0.09 on four songs),
 * an encoder near 1 (MP3, AAC and Vorbis of these 0.71 to 1.12). */
static const double least_follow = 0.5;
/* Nor does it rise more than the music: MP3, AAC and Opus of six soft songs up to 1.42; a mild
 * saturation that no curve proves 2.05. */
static const double most_follow = 1.75;
/* A moment that devices leave alone. */
static const double below_ceiling_db = 6, steady_db = 0.3;
enum { NEAR = 3, FEWEST = 50 };
static const double coherent = 0.3, step_hz = 250, audible_hz = 20000;

/* Noise to signal of a third of an octave around a frequency, dB; NaN without signal. */
static double noise_at(const struct hs_transfer *t, double hz)
{
    double all = 0, both = hs_transfer_coherent(t, hz * 0.84, hz * 1.19, &all);
    return both > 0 && all > both ? hs_db_from_power((all - both) / both) : NAN;
}

static double find_bandwidth(const struct hs_transfer *t)
{
    double highest = 0;
    for (double hz = step_hz; hz + step_hz <= fmin(t->rate_hz / 2, audible_hz + step_hz);
         hz += step_hz) {
        double all = 0, both = hs_transfer_coherent(t, hz, hz + step_hz, &all);
        if (all > 0 && both > coherent * all)
            highest = hz + step_hz;
    }
    return highest;
}

/* Slope of the residual's level over the mix's, tick by tick. */
static double follows_level(const struct hs_pass *p, const struct hs_reduction *r)
{
    double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (size_t i = 0; i < r->n; i++) {
        if (!(r->weight[i] > 0) || !(p->tick[i].rr > 0))
            continue;
        double x = r->level_db[i];
        double y = hs_db_from_power((double)p->tick[i].rr / (double)p->tick[i].frames);
        n++, sx += x, sy += y, sxx += x * x, sxy += x * y;
    }
    double over = n * sxx - sx * sx;
    return over > 0 ? (n * sxy - sx * sy) / over : 0;
}

/* Whether devices leave a moment alone: its peaks are well below the ceiling of a curve, and the
 * gain does not move around it. What a device leaves unexplained is not there; an encoder's noise
 * is. */
static bool is_untouched(const struct hs_reduction *r, const struct hs_devices *d, size_t i)
{
    if (d->curve && r->peak_y_db[i] > r->ceiling_db - below_ceiling_db)
        return false;
    return i < NEAR || i + NEAR >= r->n ||
           fabs(r->gain_db[i + NEAR] - r->gain_db[i - NEAR]) < steady_db;
}

/* Noise to signal of the middle one of the active ticks, or of those that are untouched: what a
 * clipper leaves stands at its peaks alone. NaN where there are too few. */
static double usual_noise_db(const struct hs_pass *p, const struct hs_reduction *r,
                             const struct hs_devices *untouched)
{
    double *x = HS_NEW_ARRAY(double, r->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->weight[i] > 0 && p->tick[i].yy > 0 && (!untouched || is_untouched(r, untouched, i)))
            x[n++] = hs_db_from_power(fmax((double)p->tick[i].rr / (double)p->tick[i].yy, 1e-12));
    double middle = n >= FEWEST ? hs_median(x, n) : NAN;
    hs_free(x);
    return middle;
}

/* Whether the treble is new, at the power of the old: what is added makes it louder. */
static bool treble_is_replaced(const struct hs_transfer *t)
{
    const double least_db = -3, most_louder_db = 1, middle_hz = 1000, treble_hz = 10000;
    const double hz[2] = {middle_hz, treble_hz}, bin_hz = t->rate_hz / (double)t->n;
    double louder[2];
    for (int i = 0; i < 2; i++) {
        double all = 0, in = 1e-30;
        hs_transfer_coherent(t, hz[i] * 0.84, hz[i] * 1.19, &all);
        for (size_t k = (size_t)(hz[i] * 0.84 / bin_hz);
             k < (size_t)(hz[i] * 1.19 / bin_hz) && k < t->bins; k++)
            in += t->at.xx[0][k] + t->at.xx[1][k];
        louder[i] = hs_db_from_power(all / in + 1e-30);
    }
    return noise_at(t, treble_hz) >= least_db && louder[1] - louder[0] <= most_louder_db;
}

/* Whether noise that nothing proves to be an encoder's is of its kind. */
static bool looks_encoded(const struct hs_pass *p, const struct hs_reduction *r,
                          const struct hs_devices *d, const struct hs_encoder *e,
                          double untouched_db)
{
    const bool gain = d->gain || d->multiband;
    double *work = HS_NEW_ARRAY(double, r->n + 1);
    const bool moves = hs_ticks_quantile(r->gain_db, r->weight, r->n, 0.95, work) -
                           hs_ticks_quantile(r->gain_db, r->weight, r->n, 0.05, work) >
                       moving_gain_db;
    hs_free(work);
    /* what a gain leaves of a dark song rises, too, but less of it where the gain rests */
    if (e->rise_db > most_rise_db || (gain && !(untouched_db >= e->noise_db - most_beside_gain_db)))
        return false;
    const bool stands_out =
        e->rise_db >= (d->n_chain || moves ? least_rise_moving_db : least_rise_db);
    const double follow = follows_level(p, r);
    return (stands_out && follow >= least_follow && follow <= most_follow) ||
           ((gain || !d->n_chain) && treble_is_replaced(&p->transfer));
}

/* The name of a lossy codec that the file is stored in, as a person writes it; NULL where it is in
 * none. */
static const char *codec_of(const struct hs_values *v)
{
    static const char *const names[][2] = {
        {"mp3", "MP3"}, {"aac", "AAC"}, {"vorbis", "Vorbis"}, {"opus", "Opus"}, {"wma", "WMA"}};
    const struct hs_value *codec = hs_values_get(v, "codec");
    double lossless = 1;
    hs_values_read(v, "lossless", &lossless);
    if (lossless != 0 || !codec || codec->kind != HS_TEXT)
        return NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strncmp(codec->text, names[i][0], strlen(names[i][0])))
            return names[i][1];
    return codec->text;
}

/* Of the codec, or of the grid of one that was there before. */
static const char *name_of(const struct hs_values *v)
{
    const struct hs_value *grid = hs_values_get(v, "encoder");
    const char *codec = codec_of(v);
    return codec ? codec : grid && grid->kind == HS_TEXT ? grid->text : NULL;
}

struct hs_encoder_facts hs_encoder_facts_of(const struct hs_values *mix,
                                            const struct hs_values *master, bool wow)
{
    const double later_ms = 0.05;
    const char *before = name_of(mix), *now = name_of(master);
    const double late = fabs(hs_values_or_nan(master, "channel_delay_ms") -
                             hs_values_or_nan(mix, "channel_delay_ms"));
    /* a mix that is lossless was encoded in between, whatever it was before */
    const char *from = codec_of(mix), *to = codec_of(master);
    const bool certain = to && !from;
    return (struct hs_encoder_facts){
        .name = now && (certain || !before || strcmp(before, now) != 0) ? now : NULL,
        .certain = certain,
        .stored = to && (!from || strcmp(from, to) != 0),
        .off_time = wow || late >= later_ms};
}

/* Noise that follows the music and grows with frequency, up to where coherence ends. */
void hs_encoder_find(const struct hs_pass *p, const struct hs_reduction *r,
                     const struct hs_devices *d, double residual_db,
                     const struct hs_encoder_facts *facts, struct hs_encoder *out)
{
    const struct hs_transfer *t = &p->transfer;
    *out = (struct hs_encoder){.noise_db = residual_db};
    double low = noise_at(t, 500), high = noise_at(t, 10000);
    out->bandwidth_hz = find_bandwidth(t);
    /* A master that ends below 10 kHz has nothing coherent there: as much noise as signal. */
    if (isnan(high) && out->bandwidth_hz > 0 && out->bandwidth_hz < 9000)
        high = 0;
    out->rise_db = high - low;
    /* where a curve leaves no moment alone what is left is its own */
    const double untouched_db = usual_noise_db(p, r, d);
    const bool calm = isnan(untouched_db) ? !d->curve : untouched_db > residual_db - most_uneven_db;
    const bool certain = facts->certain && !d->n_chain && follows_level(p, r) >= least_follow;
    const double least_db = d->curve  ? least_rise_moving_db
                            : certain ? least_rise_certain_db
                                      : least_rise_db;
    out->found = residual_db > least_noise_db && residual_db < most_noise_db &&
                 usual_noise_db(p, r, NULL) > residual_db - most_uneven_db && calm &&
                 out->rise_db >= least_db &&
                 (facts->name || (!facts->off_time && looks_encoded(p, r, d, out, untouched_db)));
    out->name = out->found || facts->stored ? facts->name : NULL;
}
