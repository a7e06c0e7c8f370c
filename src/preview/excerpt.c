/* SPDX-License-Identifier: Apache-2.0 */
/* A passage of the mastering preview to listen to: the same chain as preview.c, with gains and
 * threshold that were found for the whole file. Called by the worker that cuts clips. */
#include "preview/excerpt.h"

#include "core/alloc.h"
#include "dsp/compressor.h"
#include "preview/envelope.h"
#include "preview/front.h"
#include "preview/preview.h"
#include "preview/render.h"
#include "preview/search.h"

#include <math.h>
#include <string.h>

/* What is played before the passage, until compressor and limiter stand as they do in the whole. */
static const double lead_s = 1;

/* The envelope of the passage is made anew: that of the whole is not kept. */
static enum hs_status start(void *ctx, const struct hs_stream *stream, struct hs_error *err)
{
    (void)err;
    *(struct hs_enveloping **)ctx = hs_enveloping_new(stream);
    return HS_OK;
}

static void piece(void *ctx, const float *const *x, size_t n_frames)
{
    hs_enveloping_push(*(struct hs_enveloping **)ctx, x, n_frames);
}

/* Drops the lead, and hands the rest over. */
static void hand_over(struct hs_rendering *r, double lead, double len, struct hs_excerpt_sound *out)
{
    size_t before = (size_t)llround(lead * r->rate), n = (size_t)llround(len * r->rate);
    before = before < r->n_kept ? before : r->n_kept;
    out->n_frames = n < r->n_kept - before ? n : r->n_kept - before;
    for (int c = 0; c < 2; c++) {
        out->x[c] = r->kept[c];
        if (out->x[c])
            memmove(out->x[c], out->x[c] + before, out->n_frames * sizeof(float));
    }
}

/* Two passes over the passage with its lead: the envelope, then the sound of each target. The peak
 * is that of the whole file, so that the clip is the same. */
enum hs_status hs_excerpt_run(const struct hs_source *source, const struct hs_excerpt_order *order,
                              double from_s, double len_s, const struct hs_alive *alive,
                              struct hs_excerpt_sound *out, struct hs_error *err)
{
    struct hs_rendering items[HS_PREVIEW_MOST_TARGETS];
    struct hs_enveloping *enveloping = NULL;
    struct hs_envelope envelope = {0};
    struct hs_search search;
    const double lead = fmin(lead_s, from_s), *eq_db = order->has_eq ? order->eq_db : NULL;
    const struct hs_front_part part = {from_s - lead, lead + len_s};
    const struct hs_front_sink sink = {start, piece, &enveloping};
    for (size_t i = 0; i < order->n; i++)
        items[i] =
            (struct hs_rendering){.gain_db = order->gain_db[i], .clip_db = order->clip_db[i]};
    enum hs_status status = hs_front_run(source, eq_db, part, alive, &sink, err);
    if (status == HS_OK)
        hs_enveloping_finish(enveloping, &envelope);
    hs_enveloping_free(enveloping);
    float *compressor_db = HS_NEW_ARRAY(float, envelope.n + 1);
    if (isfinite(order->threshold_db))
        hs_compressor_run(envelope.level_db, envelope.n, envelope.step_s, order->threshold_db,
                          compressor_db);
    hs_search_init(&search, &envelope, compressor_db, hs_preview_ceiling_dbtp);
    search.peak_db = order->peak_db; /* of the whole file */
    const struct hs_render r = {.source = source,
                                .eq_db = eq_db,
                                .part = part,
                                .search = &search,
                                .alive = alive,
                                .items = items,
                                .n = order->n};
    if (status == HS_OK)
        status = hs_render_run(&r, err);
    for (size_t i = 0; i < order->n; i++)
        hand_over(&items[i], lead, len_s, &out[i]);
    hs_free(compressor_db);
    hs_envelope_free(&envelope);
    return status;
}
