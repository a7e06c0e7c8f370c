/* SPDX-License-Identifier: Apache-2.0 */
/* How many of the stored bits are used: 16 bits in a file of 24 leave the lowest eight 0 in
 * every sample. */
#include "measure/analyser.h"

#include <math.h>

enum { FLOAT_BITS = 24 }; /* what a float of full scale holds */

struct state {
    int bits;     /* of a stored sample; 0: nothing to look for */
    bool integer; /* so far all samples were multiples of the lowest bit */
    bool full;    /* the lowest bit was seen */
    uint32_t used;
};

static enum hs_status start(void *state, const struct hs_stream *stream, struct hs_error *err)
{
    (void)err;
    struct state *s = state;
    int bits = stream->bits > 0 ? stream->bits : FLOAT_BITS;
    s->bits = stream->lossless && bits > 1 && bits <= 32 ? bits : 0;
    s->integer = true;
    return HS_OK;
}

/* All bits of all samples, as integers of `bits` bits. */
static void look(struct state *s, const float *x, size_t n)
{
    const double scale = ldexp(1, s->bits - 1);
    uint32_t used = 0;
    bool integer = true;
    for (size_t i = 0; i < n; i++) {
        double v = (double)x[i] * scale;
        bool fits = fabs(v) <= scale; /* beyond full scale nothing is stored */
        int64_t k = fits ? (int64_t)v : 0;
        integer &= fits && (double)k == v;
        used |= (uint32_t)k;
    }
    s->used |= used;
    s->integer &= integer;
    s->full = !s->integer || (s->used & 1);
}

/* Ends as soon as the lowest bit was seen. */
static void block(void *state, const struct hs_block *b)
{
    struct state *s = state;
    for (int c = 0; c < b->n_channels && s->bits && !s->full; c++)
        look(s, b->channel[c], b->n_frames);
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)n_frames;
    const struct state *s = state;
    if (!s->bits)
        hs_values_absent(v, "effective_bits", "not stored in fixed point");
    else if (!s->integer)
        hs_values_absent(v, "effective_bits", "%s",
                         stream->bits > 0 ? "processed after decoding"
                                          : "uses the range of floats");
    else if (!s->used)
        hs_values_absent(v, "effective_bits", "digital silence");
    else
        hs_values_number(v, "effective_bits", s->bits - __builtin_ctz(s->used));
}

static const struct hs_measure measures[] = {
    {"effective_bits", "bit", HS_NUMBER, 0, 0, HS_IN_JSON, "bits that are used",
     "Bits per sample without those at the bottom that are 0 in every sample of every channel: "
     "16 where a file of 24 bits, or of floats, holds no more than a CD.",
     "definition"},
};

const struct hs_analyser hs_analyser_depth = {
    .name = "depth",
    .version = 1,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .start = start,
    .block = block,
    .finish = finish,
};
