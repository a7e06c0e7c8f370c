/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which encoder losslessly stored music went through, by the grid it left (measure/grid.h).
 * 1. Up to 20 passages are kept, some seconds apart, each of the length of one look with some
 *    frames for a resampler on either side: left, and left less right. The six with most treble
 *    are looked at.
 * 2. Passages are brought to the rate at which an encoder may have worked: the stored rate up
 *    to 48 kHz, then the lower rate from which the file was upsampled, then 44.1 kHz for higher
 *    rates that came from another one.
 * 3. MP3, AAC and Vorbis are tried in turn. An encoder is found if its grid stands out in two
 *    passages.
 * 4. If it is not MP3, the window with most empty coefficients over all passages names the
 *    encoder.
 */
#include "core/alloc.h"
#include "core/num.h"
#include "dsp/resample.h"
#include "measure/analyser.h"
#include "measure/grid.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Passages are taken at multiples of 46080 frames, which fall on a frame of 44.1 and of 48 kHz
 * at every usual rate, some seconds apart, and the fullest of them are looked at. */
enum { RASTER = 46080, TAKEN = 20, LOOKED_AT = 6, WANTED = 2 };
#define APART_S 5.0
/* Encoders work at 32 kHz and more; a resampler needs some frames before and after. */
enum { LEAST_HZ = 32000, MOST_HZ = 192000, MOST_BASE_HZ = 48000, LEAD = RASTER / 48 };

struct passage {
    float *left, *side;
    double treble[2]; /* power of the differences, of left and side */
};

struct state {
    int64_t every, length; /* frames; 0: nothing to look for */
    struct passage passage[TAKEN];
    int n; /* full ones */
};

static enum hs_status start(void *state, const struct hs_stream *stream, struct hs_error *err)
{
    (void)err;
    struct state *s = state;
    int rate = stream->sample_rate_hz;
    if (!stream->lossless || rate < LEAST_HZ || rate > MOST_HZ)
        return HS_OK;
    s->every = RASTER * (int64_t)ceil(APART_S * rate / RASTER);
    s->length = (int64_t)ceil((double)HS_GRID_FRAMES * rate / 44100) + (int64_t)2 * LEAD;
    return HS_OK;
}

/* The part of a block, if any, that belongs to passage k. */
static void take(struct state *s, int k, const struct hs_block *b)
{
    struct passage *p = &s->passage[k];
    int64_t from = s->every * (k + 1) - LEAD, end = b->first + (int64_t)b->n_frames;
    int64_t i = from > b->first ? from : b->first;
    if (i >= end || i >= from + s->length)
        return;
    if (!p->left) {
        p->left = HS_NEW_ARRAY(float, s->length);
        p->side = HS_NEW_ARRAY(float, s->length);
    }
    for (; i < end && i < from + s->length; i++) {
        p->left[i - from] = b->left[i - b->first];
        p->side[i - from] = b->left[i - b->first] - b->right[i - b->first];
    }
    s->n = i == from + s->length ? k + 1 : s->n;
}

/* Passages that end within this block are full. */
static void block(void *state, const struct hs_block *b)
{
    struct state *s = state;
    for (int k = s->n; k < TAKEN && s->every; k++) {
        if (s->every * (k + 1) - LEAD >= b->first + (int64_t)b->n_frames)
            return;
        take(s, k, b);
    }
}

/* Power of the differences of neighbours, which grows with frequency. */
static double treble(const float *x, int64_t n)
{
    double sum = 0;
    for (int64_t i = 1; i < n; i++)
        sum += (double)(x[i] - x[i - 1]) * (double)(x[i] - x[i - 1]);
    return sum;
}

/* The fullest passages first. */
static void sort(struct state *s)
{
    for (int k = 0; k < s->n; k++) {
        struct passage p = s->passage[k];
        p.treble[0] = treble(p.left, s->length);
        p.treble[1] = treble(p.side, s->length);
        int i = k;
        for (; i > 0 && s->passage[i - 1].treble[0] < p.treble[0]; i--)
            s->passage[i] = s->passage[i - 1];
        s->passage[i] = p;
    }
}

/* HS_GRID_FRAMES at `base_hz` from the passage's raster on. */
static bool bring(const float *x, int64_t n, double rate_hz, double base_hz, float *out)
{
    struct hs_resample *r;
    size_t taken = 0, got, lead = (size_t)llround(LEAD * base_hz / rate_hz);
    if (rate_hz == base_hz) {
        memcpy(out, x + LEAD, HS_GRID_FRAMES * sizeof *out);
        return true;
    }
    if (hs_resample_new(&r, rate_hz, base_hz, NULL) != HS_OK)
        return false;
    size_t room = lead + HS_GRID_FRAMES, made = 0;
    float *both[2] = {HS_NEW_ARRAY(float, room), HS_NEW_ARRAY(float, room)};
    for (bool more = true; more && made < room; made += got) {
        const float *in[2] = {x + taken, x + taken};
        size_t now = 0, left = (size_t)n - taken;
        hs_resample_run(r, left ? in : NULL, left, &now,
                        (float *const[2]){both[0] + made, both[1] + made}, room - made, &got);
        more = got || now;
        taken += now;
    }
    bool whole = made >= room;
    if (whole)
        memcpy(out, both[0] + lead, HS_GRID_FRAMES * sizeof *out);
    hs_free(both[0]);
    hs_free(both[1]);
    hs_resample_free(r);
    return whole;
}

/* The passages as they are looked at: left, and the side where there is one, HS_GRID_FRAMES each.
 */
struct looks {
    struct hs_grid grid;
    int n;
    bool has_side[LOOKED_AT];
    float x[LOOKED_AT][2][HS_GRID_FRAMES];
    bool known[LOOKED_AT]; /* all kinds but MP3 are looked for together */
    int found[LOOKED_AT][HS_N_GRIDS];
};

struct verdict {
    bool found;
    enum hs_grid_kind kind;
    int seen, of;
};

/* A side of less than -40 dB of the left channel is none. */
static void prepare(struct looks *l, const struct state *s, double rate_hz, double base_hz)
{
    const double a_side = 1e-4;
    l->n = 0;
    for (int i = 0; i < s->n && l->n < LOOKED_AT; i++) {
        const struct passage *p = &s->passage[i];
        l->has_side[l->n] = p->treble[1] > a_side * p->treble[0];
        if (bring(p->left, s->length, rate_hz, base_hz, l->x[l->n][0]) &&
            bring(p->side, s->length, rate_hz, base_hz, l->x[l->n][1]))
            l->n++;
    }
}

static int look_for_mp3(struct looks *l, int i)
{
    int found = hs_grid_look_mp3(&l->grid, l->x[i][0]);
    return found || !l->has_side[i] ? found : hs_grid_look_mp3(&l->grid, l->x[i][1]);
}

/* Left and side take turns where one has to do: which has more empty coefficients depends on the
 * encoder, its rate and the song. */
static int look_at(struct looks *l, enum hs_grid_kind kind, int i)
{
    if (kind == HS_GRID_MP3)
        return look_for_mp3(l, i);
    if (!l->known[i])
        hs_grid_look_mdct(&l->grid, l->x[i][l->has_side[i] && i % 2 == 0], l->found[i]);
    l->known[i] = true;
    return l->found[i][kind];
}

/* The window with which most is empty. */
static enum hs_grid_kind window_of(struct looks *l)
{
    static const enum hs_grid_kind windows[] = {HS_GRID_AAC, HS_GRID_AAC_SINE, HS_GRID_VORBIS};
    int most = -1;
    enum hs_grid_kind best = HS_GRID_AAC;
    for (size_t k = 0; k < sizeof windows / sizeof *windows; k++) {
        int sum = 0;
        for (int i = 0; i < l->n; i++)
            sum += look_at(l, windows[k], i);
        best = sum > most ? windows[k] : best;
        most = sum > most ? sum : most;
    }
    return best;
}

/* Kinds in turn; the first that stands out in two passages ends it. */
static struct verdict look(const struct state *s, double rate_hz, double base_hz)
{
    static const enum hs_grid_kind sought[] = {HS_GRID_MP3, HS_GRID_AAC, HS_GRID_VORBIS,
                                               HS_GRID_AAC_SINE};
    struct looks *l = HS_NEW(struct looks);
    hs_grid_init(&l->grid, base_hz);
    prepare(l, s, rate_hz, base_hz);
    struct verdict v = {.of = l->n};
    for (size_t k = 0; k < sizeof sought / sizeof *sought && !v.found; k++) {
        v.seen = 0;
        v.kind = sought[k];
        for (int i = 0; i < l->n && v.seen + l->n - i >= WANTED; i++)
            v.seen += look_at(l, v.kind, i) > 0;
        v.found = v.seen >= WANTED;
    }
    if (v.found && v.kind != HS_GRID_MP3)
        v.kind = window_of(l);
    hs_grid_free(&l->grid);
    hs_free(l);
    return v;
}

static void put_nothing(struct hs_values *v, const char *why)
{
    hs_values_absent(v, "encoder", "%s", why);
    hs_values_absent(v, "encoder_share", "%s", why);
}

/* The stored rate first, then the lower rate from which the file was upsampled, then 44.1 kHz; the
 * first grid that is found ends the search. */
static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)n_frames;
    struct state *s = state;
    double rate = stream->sample_rate_hz, from = 0;
    if (!s->every || s->n < WANTED) {
        put_nothing(v, !stream->lossless ? "not stored losslessly"
                       : !s->every       ? "not a rate that encoders work at"
                                         : "too short");
        return;
    }
    sort(s);
    struct verdict found = {.of = 1};
    if (rate <= MOST_BASE_HZ)
        found = look(s, rate, rate);
    if (!found.found && hs_values_read(v, "upsampled_from_hz", &from) && from >= LEAST_HZ &&
        from <= MOST_BASE_HZ)
        found = look(s, rate, from);
    if (!found.found && from > 0 && from != 44100 && rate > MOST_BASE_HZ)
        found = look(s, rate, 44100);
    hs_values_number(v, "encoder_share", found.found ? (double)found.seen / found.of : 0);
    if (found.found)
        hs_values_text(v, "encoder", hs_grid_name(found.kind));
    else
        hs_values_absent(v, "encoder", "no grid of an encoder");
}

static void stop(void *state)
{
    struct state *s = state;
    for (int k = 0; k < TAKEN; k++) {
        hs_free(s->passage[k].left);
        hs_free(s->passage[k].side);
    }
}

static const struct hs_measure measures[] = {
    {"encoder", "", HS_TEXT, 0, 0, HS_IN_JSON, "encoder it went through",
     "MP3, AAC or Vorbis, where the transform of that encoder, at one place of all that are "
     "possible, has at least 16 coefficients that are empty (40 dB below their neighbours), and "
     "twice as many as at any other, in two or more of six passages; looked for in losslessly "
     "stored files, at the stored rate and at the one they were upsampled from.",
     "ISO/IEC 11172-3, 14496-3; Vorbis I; compare Seichter et al., ICASSP 2016"},
    {"encoder_share", "", HS_NUMBER, 0, 2, HS_IN_JSON, "passages with the encoder's grid",
     "Share of the six passages in which that was seen; 0 where it was not in two of them.", ""},
};

static const char *const read_from[] = {"bandwidth", NULL};

const struct hs_analyser hs_analyser_encoder = {
    .name = "encoder",
    .version = 2,
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
