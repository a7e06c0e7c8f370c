/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The three loudest of the consecutive parts of 20 s, kept for those who work on them (FM radio,
 * codecs) and then let go. Overs and clippers live there; a whole file would cost four times more.
 */
#include "core/alloc.h"
#include "core/num.h"
#include "dsp/kweight.h"
#include "measure/analyser.h"
#include "model/survival.h"
#include "survival/loudest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS = HS_LOUDEST_PARTS };
#define SILENT 1e-9 /* K-weighted power of a frame */

struct part {
    float *x[2];
    size_t n;
    int64_t from;
    double power; /* K-weighted, summed */
};

struct state {
    size_t most; /* frames of a part; 0: not looked at */
    int64_t now_from;
    struct part now, kept[PARTS];
    struct hs_kweight k;
    struct hs_kweight_state k_state;
};

static void part_make(struct part *p, size_t most)
{
    *p = (struct part){.n = 0};
    for (int c = 0; c < 2; c++)
        p->x[c] = HS_NEW_ARRAY(float, most + 1);
}

static void part_free(struct part *p)
{
    hs_free(p->x[0]);
    hs_free(p->x[1]);
    *p = (struct part){.n = 0};
}

/* Rates outside the models are passed over; `finish` says why. */
static enum hs_status start(void *state, const struct hs_stream *stream, struct hs_error *err)
{
    struct state *s = state;
    (void)err;
    if (stream->sample_rate_hz < HS_LOUDEST_LEAST_HZ || stream->sample_rate_hz > HS_LOUDEST_MOST_HZ)
        return HS_OK;
    s->most = (size_t)stream->sample_rate_hz * HS_LOUDEST_S;
    hs_kweight_init(&s->k, stream->sample_rate_hz);
    part_make(&s->now, s->most);
    for (int i = 0; i < PARTS; i++)
        part_make(&s->kept[i], s->most);
    return HS_OK;
}

/* The part takes the place of the softest one that is kept, if it is louder. */
static void end_part(struct state *s)
{
    int softest = 0;
    int64_t next = s->now.from + (int64_t)s->now.n;
    for (int i = 1; i < PARTS; i++)
        if (s->kept[i].power < s->kept[softest].power)
            softest = i;
    if (s->now.power > s->kept[softest].power) {
        struct part old = s->kept[softest];
        s->kept[softest] = s->now;
        s->now = old;
    }
    s->now.n = 0;
    s->now.power = 0;
    s->now.from = next;
}

/* Fills the part that is being kept, with its K-weighted energy. */
static void block(void *state, const struct hs_block *b)
{
    struct state *s = state;
    for (size_t done = 0; s->most && done < b->n_frames;) {
        double energy[2] = {0, 0};
        size_t room = s->most - s->now.n, left = b->n_frames - done, n = room < left ? room : left;
        memcpy(s->now.x[0] + s->now.n, b->left + done, n * sizeof(float));
        memcpy(s->now.x[1] + s->now.n, b->right + done, n * sizeof(float));
        hs_kweight_energy(&s->k, &s->k_state, b->left + done, b->right + done, n, energy);
        s->now.power += energy[0] + energy[1];
        s->now.n += n;
        done += n;
        if (s->now.n == s->most)
            end_part(s);
    }
}

static int by_place(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

/* One after the other, in the order of the music. */
static void hand_on(struct state *s, struct hs_values *v, double rate_hz)
{
    double frames[PARTS] = {0}, from_s[PARTS] = {NAN, NAN, NAN};
    size_t n = 0, k = 0;
    float *all = HS_NEW_ARRAY(float, PARTS * s->most + 1);
    qsort(s->kept, PARTS, sizeof *s->kept, by_place);
    for (int c = 0; c < 2; c++) {
        n = k = 0;
        for (int i = 0; i < PARTS; i++) {
            const struct part *p = &s->kept[i];
            if (!(p->power > SILENT * (double)p->n))
                continue;
            memcpy(all + n, p->x[c], p->n * sizeof(float));
            n += p->n;
            frames[k] = (double)p->n;
            from_s[k++] = (double)p->from / rate_hz;
        }
        hs_values_series(v, c ? hs_loudest_right : hs_loudest_left, all, n, 0, 1);
    }
    hs_free(all);
    hs_values_array(v, hs_loudest_frames, frames, PARTS);
    if (k)
        hs_values_array(v, hs_loudest_from, from_s, PARTS);
    else
        hs_values_absent(v, hs_loudest_from, "silent");
}

/* Closes the last part and hands on what was kept. */
static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    struct state *s = state;
    int rate_hz = stream->sample_rate_hz;
    const char *why = (double)n_frames / rate_hz < 10 ? "shorter than 10 s"
                      : rate_hz < HS_LOUDEST_LEAST_HZ ? "nothing up to 15 kHz is stored"
                      : rate_hz > HS_LOUDEST_MOST_HZ  ? "sample rates over 96 kHz are not modelled"
                                                      : NULL;
    if (why) {
        hs_values_absent(v, hs_loudest_from, "%s", why);
        return;
    }
    /* A rest of less than half a part is left out, but where there is nothing else. */
    if (s->now.n * 2 > s->most || !(s->kept[0].power > 0))
        end_part(s);
    hand_on(s, v, rate_hz);
}

static void stop(void *state)
{
    struct state *s = state;
    part_free(&s->now);
    for (int i = 0; i < PARTS; i++)
        part_free(&s->kept[i]);
}

static const struct hs_measure measures[] = {
    {"loudest.from_s", "s", HS_ARRAY, PARTS, 0, HS_IN_STORE, "where the loudest parts begin",
     "Of the consecutive parts of 20 s the three of the highest K-weighted power: what FM radio "
     "and "
     "codecs are tried on.",
     "ITU-R BS.1770-5 annex 1; docs/survival.md"},
};

const struct hs_analyser hs_analyser_loudest = {
    .name = "loudest",
    .version = 1,
    .on_request = HS_TO_FM | HS_TO_CODECS | HS_TO_ALL_CODECS,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .start = start,
    .block = block,
    .finish = finish,
    .stop = stop,
};
