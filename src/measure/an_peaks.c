/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sample peak and true peak, and what the tops of the waveform tell about clipping.
 * 1. Every channel is kept back by CONTEXT samples, so that filters and widths may look both
 *    ways; silence stands before the first sample and behind the last. A turn looks at STEP new
 *    samples in blocks of HS_SCAN.
 * 2. Each block is surveyed, scanned for the true peak (dsp/truepeak.h) and for flat runs and
 *    flat tops (dsp/flat_tops.h). The highest true peak and the number of flat places are kept
 *    per second.
 * 3. For the ceiling (dsp/ceiling.h), of each group of blocks the loudest one and one at random
 *    are looked at; only the random one counts for the share of samples that were cut.
 * 4. At the end the channels are summed up, the worst one for squareness and spike. Channels
 *    that are equal in every sample count once for the ceiling.
 */
#include "core/num.h"
#include "dsp/flat_tops.h"
#include "dsp/truepeak.h"
#include "measure/analyser.h"
#include "measure/clip_ceiling.h"
#include "measure/clipping.h"
#include "measure/series.h"

#include <math.h>
#include <string.h>

enum {
    CONTEXT = HS_FLAT_TOPS_CONTEXT,
    STEP = 4096, /* new samples per turn */
    BLOCKS = STEP / HS_SCAN,
};

struct channel {
    float *x; /* CONTEXT past samples, STEP to look at, CONTEXT to come */
    struct hs_survey survey[BLOCKS + 2]; /* of a turn, and of one block on either side */
    struct hs_true_peak true_peak;
    struct hs_flat_tops tops;
    struct hs_clip_ceiling ceiling;
};

struct state {
    int rate, n_channels;
    const struct hs_kernels *kernels;
    struct channel channel[HS_MAX_CHANNELS];
    size_t fill;      /* of every channel's x */
    int64_t position; /* frame at x[CONTEXT] */
    float downmix_peak;
    struct hs_true_peak_filter filter;
    struct hs_floats true_peaks;               /* per second, over all channels */
    struct hs_floats flat_counts, flat_levels; /* per second */
    float second_peak, second_flat, second_level;
    bool apart;        /* the channels are not equal */
    struct hs_rng rng; /* picks blocks; seeded alike for every file */
};

static enum hs_status start(void *state, const struct hs_stream *stream, struct hs_error *err)
{
    (void)err;
    struct state *s = state;
    s->rate = stream->sample_rate_hz;
    s->n_channels = stream->n_channels;
    s->kernels = hs_kernels_choose();
    hs_true_peak_filter_init(&s->filter);
    s->fill = CONTEXT + HS_SCAN; /* silence before the first sample */
    s->position = -HS_SCAN;
    for (int c = 0; c < s->n_channels; c++) {
        s->channel[c].x = hs_aligned(STEP + 2 * CONTEXT, sizeof(float));
        s->channel[c].true_peak =
            (struct hs_true_peak){.kernels = s->kernels, .filter = &s->filter};
        hs_flat_tops_init(&s->channel[c].tops, stream->lossless ? stream->bits : 0, s->rate);
        hs_clip_ceiling_init(&s->channel[c].ceiling, s->rate, STEP + 2 * CONTEXT);
    }
    return HS_OK;
}

static void end_of_second(struct state *s)
{
    hs_floats_push(&s->true_peaks, (double)s->second_peak);
    hs_floats_push(&s->flat_counts, (double)s->second_flat);
    hs_floats_push(&s->flat_levels, (double)s->second_level);
    s->second_peak = s->second_flat = s->second_level = 0;
}

/* Looks at one block of all channels. */
static void scan(struct state *s, size_t block, size_t n)
{
    for (int c = 0; c < s->n_channels; c++) {
        struct channel *ch = &s->channel[c];
        const float *x = ch->x + CONTEXT + block * HS_SCAN;
        const struct hs_survey *survey = &ch->survey[block + 1];
        ch->true_peak.segment = s->second_peak;
        hs_true_peak_scan(&ch->true_peak, x, survey);
        s->second_peak = ch->true_peak.segment;
        size_t flat = hs_flat_tops_scan(&ch->tops, x, n, survey->peak);
        s->second_flat += (float)flat;
        if (flat)
            s->second_level = fmaxf(s->second_level, survey->peak);
    }
}

/* Tops are costly to look at, and much alike: of each group of blocks the loudest, and one picked
 * at random for the share of samples that were cut. Short files have fewer tops: smaller groups. */
static void look_for_ceiling(struct state *s, size_t n)
{
    const int64_t short_s = 120;
    size_t group = s->position < short_s * s->rate ? BLOCKS / 2 : BLOCKS;
    for (size_t first = 0; first < n / HS_SCAN; first += group) {
        size_t size = n / HS_SCAN - first < group ? n / HS_SCAN - first : group;
        size_t any = first + hs_rng_below(&s->rng, size);
        for (int c = 0; c < s->n_channels; c++) {
            struct channel *ch = &s->channel[c];
            size_t loudest = first;
            for (size_t i = first; i < first + size; i++)
                if (ch->survey[i + 1].peak > ch->survey[loudest + 1].peak)
                    loudest = i;
            hs_clip_ceiling_look(&ch->ceiling, ch->x, CONTEXT + any * HS_SCAN, true);
            if (loudest != any)
                hs_clip_ceiling_look(&ch->ceiling, ch->x, CONTEXT + loudest * HS_SCAN, false);
        }
    }
}

/* Looks at `n` frames from x[CONTEXT] on and moves the rest down. */
static void turn(struct state *s, size_t n)
{
    for (int c = 0; c < s->n_channels; c++) {
        hs_clip_ceiling_hold(&s->channel[c].ceiling, s->channel[c].x);
        s->kernels->survey(s->channel[c].x + CONTEXT - HS_SCAN, BLOCKS + 2, s->channel[c].survey);
    }
    for (size_t i = 0; i < n; i += HS_SCAN) {
        scan(s, i / HS_SCAN, n - i < HS_SCAN ? n - i : HS_SCAN);
        int64_t behind = s->position + (int64_t)i + HS_SCAN;
        if (behind / s->rate > (int64_t)s->true_peaks.n)
            end_of_second(s);
    }
    look_for_ceiling(s, n);
    for (int c = 1; c < s->n_channels && !s->apart; c++)
        s->apart = memcmp(s->channel[0].x + CONTEXT, s->channel[c].x + CONTEXT, n * sizeof(float));
    s->position += (int64_t)n;
    s->fill -= n;
    for (int c = 0; c < s->n_channels; c++) {
        hs_clip_ceiling_leave(&s->channel[c].ceiling, n);
        memmove(s->channel[c].x, s->channel[c].x + n, s->fill * sizeof(float));
    }
}

static void block(void *state, const struct hs_block *b)
{
    struct state *s = state;
    if (s->n_channels > 2) {
        float left = s->kernels->peak(b->left, b->n_frames);
        float right = s->kernels->peak(b->right, b->n_frames);
        s->downmix_peak = fmaxf(s->downmix_peak, fmaxf(left, right));
    }
    for (size_t done = 0; done < b->n_frames;) {
        size_t room = STEP + 2 * CONTEXT - s->fill, left = b->n_frames - done;
        size_t n = room < left ? room : left;
        for (int c = 0; c < s->n_channels; c++)
            memcpy(s->channel[c].x + s->fill, b->channel[c] + done, n * sizeof(float));
        s->fill += n;
        done += n;
        if (s->fill == STEP + 2 * CONTEXT)
            turn(s, STEP);
    }
}

/* The last samples, with silence behind them. */
static void flush(struct state *s)
{
    size_t rest = s->fill - CONTEXT + HS_SCAN;
    for (size_t n; rest; rest -= n) {
        n = rest < STEP ? rest : STEP;
        for (int c = 0; c < s->n_channels; c++)
            memset(s->channel[c].x + s->fill, 0, (STEP + 2 * CONTEXT - s->fill) * sizeof(float));
        s->fill = STEP + 2 * CONTEXT;
        turn(s, n);
    }
    if (s->second_peak > 0 || s->second_flat > 0)
        end_of_second(s);
}

/* The true peak is that of the original channels, the sample peak that of the down-mix. */
static void put_peaks(const struct state *s, struct hs_values *v)
{
    float true_peak = 0, sample_peak = s->downmix_peak;
    for (int c = 0; c < s->n_channels; c++) {
        true_peak = fmaxf(true_peak, s->channel[c].true_peak.best);
        if (s->n_channels <= 2)
            sample_peak = fmaxf(sample_peak, s->channel[c].tops.peak);
    }
    if (sample_peak > 0)
        hs_values_number(v, "sample_peak_dbfs", hs_db_from_amplitude((double)sample_peak));
    else
        hs_values_absent(v, "sample_peak_dbfs", "digital silence");
    if (true_peak > 0)
        hs_values_number(v, "true_peak_dbtp", hs_db_from_amplitude((double)true_peak));
    else
        hs_values_absent(v, "true_peak_dbtp", "digital silence");
}

/* What looked high early on may be low against the peak that came later. */
static void put_course(struct state *s, struct hs_values *v)
{
    float peak = 0;
    for (int c = 0; c < s->n_channels; c++)
        peak = fmaxf(peak, s->channel[c].tops.peak);
    for (size_t i = 0; i < s->flat_counts.n; i++)
        if (s->flat_levels.x[i] < 0.65f * peak)
            s->flat_counts.x[i] = 0;
    hs_values_series(v, "clip_course", s->flat_counts.x, s->flat_counts.n, 0, 1);
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *values)
{
    struct state *s = state;
    flush(s);
    put_peaks(s, values);
    const struct hs_flat_tops *tops[HS_MAX_CHANNELS];
    for (int c = 0; c < s->n_channels; c++)
        tops[c] = &s->channel[c].tops;
    hs_clipping_put(tops, s->n_channels, n_frames, values);
    struct hs_clip_ceiling *all = &s->channel[0].ceiling;
    float peak = 0;
    for (int c = 0; c < s->n_channels; c++)
        peak = fmaxf(peak, s->channel[c].tops.peak);
    for (int c = 1; c < s->n_channels && s->apart; c++) /* an equal channel tells the same again */
        hs_clip_ceiling_add(all, &s->channel[c].ceiling);
    hs_clip_ceiling_put(all, (double)peak, stream->lossless, values);
    put_course(s, values);
    hs_values_series(values, "_true_peak", s->true_peaks.x, s->true_peaks.n, 0, 1);
}

static void stop(void *state)
{
    struct state *s = state;
    for (int c = 0; c < HS_MAX_CHANNELS; c++) {
        hs_free(s->channel[c].x);
        hs_flat_tops_free(&s->channel[c].tops);
        hs_clip_ceiling_free(&s->channel[c].ceiling);
    }
    hs_floats_free(&s->true_peaks);
    hs_floats_free(&s->flat_counts);
    hs_floats_free(&s->flat_levels);
}

#define OWN "hindsight, docs/measures"
static const struct hs_measure measures[] = {
    {"sample_peak_dbfs", "dBFS", HS_NUMBER, 0, 2, HS_IN_JSON, "sample peak",
     "Largest magnitude of a sample of the down-mix; one channel and stereo are their own "
     "down-mix.",
     "AES17-2020 3.12.3 (0 dBFS: full scale of a sample)"},
    {"true_peak_dbtp", "dBTP", HS_NUMBER, 0, 1, HS_IN_JSON, "true peak",
     "Largest magnitude of the waveform between the samples, over the original channels: "
     "scanned four-fold with the filter of the recommendation, the maximum read eight-fold "
     "with 64 taps.",
     "ITU-R BS.1770-5 annex 2"},
    {"clipped_runs", "", HS_NUMBER, 0, 0, HS_IN_JSON, "flat runs",
     "Runs of four or more level samples with a corner at both ends, at 0.65 of the "
     "channel's peak or higher, over the original channels: what clipping leaves behind, "
     "also after a change of level. Those at the very peak do not count where a limiter clamps: "
     "less than a sixth of the samples within 0.75 dB of the peak lie in runs, and most runs are "
     "shorter than 0.17 ms.",
     "McKay, jProductionCritic, ISMIR 2013; corners added against slow crests"},
    {"clipped_ppm", "ppm", HS_NUMBER, 0, 1, HS_IN_JSON, "samples in flat runs",
     "Samples in those runs per million.", "as clipped_runs"},
    {"flat_tops", "", HS_NUMBER, 0, 0, HS_IN_JSON, "flat tops",
     "Tops of the waveform within 2 dB of the channel's peak whose width at 98 % of their "
     "height exceeds 0.72 of that at 92 %: the mark of a clipper that equalisation, "
     "resampling and lossy coding leave in place. Tops narrower than 5 samples at 92 % are "
     "not counted.",
     OWN},
    {"flat_top_share", "", HS_NUMBER, 0, 3, HS_IN_JSON, "share of flat tops",
     "Flat tops among all tops that are wide enough to tell.", OWN},
    {"top_squareness", "", HS_NUMBER, 0, 2, HS_IN_JSON, "squareness of the tops",
     "Mean of that ratio of widths in the channel where it is larger: 0.5 for smooth tops, "
     "0.75 for a sine clipped by 0.5 dB, 0.95 by 3 dB.",
     OWN},
    {"pile_up_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "pile-up of levels at the top",
     "How much more often the most crowded half decibel of the top 3 dB occurs than the "
     "levels below it foretell by a straight line in log counts: high after clipping or "
     "hard limiting, whatever gain or codec followed.",
     "after Wilson and Fazenda, DAFx 2014"},
    {"pile_up_at_db", "dB", HS_NUMBER, 0, 1, HS_IN_STORE, "where levels pile up",
     "Upper edge of that half decibel, relative to the peak.", "as pile_up_db"},
    {"clipped_at_one_level", "", HS_NUMBER, 0, 2, HS_IN_JSON, "flat runs at one level",
     "Share of the samples in flat runs that lie within 0.3 dB of one level, levels counted that "
     "are held further in beside such a run: a clipper has one ceiling, square waves and their "
     "sums are flat at many levels.",
     OWN},
    {"clipped_of_sound", "", HS_NUMBER, 0, 2, HS_IN_JSON, "flat runs of what sounds",
     "Share of the samples that are not silent (blocks of 64 that reach -60 dB of the peak) that "
     "lie in flat runs: all of a square wave; music driven 18 dB into a clipper stays below 0.75.",
     OWN},
    {"ceiling_z", "", HS_NUMBER, 0, 1, HS_IN_JSON, "flatter tops at a ceiling, in errors",
     "By how many standard errors the tops of the waveform are flatter at one level, with "
     "nothing above it, than 1 to 6 dB below it, after a smoothing of a tenth of a millisecond. "
     "Clipped from 13 on, or from 8 where they are flatter by 0.08.",
     OWN},
    {"ceiling_flatness", "", HS_NUMBER, 0, 3, HS_IN_JSON, "flatter tops at a ceiling",
     "And by how much: the middle of a top over its height, both above 60 % of it. Music has "
     "0.60 to 0.64 at every level, a plateau 1.",
     OWN},
    {"clip_level_dbfs", "dBFS", HS_NUMBER, 0, 1, HS_IN_JSON, "level of that ceiling",
     "The level at which the tops are flatter: the highest sample where that lies there.", OWN},
    {"ceiling_ppm", "ppm", HS_NUMBER, 0, 0, HS_IN_JSON, "samples that were cut",
     "Samples above 0.75 dB below the ceiling, per million; 0 where nothing was clipped, or hardly "
     "a top is flat by itself, as of a limiter. Holds "
     "through lossy coding, resampling and equalisation.",
     OWN},
    {"ceiling_square", "", HS_FLAG, 0, 0, HS_IN_JSON, "flat at every level",
     "The tops below the ceiling are flat as well: square waves, of which nothing can be told.",
     OWN},
    {"ceiling_filtered", "", HS_FLAG, 0, 0, HS_IN_JSON, "ceiling behind a high-pass",
     "That was found with the lowest octaves given back, which a high-pass of second order at "
     "25 Hz would have taken: behind it a ceiling goes up and down with the bass that is gone.",
     OWN},
    {"clip_course", "", HS_SERIES, 0, 0, HS_IN_STORE, "flat runs and tops per second",
     "Flat runs and flat tops that begin in each second.", "as clipped_runs and flat_tops"},
};

const struct hs_analyser hs_analyser_peaks = {
    .name = "peaks",
    .version = 8,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .start = start,
    .block = block,
    .finish = finish,
    .stop = stop,
};
