/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The worked example of an analyser (docs/manual/developer.md): how often a second the left
 * channel crosses zero. A sine of f Hz has 2 f.
 */
#include "measure/analyser.h"

struct state {
    float last;
    double crossings;
};

/* Blocks may have any size: the last sample of one block is kept for the next. */
static void block(void *state, const struct hs_block *b)
{
    struct state *s = state;
    for (size_t i = 0; i < b->n_frames; i++) {
        s->crossings += (s->last < 0) != (b->left[i] < 0);
        s->last = b->left[i];
    }
}

/* Every key of `measures` is written here, as a value or as absent with its reason. */
static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    const struct state *s = state;
    if (n_frames < stream->sample_rate_hz)
        hs_values_absent(v, "crossings_per_s", "shorter than a second");
    else
        hs_values_number(v, "crossings_per_s",
                         s->crossings * stream->sample_rate_hz / (double)n_frames);
}

static const struct hs_measure measures[] = {
    {"crossings_per_s", "1/s", HS_NUMBER, 0, 0, HS_IN_JSON, "zero crossings",
     "How often a second the left channel changes its sign.", "none"},
};

const struct hs_analyser hs_analyser_crossings = {
    .name = "crossings",
    .version = 1, /* raise it when a value changes: files are then measured anew */
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .block = block,
    .finish = finish,
};
