/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loudness by ITU-R BS.1770-5 and EBU R128 (Tech 3341, Tech 3342).
 * 1. K-weighted energy of every channel is summed in ticks of 10 ms. Of more than two channels
 *    the down-mix is filtered as well, for the balance.
 * 2. The last 300 ticks, weighted by channel, are kept in a ring. Windows of 400 ms are summed
 *    every tick (their maximum is momentary loudness) and kept every 100 ms as blocks; windows
 *    of 3 s every 100 ms.
 * 3. Integrated loudness: the mean of the blocks above -70 LUFS and above 10 LU below their
 *    mean.
 * 4. Loudness range: from the windows of 3 s, with 1.5 s of silence behind the file (Tech 3342
 *    section 3.2).
 * 5. Balance: left over right of the down-mix in the blocks that the integrated loudness
 *    counts.
 */
#include "core/num.h"
#include "dsp/gating.h"
#include "dsp/kernels.h"
#include "dsp/kweight.h"
#include "measure/analyser.h"
#include "measure/loudness_blocks.h"
#include "measure/series.h"
#include "measure/ticks.h"

#include <math.h>
#include <string.h>

enum {
    PAIRS = HS_MAX_CHANNELS / 2 + 1, /* of channels, and the down-mix behind them */
    RING = 300,                      /* ticks of the longest window, 3 s */
    MOMENTARY = 40,                  /* ticks: 400 ms */
};

struct state {
    int rate, n_channels, n_pairs, downmix_pair;
    double weight[2 * PAIRS]; /* 0: not part of the loudness */
    const struct hs_kernels *kernels;
    struct hs_kweight k;
    struct hs_kweight_state filter[PAIRS];
    double energy[2 * PAIRS];                    /* of the current tick */
    double total[RING], left[RING], right[RING]; /* energy per tick */
    int64_t tick;
    double momentary_max, short_term_max;               /* powers */
    struct hs_floats blocks, blocks_left, blocks_right; /* 400 ms every 100 ms */
    struct hs_floats short_term;                        /* 3 s every 100 ms */
};

/* BS.1770-5 annex 1 table 3; annex 3 table 4 gives only what stands 60 to 120 degrees to the
 * side, and not high up, the higher weight. */
static double channel_weight(enum hs_channel role)
{
    switch (role) {
    case HS_CH_LFE:
        return 0;
    case HS_CH_LEFT_SURROUND:
    case HS_CH_RIGHT_SURROUND:
        return 1.41;
    default:
        return 1;
    }
}

static enum hs_status start(void *state, const struct hs_stream *stream, struct hs_error *err)
{
    (void)err;
    struct state *s = state;
    s->rate = stream->sample_rate_hz;
    s->n_channels = stream->n_channels;
    s->n_pairs = (stream->n_channels + 1) / 2;
    s->kernels = hs_kernels_choose();
    hs_kweight_init(&s->k, s->rate);
    for (int c = 0; c < s->n_channels; c++)
        s->weight[c] = s->n_channels > 2 ? channel_weight(stream->layout[c]) : 1;
    if (s->n_channels == 1)
        s->weight[1] = 1; /* dual mono: the same pointer stands on both sides */
    if (s->n_channels > 2)
        s->downmix_pair = s->n_pairs++;
    return HS_OK;
}

/* Energy of the ticks [end - n, end). */
static double window(const double *ring, int64_t end, int n)
{
    double sum = 0;
    for (int64_t i = end - n; i < end; i++)
        sum += ring[i % RING];
    return sum;
}

/* Ticks differ by a frame where 10 ms are no whole number of them. */
static double frames_of(const struct state *s, int64_t end, int n)
{
    return (double)(hs_tick_frame(end, s->rate) - hs_tick_frame(end - n, s->rate));
}

/* Momentary loudness every tick, blocks and short-term loudness every tenth. */
static void end_of_tick(struct state *s)
{
    size_t at = (size_t)(s->tick % RING);
    int stereo = 2 * s->downmix_pair;
    s->total[at] = 0;
    for (int c = 0; c < 2 * s->n_pairs; c++)
        s->total[at] += s->weight[c] * s->energy[c];
    s->left[at] = s->energy[stereo];
    s->right[at] = s->energy[stereo + 1];
    memset(s->energy, 0, sizeof s->energy);
    int64_t end = ++s->tick;

    if (end < MOMENTARY)
        return;
    double n = frames_of(s, end, MOMENTARY);
    double power = window(s->total, end, MOMENTARY) / n;
    s->momentary_max = fmax(s->momentary_max, power);
    if (end % HS_TICKS_PER_100_MS)
        return;
    hs_floats_push(&s->blocks, power);
    hs_floats_push(&s->blocks_left, window(s->left, end, MOMENTARY) / n);
    hs_floats_push(&s->blocks_right, window(s->right, end, MOMENTARY) / n);
    if (end < RING)
        return;
    power = window(s->total, end, RING) / frames_of(s, end, RING);
    s->short_term_max = fmax(s->short_term_max, power);
    hs_floats_push(&s->short_term, power);
}

/* Channels go in pairs, because the kernel filters two at once. */
static void filter_part(struct state *s, const struct hs_block *b, size_t from, size_t n)
{
    for (int p = 0; p < s->n_pairs; p++) {
        const float *l = b->left, *r = b->right;
        if (s->n_channels > 2 && p != s->downmix_pair) {
            l = b->channel[2 * p];
            r = 2 * p + 1 < s->n_channels ? b->channel[2 * p + 1] : l;
        }
        s->kernels->kweight(&s->k, &s->filter[p], l + from, r + from, n, s->energy + 2 * p);
    }
}

static void block(void *state, const struct hs_block *b)
{
    struct state *s = state;
    for (size_t done = 0; done < b->n_frames;) {
        int64_t first = b->first + (int64_t)done;
        size_t n = hs_tick_take(s->tick, s->rate, first, b->n_frames - done);
        filter_part(s, b, done, n);
        done += n;
        if (first + (int64_t)n == hs_tick_frame(s->tick + 1, s->rate))
            end_of_tick(s);
    }
}

static void put_loudness(struct hs_values *v, const char *key, double power, const char *why)
{
    double lufs = hs_lufs(power);
    if (why)
        hs_values_absent(v, key, "%s", why);
    else if (lufs <= -70)
        hs_values_nothing(v, key, "below the absolute gate of -70 LUFS");
    else
        hs_values_number(v, key, lufs);
}

/* A silent channel reads as 60 dB. */
static void put_balance(const struct state *s, struct hs_values *v, double gate, const char *why)
{
    enum { FURTHEST = 60 };
    if (why || gate <= 0) {
        hs_values_absent(v, "balance_db", "%s", why ? why : "below the absolute gate of -70 LUFS");
        return;
    }
    double sum[2] = {0};
    for (size_t i = 0; i < s->blocks.n; i++)
        if ((double)s->blocks.x[i] > gate) {
            sum[0] += (double)s->blocks_left.x[i];
            sum[1] += (double)s->blocks_right.x[i];
        }
    double db = hs_db_from_power(sum[0]) - hs_db_from_power(sum[1]);
    if (!(sum[0] > 0) && !(sum[1] > 0))
        hs_values_absent(v, "balance_db", "nothing in the down-mix");
    else
        hs_values_number(v, "balance_db", fmin(fmax(db, -FURTHEST), FURTHEST));
}

/* Tech 3342 section 3.2: a file is followed by at least 1.5 s of silence. */
static void put_range(struct state *s, struct hs_values *v, const char *why)
{
    struct hs_floats all = {0};
    for (size_t i = 0; i < s->short_term.n; i++)
        hs_floats_push(&all, (double)s->short_term.x[i]);
    int64_t end = s->tick - s->tick % HS_TICKS_PER_100_MS;
    for (int gone = HS_TICKS_PER_100_MS; gone <= 150; gone += HS_TICKS_PER_100_MS)
        if (end + gone >= RING && end >= RING - gone)
            hs_floats_push(&all,
                           window(s->total, end, RING - gone) / frames_of(s, end + gone, RING));
    double range = hs_loudness_range(all.x, all.n);
    hs_floats_free(&all);
    if (why)
        hs_values_absent(v, "loudness_range_lu", "%s", why);
    else if (isnan(range))
        hs_values_absent(v, "loudness_range_lu", "below the absolute gate of -70 LUFS");
    else
        hs_values_number(v, "loudness_range_lu", range);
}

/* For curves and for later stages: every second for people, every 100 ms for PSR. */
static void put_courses(const struct state *s, struct hs_values *v)
{
    struct hs_floats course = {0};
    for (size_t i = 0; i < s->short_term.n; i += 10) {
        double lufs = hs_lufs((double)s->short_term.x[i]);
        hs_floats_push(&course, lufs > -70 ? lufs : NAN);
    }
    hs_values_series(v, "short_term_lufs", course.x, course.n, 1.5, 1);
    hs_floats_free(&course);
    double blocks[HS_LOUDNESS_BINS] = {0};
    for (size_t i = 0; i < s->blocks.n; i++) {
        size_t bin = hs_loudness_bin((double)s->blocks.x[i]);
        if (bin < HS_LOUDNESS_BINS)
            blocks[bin]++;
    }
    hs_values_array(v, "loudness_blocks", blocks, HS_LOUDNESS_BINS);
    hs_values_series(v, "_short_term_power", s->short_term.x, s->short_term.n, 1.5, 0.1);
    hs_values_series(v, "_block_power", s->blocks.x, s->blocks.n, 0.2, 0.1);
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *values)
{
    (void)stream, (void)n_frames;
    struct state *s = state;
    const char *short_block = s->blocks.n ? NULL : "shorter than 400 ms";
    const char *short_window = s->short_term.n ? NULL : "shorter than 3 s";
    double gate = hs_gate(s->blocks.x, s->blocks.n, -10);
    put_loudness(values, "integrated_lufs",
                 gate > 0 ? hs_gated_mean(s->blocks.x, s->blocks.n, gate) : 0, short_block);
    put_loudness(values, "momentary_max_lufs", s->momentary_max, short_block);
    put_loudness(values, "short_term_max_lufs", s->short_term_max, short_window);
    put_balance(s, values, gate, short_block);
    put_range(s, values, short_window);
    put_courses(s, values);
    hs_values_number(values, "_gate_power", gate);
}

static void stop(void *state)
{
    struct state *s = state;
    hs_floats_free(&s->blocks);
    hs_floats_free(&s->blocks_left);
    hs_floats_free(&s->blocks_right);
    hs_floats_free(&s->short_term);
}

#define BS1770 "ITU-R BS.1770-5 annex 1"
static const struct hs_measure measures[] = {
    {"integrated_lufs", "LUFS", HS_NUMBER, 0, 1, HS_IN_JSON, "integrated loudness",
     "Loudness of the whole file: mean K-weighted power of 400 ms blocks above -70 LUFS "
     "and above 10 LU below their mean. From the original channels; one channel counts as "
     "two equal ones.",
     BS1770 ", equations 2 to 7; EBU R128"},
    {"momentary_max_lufs", "LUFS", HS_NUMBER, 0, 1, HS_IN_JSON, "loudest momentary loudness",
     "Highest loudness of any 400 ms, found every 10 ms.", "EBU Tech 3341 (2023) section 2.2"},
    {"short_term_max_lufs", "LUFS", HS_NUMBER, 0, 1, HS_IN_JSON, "loudest short-term loudness",
     "Highest loudness of any 3 s, found every 100 ms.", "EBU Tech 3341 (2023) section 2.2"},
    {"loudness_range_lu", "LU", HS_NUMBER, 0, 1, HS_IN_JSON, "loudness range",
     "Spread of the short-term loudness between its 10th and 95th percentile, above "
     "-70 LUFS and above 20 LU below the mean; 1.5 s of silence follow the file. Not "
     "settled under 60 s.",
     "EBU Tech 3342 (2023)"},
    {"balance_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "left against right",
     "Loudness of the left minus the right channel of the down-mix, over the blocks that "
     "the integrated loudness counts; at most 60 either way.",
     BS1770 ", one channel at a time"},
    {"short_term_lufs", "LUFS", HS_SERIES, 0, 1, HS_IN_STORE, "short-term loudness",
     "Loudness of 3 s, every second, by the middle of the window.",
     "EBU Tech 3341 (2023) section 2.2"},
    {"loudness_blocks", "", HS_ARRAY, HS_LOUDNESS_BINS, 0, HS_IN_STORE, "blocks by their loudness",
     "How many of the 400 ms blocks have which loudness, in steps of 0.2 LU from -70 to +10 LUFS: "
     "what the loudness of a release as one is made of.",
     BS1770},
};

const struct hs_analyser hs_analyser_loudness = {
    .name = "loudness",
    .version = 3,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .start = start,
    .block = block,
    .finish = finish,
    .stop = stop,
};
