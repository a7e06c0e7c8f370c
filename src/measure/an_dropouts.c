/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Drop-outs that a file shows by itself: digital silence in all channels, with the wave cut through
 * at both ends.
 * 1. Every 32nd frame is looked at; from one that is 0 the silence is followed back to its
 *    beginning and on to its end.
 * 2. At an end the wave is cut through where its last sample, or the one that it was going to, is
 *    larger than 14 dB below the rms of the file: a decay, a fade and a gate end near 0.
 * 3. Silence of 5 ms to 20 s counts. Very many are no accident: square waves with rests, gates.
 */
#include "core/alloc.h"
#include "core/num.h"
#include "measure/analyser.h"

#include <math.h>
#include <string.h>

enum { STRIDE = 32, HISTORY = STRIDE + 4, MOST = 10000, MOST_TIMES = 16 };
static const double shortest_s = 0.005, longest_s = 20, cut_through_db = -14;

enum where { SOUND, SILENCE, BACK };

struct gap {
    int64_t from, n;
    float before, after; /* how large the wave was going to be, was coming from */
};

struct state {
    int rate;
    float history[2][HISTORY]; /* the frames before the block */
    enum where where;
    struct gap open; /* the one that is followed */
    float first[2];  /* of what sounds behind it */
    struct gap *gaps;
    size_t n, cap;
};

static enum hs_status start(void *state, const struct hs_stream *stream, struct hs_error *err)
{
    (void)err;
    struct state *s = state;
    s->rate = stream->sample_rate_hz;
    return HS_OK;
}

/* Frame i of a block; from -HISTORY on. */
static float at(const struct state *s, const struct hs_block *b, int channel, int64_t i)
{
    const float *x = channel ? b->right : b->left;
    return i >= 0 ? x[i] : s->history[channel][HISTORY + i];
}

static bool is_zero(const struct state *s, const struct hs_block *b, int64_t i)
{
    return fpclassify(at(s, b, 0, i)) == FP_ZERO && fpclassify(at(s, b, 1, i)) == FP_ZERO;
}

/* The larger of a sample at an edge and of where the wave goes from there. */
static float edge(float outer, float inner)
{
    return fmaxf(fabsf(inner), fabsf(2 * inner - outer));
}

/* The silence that frame i lies in begins. */
static void begin(struct state *s, const struct hs_block *b, int64_t i)
{
    while (b->first + i > 0 && i > 2 - HISTORY && is_zero(s, b, i - 1))
        i--;
    s->where = SILENCE;
    s->open = (struct gap){.from = b->first + i};
    for (int c = 0; c < 2 && s->open.from >= 2; c++)
        s->open.before = fmaxf(s->open.before, edge(at(s, b, c, i - 2), at(s, b, c, i - 1)));
}

static void end(struct state *s, float left, float right)
{
    struct gap *g = &s->open;
    g->after = fmaxf(edge(left, s->first[0]), edge(right, s->first[1]));
    s->where = SOUND;
    if ((double)g->n < shortest_s * s->rate || (double)g->n > longest_s * s->rate || s->n >= MOST)
        return;
    s->gaps = hs_grow(s->gaps, s->n, &s->cap, sizeof *s->gaps);
    s->gaps[s->n++] = *g;
}

/* The next frame at or behind i that is looked at while it sounds. */
static int64_t next_look(const struct hs_block *b, int64_t i)
{
    return i + (STRIDE - (b->first + i) % STRIDE) % STRIDE;
}

static void keep_history(struct state *s, const struct hs_block *b)
{
    float kept[2][HISTORY];
    int64_t n = (int64_t)b->n_frames;
    for (int c = 0; c < 2; c++)
        for (int64_t k = 0; k < HISTORY; k++)
            kept[c][k] = at(s, b, c, n - HISTORY + k);
    memcpy(s->history, kept, sizeof kept);
}

static void block(void *state, const struct hs_block *b)
{
    struct state *s = state;
    int64_t n = (int64_t)b->n_frames;
    for (int64_t i = 0; i < n;) {
        if (s->where == SOUND) {
            i = next_look(b, i);
            if (i < n && is_zero(s, b, i))
                begin(s, b, i);
            else
                i++;
        } else if (s->where == BACK) {
            end(s, b->left[i], b->right[i]);
            i++;
        } else {
            while (i < n && is_zero(s, b, i))
                i++;
            if (i == n)
                break;
            s->open.n = b->first + i - s->open.from;
            s->first[0] = b->left[i];
            s->first[1] = b->right[i];
            s->where = BACK;
            i++;
        }
    }
    keep_history(s, b);
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)stream, (void)n_frames;
    struct state *s = state;
    double rms_db, times[MOST_TIMES], sum = 0;
    size_t n = 0;
    if (!hs_values_read(v, "rms_dbfs", &rms_db)) {
        hs_values_absent(v, "dropouts", "digital silence");
        hs_values_absent(v, "dropouts_s", "digital silence");
        hs_values_absent(v, "dropout_times", "digital silence");
        return;
    }
    double least = hs_amplitude_from_db(rms_db + cut_through_db);
    for (size_t i = 0; i < s->n; i++) {
        const struct gap *g = &s->gaps[i];
        if ((double)g->before < least || (double)g->after < least)
            continue;
        if (n < MOST_TIMES)
            times[n] = (double)g->from / s->rate;
        sum += (double)g->n / s->rate;
        n++;
    }
    hs_values_number(v, "dropouts", (double)n);
    hs_values_number(v, "dropouts_s", sum);
    hs_values_array(v, "dropout_times", times, n < MOST_TIMES ? n : MOST_TIMES);
}

static void stop(void *state)
{
    struct state *s = state;
    hs_free(s->gaps);
}

#define OWN "hindsight, docs/measures"
static const struct hs_measure measures[] = {
    {"dropouts", "", HS_NUMBER, 0, 0, HS_IN_JSON, "drop-outs",
     "Spells of digital silence of 5 ms to 20 s in all channels with the wave cut through at both "
     "ends: its last sample, or the one that it was going to, is larger than 14 dB below the rms "
     "of the file. A decay, a fade and a gate end near 0.",
     OWN},
    {"dropouts_s", "s", HS_NUMBER, 0, 3, HS_IN_JSON, "silence of drop-outs",
     "All of them together.", OWN},
    {"dropout_times", "s", HS_ARRAY, 0, 2, HS_IN_STORE, "times of the drop-outs",
     "When they begin, 16 at most.", OWN},
};

static const char *const read_from[] = {"levels", NULL};

const struct hs_analyser hs_analyser_dropouts = {
    .name = "dropouts",
    .version = 1,
    .stage = 1,
    .reads = read_from,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .start = start,
    .block = block,
    .finish = finish,
    .stop = stop,
};
