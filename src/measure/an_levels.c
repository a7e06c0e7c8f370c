/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Peak, power and mean of the down-mix in one pass, and what is derived from them.
 * 1. Moments of left and right (dsp/kernels.h) are added up by tick of 10 ms, by block of 3 s
 *    of the DR meter, and over the file. The sums of every 100 ms and of the file are left for
 *    the stereo measures in working series.
 * 2. Crest, rms, DC offset and asymmetry come from the sums of the file.
 * 3. DR: per channel the second-highest block peak over the rms of the loudest fifth of the
 *    blocks, a sine reading as its peak; mean of the channels that are not silent (Pleasurize
 *    Music Foundation).
 * 4. Limiting, crest of 3 s, silence, gaps and both ends of the file come from the ticks
 *    (measure/levels.h).
 */
#include "core/alloc.h"
#include "core/num.h"
#include "dsp/kernels.h"
#include "measure/analyser.h"
#include "measure/levels.h"
#include "measure/series.h"
#include "measure/ticks.h"

#include <math.h>
#include <string.h>

/* measuring-dr-en-v3.pdf (Pleasurize Music Foundation): blocks of 3 s; its meter takes
 * 132480 frames at 44.1 kHz. */
static const double dr_block_s = 132480.0 / 44100;

enum { SUMS = 4 }; /* left, right, mid, side */

struct state {
    int rate;
    const struct hs_kernels *kernels;
    int64_t tick, dr_block, n_frames;
    double tick_peak, tick_power;
    double sums[SUMS];           /* of the current 100 ms */
    struct hs_floats part[SUMS]; /* mean powers per 100 ms */
    struct hs_levels levels;
    double dr_square[2];
    float dr_peak[2];
    struct hs_floats dr_squares[2], dr_peaks[2];
    double sum[2], square[2], mid, side; /* of the file */
    float high[2], low[2], difference;
    float last[2];
};

static enum hs_status start(void *state, const struct hs_stream *stream, struct hs_error *err)
{
    (void)err;
    struct state *s = state;
    s->rate = stream->sample_rate_hz;
    s->kernels = hs_kernels_choose();
    return HS_OK;
}

/* First frame of a block of the DR meter. */
static int64_t dr_frame(const struct state *s, int64_t block)
{
    return (int64_t)floor((double)block * dr_block_s * s->rate + 0.5);
}

/* Every tenth tick ends a part of 100 ms. */
static void end_of_tick(struct state *s)
{
    int64_t from = hs_tick_frame(s->tick, s->rate), to = hs_tick_frame(s->tick + 1, s->rate);
    hs_levels_push(&s->levels, s->tick_peak, s->tick_power / (2 * (double)(to - from)));
    s->tick_peak = s->tick_power = 0;
    s->tick++;
    if (s->tick % HS_TICKS_PER_100_MS)
        return;
    from = hs_tick_frame(s->tick - HS_TICKS_PER_100_MS, s->rate);
    for (int i = 0; i < SUMS; i++) {
        hs_floats_push(&s->part[i], s->sums[i] / (double)(to - from));
        s->sums[i] = 0;
    }
}

static void end_of_dr_block(struct state *s)
{
    double n = (double)(dr_frame(s, s->dr_block + 1) - dr_frame(s, s->dr_block));
    for (int c = 0; c < 2; c++) {
        hs_floats_push(&s->dr_squares[c], 2 * s->dr_square[c] / n); /* a sine reads 1 */
        hs_floats_push(&s->dr_peaks[c], (double)s->dr_peak[c]);
        s->dr_square[c] = s->dr_peak[c] = 0;
    }
    s->dr_block++;
}

/* Each sum goes to the tick, the DR block, the 100 ms of the stereo measures and the file. */
static void add(struct state *s, const struct hs_moments *m)
{
    for (int c = 0; c < 2; c++) {
        float peak = fmaxf(m->high[c], -m->low[c]);
        s->sum[c] += m->sum[c];
        s->square[c] += m->square[c];
        s->high[c] = fmaxf(s->high[c], m->high[c]);
        s->low[c] = fminf(s->low[c], m->low[c]);
        s->tick_peak = fmax(s->tick_peak, (double)peak);
        s->tick_power += m->square[c];
        s->dr_square[c] += m->square[c];
        s->dr_peak[c] = fmaxf(s->dr_peak[c], peak);
        s->sums[c] += m->square[c];
    }
    s->mid += m->mid;
    s->side += m->side;
    s->sums[2] += m->mid;
    s->sums[3] += m->side;
    s->difference = fmaxf(s->difference, m->difference);
}

/* Cuts the samples at every tick of 10 ms and every block of the DR meter, whichever ends first. */
static void block(void *state, const struct hs_block *b)
{
    struct state *s = state;
    for (size_t done = 0; done < b->n_frames;) {
        int64_t first = b->first + (int64_t)done;
        size_t n = hs_tick_take(s->tick, s->rate, first, b->n_frames - done);
        int64_t dr_left = dr_frame(s, s->dr_block + 1) - first;
        n = dr_left < (int64_t)n ? (size_t)dr_left : n;
        struct hs_moments m;
        s->kernels->moments(b->left + done, b->right + done, n, &m);
        add(s, &m);
        done += n;
        first += (int64_t)n;
        if (first == hs_tick_frame(s->tick + 1, s->rate))
            end_of_tick(s);
        if (first == dr_frame(s, s->dr_block + 1))
            end_of_dr_block(s);
    }
    s->n_frames = b->first + (int64_t)b->n_frames;
    s->last[0] = b->left[b->n_frames - 1];
    s->last[1] = b->right[b->n_frames - 1];
}

static void put(struct hs_values *v, const char *key, double x, const char *why)
{
    if (isfinite(x))
        hs_values_number(v, key, x);
    else
        hs_values_absent(v, key, "%s", why);
}

/* Second-highest block peak over the rms of the loudest fifth of the blocks. */
static double dynamic_range(const struct hs_floats *squares, const struct hs_floats *peaks)
{
    size_t n = squares->n, loudest = n / 5 ? n / 5 : 1;
    double first = 0, second = 0, sum = 0;
    double *sorted = HS_NEW_ARRAY(double, n + 1);
    for (size_t i = 0; i < n; i++) {
        double peak = (double)peaks->x[i];
        sorted[i] = (double)squares->x[i];
        second = fmax(second, fmin(peak, first));
        first = fmax(first, peak);
    }
    hs_sort(sorted, n);
    for (size_t i = n - loudest; i < n; i++)
        sum += sorted[i];
    hs_free(sorted);
    return hs_db_from_amplitude(second) - hs_db_from_power(sum / (double)loudest);
}

/* Mean of the channels, as the meter has it. */
static void put_dr(const struct state *s, struct hs_values *v)
{
    if (s->dr_block < 2) {
        hs_values_absent(v, "dr_db", "shorter than 2 blocks of 3 s");
        return;
    }
    double sum = 0;
    int heard = 0;
    for (int c = 0; c < 2; c++) {
        double dr = dynamic_range(&s->dr_squares[c], &s->dr_peaks[c]);
        if (!isfinite(dr))
            continue; /* a silent channel has none */
        sum += dr;
        heard++;
    }
    put(v, "dr_db", heard ? sum / heard : NAN, "digital silence");
}

static void put_dynamics(const struct state *s, struct hs_values *v, double peak)
{
    struct hs_dynamics d;
    struct hs_silence q;
    const char *why = peak > 0 ? "shorter than 5 s" : "digital silence";
    hs_levels_dynamics(&s->levels, &d);
    hs_levels_silence(&s->levels, &q);
    put(v, "limited_share", d.limited_share, peak > 0 ? "shorter than 10 ms" : why);
    put(v, "ceiling_dbfs", d.ceiling_dbfs, peak > 0 ? "shorter than 10 ms" : why);
    put(v, "peak_spread_db", d.peak_spread_db, why);
    put(v, "crest_3s_db", d.crest_3s_db, peak > 0 ? "shorter than 3 s" : why);
    hs_values_number(v, "silence_share", q.share);
    hs_values_number(v, "leading_silence_s", q.leading_s);
    hs_values_number(v, "trailing_silence_s", q.trailing_s);
    hs_values_number(v, "gaps", q.gaps);
    double times[16];
    size_t n = (size_t)(q.gaps < 16 ? q.gaps : 16);
    memcpy(times, q.gap_s, n * sizeof *times);
    hs_values_array(v, "gap_times", times, n);
}

/* Both ends by the same function; the step is that of the last sample. */
static void put_edges(const struct state *s, struct hs_values *v, double power)
{
    static const char *const keys[2][3] = {{"start_level_db", "fade_in_s", "start_rise_db"},
                                           {"end_level_db", "fade_out_s", "end_drop_db"}};
    for (int end = 0; end < 2; end++) {
        struct hs_edge e;
        hs_levels_edge(&s->levels, end, &e);
        put(v, keys[end][0], e.level_db, "silent or shorter than 10 ms");
        put(v, keys[end][1], e.fade_s, "silent or shorter than 10 ms");
        put(v, keys[end][2], e.rise_db, "silent or shorter than 10 ms");
    }
    double step = fmax(fabs((double)s->last[0]), fabs((double)s->last[1]));
    put(v, "end_step_db", hs_db_from_amplitude(fmax(step, 1e-10)) - hs_db_from_power(power),
        "digital silence");
}

/* Working values for the stereo analyser. */
static void put_parts(const struct state *s, struct hs_values *v)
{
    static const char *const keys[SUMS] = {"_power_left", "_power_right", "_power_mid",
                                           "_power_side"};
    for (int i = 0; i < SUMS; i++)
        hs_values_series(v, keys[i], s->part[i].x, s->part[i].n, 0, 0.1);
    hs_values_number(v, "_square_left", s->square[0]);
    hs_values_number(v, "_square_right", s->square[1]);
    hs_values_number(v, "_square_mid", s->mid);
    hs_values_number(v, "_square_side", s->side);
    hs_values_number(v, "_apart", (double)s->difference);
}

/* An offset counts by the channel that has more of it; asymmetry is the highest peak above zero
 * over the deepest below, whichever channel they lie in. */
static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *values)
{
    (void)stream, (void)n_frames;
    struct state *s = state;
    double n = (double)s->n_frames, peak = 0, high = 0, low = 0, dc = 0;
    for (int c = 0; c < 2; c++) {
        high = fmax(high, (double)s->high[c]);
        low = fmax(low, -(double)s->low[c]);
        if (fabs(s->sum[c]) > fabs(dc))
            dc = s->sum[c];
    }
    peak = fmax(high, low);
    double power = n > 0 ? (s->square[0] + s->square[1]) / (2 * n) : 0;
    put(values, "crest_db", hs_db_from_amplitude(peak) - hs_db_from_power(power),
        "digital silence");
    put(values, "rms_dbfs", hs_db_from_power(power), "digital silence");
    put(values, "dc_offset", dc / n, "no frames");
    if (n > 0)
        hs_values_array(values, "dc_offsets", (double[]){s->sum[0] / n, s->sum[1] / n}, 2);
    put(values, "asymmetry_db", hs_db_from_amplitude(high / low), "one-sided or silent");
    put_dr(s, values);
    put_dynamics(s, values, peak);
    put_edges(s, values, power);
    put_parts(s, values);
    hs_values_number(values, "_sample_peak", peak);
}

static void stop(void *state)
{
    struct state *s = state;
    hs_levels_free(&s->levels);
    for (int i = 0; i < SUMS; i++)
        hs_floats_free(&s->part[i]);
    for (int c = 0; c < 2; c++) {
        hs_floats_free(&s->dr_squares[c]);
        hs_floats_free(&s->dr_peaks[c]);
    }
}

#define OWN "hindsight, docs/measures"
static const struct hs_measure measures[] = {
    {"crest_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "crest factor",
     "Sample peak over the rms of the whole file, both channels together.", ""},
    {"rms_dbfs", "dBFS", HS_NUMBER, 0, 1, HS_IN_JSON, "rms level",
     "Mean square of both channels; a full-scale sine reads -3.0.", ""},
    {"dr_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "DR",
     "Second-highest peak of the blocks of 3 s over the rms (of a sine: its peak) of the "
     "loudest fifth of them; mean of the channels, not rounded.",
     "Algorithmix / Pleasurize Music Foundation, Measuring Dynamic Range v3"},
    {"crest_3s_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "crest factor of 3 s",
     "Median of peak over rms of windows of 3 s, those 20 dB below the whole left out.", OWN},
    {"ceiling_dbfs", "dBFS", HS_NUMBER, 0, 2, HS_IN_JSON, "ceiling",
     "The level that 0.5 % of the 10 ms blocks of the loudest half exceed with their "
     "peaks.",
     OWN},
    {"limited_share", "", HS_NUMBER, 0, 2, HS_IN_JSON, "share at the ceiling",
     "Share of the 10 ms blocks of the loudest half whose peak reaches 0.3 dB below the "
     "ceiling or more.",
     OWN},
    {"peak_spread_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "spread of the peaks",
     "99th minus 50th percentile of the peaks of 50 ms in the loudest fifth of the time; "
     "under 1.5 dB after heavy limiting.",
     OWN},
    {"dc_offset", "", HS_NUMBER, 0, 5, HS_IN_JSON, "DC offset",
     "Mean of the samples, full scale 1, of the channel where it is largest.", ""},
    {"dc_offsets", "", HS_ARRAY, 2, 5, HS_IN_STORE, "DC offsets",
     "The same of left and right; a pair is compared without them.", ""},
    {"asymmetry_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "asymmetry of the peaks",
     "Highest positive over highest negative sample.", ""},
    {"silence_share", "", HS_NUMBER, 0, 2, HS_IN_JSON, "share of silence",
     "Share of the 10 ms blocks whose peak is more than 60 dB below the file's.", OWN},
    {"leading_silence_s", "s", HS_NUMBER, 0, 2, HS_IN_JSON, "silence before the music",
     "Until the first 10 ms whose peak comes within 60 dB of the file's.", OWN},
    {"trailing_silence_s", "s", HS_NUMBER, 0, 2, HS_IN_JSON, "silence after the music",
     "After the last 10 ms whose peak comes within 60 dB of the file's.", OWN},
    {"gaps", "", HS_NUMBER, 0, 0, HS_IN_JSON, "gaps",
     "Spells of digital silence of 20 ms to 1 s with music on both sides.", OWN},
    {"gap_times", "s", HS_ARRAY, 0, 2, HS_IN_STORE, "times of the gaps",
     "When the gaps begin, 16 at most.", OWN},
    {"start_level_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "level at the start",
     "Power of the first 10 ms over that of the whole file.", OWN},
    {"end_level_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "level at the end",
     "Power of the last 10 ms over that of the whole file.", OWN},
    {"fade_in_s", "s", HS_NUMBER, 0, 1, HS_IN_JSON, "fade-in",
     "Until 100 ms come within 6 dB of the 5 s behind them for the first time.", OWN},
    {"fade_out_s", "s", HS_NUMBER, 0, 1, HS_IN_JSON, "fade-out", "The same, seen from the end.",
     OWN},
    {"start_rise_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "rise at the start",
     "Power of the 2 s after the first 50 ms over that of those.", OWN},
    {"end_drop_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "drop at the end",
     "Power of the 2 s before the last 50 ms over that of those: near 0 where the music is "
     "cut off.",
     OWN},
    {"end_step_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "step at the end",
     "Magnitude of the last sample over the rms of the file: high where a wave is cut "
     "through.",
     OWN},
};

const struct hs_analyser hs_analyser_levels = {
    .name = "levels",
    .version = 2,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .start = start,
    .block = block,
    .finish = finish,
    .stop = stop,
};
