/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The driver of the analysers of one file.
 * 1. Audio arrives in pieces of any size and is gathered into blocks of BLOCK frames, so that
 *    every analyser sees the same division whatever the container: values are the same to the
 *    last bit. Gathering replaces samples that are not finite; whole blocks without any are not
 *    copied.
 * 2. Each block goes, with its down-mix, to every analyser that runs, then through the shared
 *    spectra.
 * 3. At the end the analysers finish in the order of stage and name, and may read what earlier
 *    ones wrote. Values of analysers that did not run are taken over from `known`. A measure
 *    without a value is absent with a reason.
 * 4. Keys that begin with '_' are dropped; the rest is copied to the caller.
 */
#include "measure/measure.h"

#include "core/alloc.h"
#include "dsp/downmix.h"
#include "dsp/kernels.h"
#include "dsp/screen.h"
#include "measure/analyser.h"
#include "measure/spectra.h"

#include <string.h>

/* Two channels of a block fit into 32 KiB, the first-level cache. */
enum { BLOCK = 4096 };

struct running {
    const struct hs_analyser *analyser;
    void *state;
    bool runs; /* false: not asked for, or failed */
    bool failed;
    struct hs_error err;
};

struct hs_measuring {
    struct hs_stream stream;
    const struct hs_kernels *kernels;
    struct running *items; /* in the order of (stage, name) */
    struct hs_spectra *spectra;
    float *channel[HS_MAX_CHANNELS];
    struct hs_downmix downmix;
    float *stereo[2]; /* NULL without down-mix */
    size_t fill;
    int64_t n_frames, n_invalid;
    const struct hs_values *known; /* of the analysers that were not asked for */
    bool wants_spectra;
    struct hs_arena scratch;
};

static void on_spectrum(void *ctx, const struct hs_spectrum *frame)
{
    struct hs_measuring *m = ctx;
    for (size_t i = 0; i < hs_n_analysers; i++) {
        struct running *item = &m->items[i];
        if (item->analyser->spectrum && item->runs)
            item->analyser->spectrum(item->state, frame);
    }
}

/* Insertion by stage; equal stages stay in the order of their names. */
static void order(struct running *items, hs_analyser_set set)
{
    for (size_t i = 0; i < hs_n_analysers; i++) {
        size_t at = i;
        for (; at > 0 && items[at - 1].analyser->stage > hs_analysers[i]->stage; at--)
            items[at] = items[at - 1];
        items[at] = (struct running){.analyser = hs_analysers[i], .runs = set >> i & 1};
    }
}

/* An analyser that fails to start is left out, and its measures say why. */
static void start_item(struct hs_measuring *m, struct running *item)
{
    const struct hs_analyser *a = item->analyser;
    if (!item->runs)
        return;
    item->state = hs_aligned(1, a->state_size + 1);
    if (a->start)
        item->failed = a->start(item->state, &m->stream, &item->err) != HS_OK;
    item->runs = !item->failed;
    m->wants_spectra |= item->runs && a->spectrum;
}

/* Analysers that are not in `set` take their values from `known`. */
enum hs_status hs_measuring_start(struct hs_measuring **out, const struct hs_stream *stream,
                                  hs_analyser_set set, const struct hs_values *known,
                                  struct hs_error *err)
{
    *out = NULL;
    if (stream->n_channels < 1 || stream->n_channels > HS_MAX_CHANNELS)
        return hs_fail(err, HS_E_LIMIT, "%d channels (1 to %d can be measured)", stream->n_channels,
                       HS_MAX_CHANNELS);
    if (stream->sample_rate_hz < 1000)
        return hs_fail(err, HS_E_LIMIT, "sample rate of %d Hz (1000 Hz at least)",
                       stream->sample_rate_hz);
    struct hs_measuring *m = HS_NEW(struct hs_measuring);
    m->stream = *stream;
    m->kernels = hs_kernels_choose();
    m->known = known;
    for (int c = 0; c < stream->n_channels; c++)
        m->channel[c] = hs_aligned(BLOCK, sizeof(float));
    if (stream->n_channels > 2) {
        hs_downmix_init(&m->downmix, stream);
        for (int side = 0; side < 2; side++)
            m->stereo[side] = hs_aligned(BLOCK, sizeof(float));
    }
    m->items = HS_NEW_ARRAY(struct running, hs_n_analysers + 1);
    order(m->items, set == HS_ALL_ANALYSERS ? hs_measure_asked(0) : set);
    for (size_t i = 0; i < hs_n_analysers; i++)
        start_item(m, &m->items[i]);
    m->spectra = hs_spectra_new(&m->stream);
    *out = m;
    return HS_OK;
}

/* One full block (or the rest at the end) to everybody. */
static void feed(struct hs_measuring *m, const float *const *channels, size_t n_frames)
{
    struct hs_block block = {
        .first = m->n_frames, .n_frames = n_frames, .n_channels = m->stream.n_channels};
    for (int c = 0; c < block.n_channels; c++)
        block.channel[c] = channels[c];
    block.left = channels[0];
    block.right = channels[block.n_channels > 1 ? 1 : 0];
    if (block.n_channels > 2) {
        hs_downmix_run(&m->downmix, block.channel, n_frames, m->stereo);
        block.left = m->stereo[0];
        block.right = m->stereo[1];
    }
    for (size_t i = 0; i < hs_n_analysers; i++) {
        struct running *item = &m->items[i];
        if (item->analyser->block && item->runs)
            item->analyser->block(item->state, &block);
    }
    if (m->wants_spectra)
        hs_spectra_block(m->spectra, &block, on_spectrum, m);
    m->n_frames += (int64_t)n_frames;
}

static void feed_gathered(struct hs_measuring *m)
{
    feed(m, (const float *const *)m->channel, m->fill);
    m->fill = 0;
}

/* A whole block of finite samples is looked at where it lies. */
static bool feed_in_place(struct hs_measuring *m, const float *const *channels, size_t from)
{
    const float *block[HS_MAX_CHANNELS];
    for (int c = 0; c < m->stream.n_channels; c++) {
        block[c] = channels[c] + from;
        if (!m->kernels->finite(block[c], BLOCK))
            return false;
    }
    feed(m, block, BLOCK);
    return true;
}

/* Blocks of one size, whatever is pushed. */
void hs_measuring_block(struct hs_measuring *m, const float *const *channels, size_t n_frames)
{
    for (size_t done = 0; done < n_frames;) {
        if (!m->fill && n_frames - done >= BLOCK && feed_in_place(m, channels, done)) {
            done += BLOCK;
            continue;
        }
        size_t n = BLOCK - m->fill < n_frames - done ? BLOCK - m->fill : n_frames - done;
        for (int c = 0; c < m->stream.n_channels; c++)
            m->n_invalid += (int64_t)hs_screen_copy(m->channel[c] + m->fill, channels[c] + done, n);
        m->fill += n;
        done += n;
        if (m->fill == BLOCK)
            feed_gathered(m);
    }
}

static void copy_value(struct hs_values *out, const struct hs_value *v)
{
    switch (v->kind) {
    case HS_ABSENT:
        if (v->absence == HS_NOTHING_THERE)
            hs_values_nothing(out, v->key, "%s", v->why);
        else
            hs_values_absent(out, v->key, "%s", v->why);
        break;
    case HS_NUMBER:
        hs_values_number_bound(out, v->key, v->number, v->bound);
        break;
    case HS_FLAG:
        hs_values_flag(out, v->key, v->number != 0);
        break;
    case HS_TEXT:
        hs_values_text(out, v->key, v->text);
        break;
    case HS_ARRAY:
        hs_values_array(out, v->key, v->array, v->n);
        break;
    case HS_SERIES:
        hs_values_series(out, v->key, v->series, v->n, v->start_s, v->step_s);
        break;
    }
}

/* A table row that its analyser did not fill is absent, never missing. */
static void fill_gaps(const struct running *item, struct hs_values *values)
{
    const struct hs_analyser *a = item->analyser;
    if (a->on_request && !item->runs && !item->failed)
        return;
    for (size_t i = 0; i < a->n_measures; i++) {
        if (item->failed)
            hs_values_absent(values, a->measures[i].key, "%s failed: %s", a->name,
                             item->err.msg[0] ? item->err.msg : "no reason given");
        else if (!hs_values_get(values, a->measures[i].key))
            hs_values_absent(values, a->measures[i].key, "not measured");
    }
}

/* What the analyser measured before, in the order in which it was written. */
static void take_over(const struct hs_values *known, const struct hs_analyser *a,
                      struct hs_values *out)
{
    for (size_t i = 0; known && i < known->n; i++)
        for (size_t j = 0; j < a->n_measures; j++)
            if (!strcmp(known->items[i].key, a->measures[j].key))
                copy_value(out, &known->items[i]);
}

/* Twice is fine. */
static void release(struct running *item)
{
    if (item->analyser->stop && item->state)
        item->analyser->stop(item->state);
    hs_free(item->state);
    item->state = NULL;
}

/* What an analyser kept of a long file goes as soon as its values are there. */
void hs_measuring_finish(struct hs_measuring *m, struct hs_values *out)
{
    if (m->fill)
        feed_gathered(m);
    if (m->wants_spectra)
        hs_spectra_finish(m->spectra, on_spectrum, m);
    struct hs_values all;
    hs_values_init(&all, &m->scratch);
    hs_values_number(&all, "invalid_samples", (double)m->n_invalid);
    for (size_t i = 0; i < hs_n_analysers; i++) {
        struct running *item = &m->items[i];
        if (!item->runs && !item->failed)
            take_over(m->known, item->analyser, &all);
        else if (item->analyser->finish && item->runs)
            item->analyser->finish(item->state, &m->stream, m->n_frames, &all);
        fill_gaps(item, &all);
        release(item);
    }
    for (size_t i = 0; i < all.n; i++)
        if (all.items[i].key[0] != '_')
            copy_value(out, &all.items[i]);
}

void hs_measuring_free(struct hs_measuring *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < hs_n_analysers; i++)
        release(&m->items[i]);
    for (int c = 0; c < HS_MAX_CHANNELS; c++)
        hs_free(m->channel[c]);
    hs_free(m->stereo[0]);
    hs_free(m->stereo[1]);
    hs_spectra_free(m->spectra);
    hs_free(m->items);
    hs_arena_free(&m->scratch);
    hs_free(m);
}
