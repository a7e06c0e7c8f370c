/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. First pass: high-pass and equaliser, and the envelope of what comes out.
 * 2. The compressor's threshold is set so that its reduction is 2 dB at the 95th percentile of
 *    the steps that are music (within 20 LU of the whole).
 * 3. For each target the gain is searched on the envelope alone: compressor, gain, clip (at most
 *    2 dB, above -12 LUFS), limiter, until the reckoned loudness is that of the target.
 * 4. Second pass: all targets are rendered at once and measured.
 * 5. Targets that miss by more than 0.05 LU are corrected by what the reckoning was off, and
 *    rendered again, up to three times. What still misses says why: saturated, or not converged.
 */
#include "preview/preview.h"

#include "core/alloc.h"
#include "dsp/compressor.h"
#include "preview/envelope.h"
#include "preview/front.h"
#include "preview/render.h"
#include "preview/search.h"

#include <math.h>
#include <string.h>

const char hs_preview_chain[] = "v1";
const double hs_preview_ceiling_dbtp = -1;
const double hs_preview_usual_targets[] = {-16, -14, -12, -10, -8};
const size_t hs_preview_n_usual_targets =
    sizeof hs_preview_usual_targets / sizeof *hs_preview_usual_targets;

static const double compressor_p95_db = 2;
static const double clip_above_lufs = -12, most_clip_db = 2;
static const double active_lu = 20; /* below the loudness of the whole */
static const double near_lu = 0.05;
static const double least_s = 10; /* and what is heard of it */
enum { VERSION = 4, MORE_PASSES = 3 };

uint64_t hs_preview_version(void)
{
    return VERSION;
}

/* One file on its way. */
struct mastering {
    const struct hs_source *source;
    const struct hs_preview_order *order;
    const struct hs_alive *alive;
    const double *eq_db;
    struct hs_enveloping *enveloping;
    struct hs_envelope envelope;
    float *compressor_db;
    bool *active;
    struct hs_search search;
};

static enum hs_status start(void *ctx, const struct hs_stream *stream, struct hs_error *err)
{
    struct mastering *m = ctx;
    (void)err;
    m->enveloping = hs_enveloping_new(stream);
    return HS_OK;
}

static void piece(void *ctx, const float *const *x, size_t n_frames)
{
    hs_enveloping_push(((struct mastering *)ctx)->enveloping, x, n_frames);
}

/* The envelope behind high-pass and equaliser. */
static enum hs_status first_pass(struct mastering *m, struct hs_error *err)
{
    const struct hs_front_sink sink = {start, piece, m};
    enum hs_status status =
        hs_front_run(m->source, m->eq_db, (struct hs_front_part){0}, m->alive, &sink, err);
    if (status == HS_OK)
        hs_enveloping_finish(m->enveloping, &m->envelope);
    hs_enveloping_free(m->enveloping);
    return status;
}

/* The steps that are music: within 20 LU of the whole. */
static void find_active(struct mastering *m, double lufs)
{
    const struct hs_envelope *e = &m->envelope;
    double floor = pow(10, (lufs - active_lu + 0.691) / 10);
    enum { SPAN = 8 };
    double sum = 0;
    for (size_t i = 0; i < e->n; i++) {
        sum += (double)e->power[i] - (i >= SPAN ? (double)e->power[i - SPAN] : 0);
        m->active[i] = sum / SPAN > floor;
    }
}

/* Where the loudest ten seconds begin. */
static double find_loudest(const struct hs_envelope *e)
{
    size_t span = (size_t)(least_s / e->step_s), best = 0;
    double sum = 0, most = 0;
    for (size_t i = 0; i < e->n; i++) {
        sum += (double)e->power[i] - (i >= span ? (double)e->power[i - span] : 0);
        if (i + 1 >= span && sum > most * (1 + 1e-9)) {
            most = sum;
            best = i + 1 - span;
        }
    }
    return (double)best * e->step_s;
}

/* Finds the threshold and the compressor's gain for every step. */
static void set_compressor(struct mastering *m, struct hs_preview *out)
{
    const struct hs_envelope *e = &m->envelope;
    m->compressor_db = HS_NEW_ARRAY(float, e->n + 1);
    m->active = HS_NEW_ARRAY(bool, e->n + 1);
    find_active(m, hs_envelope_loudness(e, NULL));
    out->threshold_db = hs_compressor_fit(e->level_db, m->active, e->n, e->step_s,
                                          compressor_p95_db, &out->compressor_p95_db);
    if (isfinite(out->threshold_db))
        hs_compressor_run(e->level_db, e->n, e->step_s, out->threshold_db, m->compressor_db);
    hs_search_init(&m->search, e, m->compressor_db, hs_preview_ceiling_dbtp);
    out->peak_db = m->search.peak_db;
    out->loudest_s = find_loudest(e);
}

/* Louder targets than -12 LUFS may clip 2 dB. */
static double clip_of(double target_lufs)
{
    return target_lufs > clip_above_lufs ? most_clip_db : 0;
}

/* Finds the gain of each target on the envelope, each from the one before. */
static void set_gains(struct mastering *m, struct hs_preview *out)
{
    const double quiet_db = -40 - out->mix_lufs; /* no limiting there */
    double first = NAN;
    for (size_t i = 0; i < out->n_targets; i++) {
        struct hs_preview_target *t = &out->targets[i];
        double clip = clip_of(t->target_lufs);
        if (isnan(first))
            first = quiet_db + t->target_lufs - hs_search_loudness(&m->search, quiet_db, 0);
        struct hs_searched s = hs_search_gain(&m->search, t->target_lufs, clip, first);
        t->gain_db = first = s.gain_db;
        t->reach = s.reach;
        t->clip_db = hs_search_clip_db(&m->search, t->gain_db, clip);
    }
}

/* What the rendering gave, into the target. */
static void take(struct hs_preview_target *t, const struct hs_rendering *r)
{
    t->gr_p50_db = r->gr_p50_db;
    t->gr_p95_db = r->gr_p95_db;
    t->gr_max_db = r->gr_max_db;
    memcpy(t->holds, r->holds, sizeof t->holds);
    t->values = r->values;
    t->reached_lufs = hs_values_or_nan(&r->values, "integrated_lufs");
    t->plr_db = hs_values_or_nan(&r->values, "plr_db");
}

/* The targets of `wanted`, in one pass. */
static enum hs_status render(struct mastering *m, struct hs_preview *out, const bool *wanted,
                             struct hs_arena *arena, struct hs_error *err)
{
    struct hs_rendering items[HS_PREVIEW_MOST_TARGETS];
    size_t of[HS_PREVIEW_MOST_TARGETS], n = 0;
    for (size_t i = 0; i < out->n_targets; i++)
        if (wanted[i]) {
            items[n] = (struct hs_rendering){.gain_db = out->targets[i].gain_db,
                                             .clip_db = out->targets[i].clip_db,
                                             .write_path = m->order->write_paths[i]};
            hs_values_init(&items[n].values, arena);
            of[n++] = i;
        }
    const struct hs_render r = {.source = m->source,
                                .eq_db = m->eq_db,
                                .search = &m->search,
                                .active = m->active,
                                .alive = m->alive,
                                .items = items,
                                .n = n};
    enum hs_status status = n ? hs_render_run(&r, err) : HS_OK;
    for (size_t k = 0; k < n && status == HS_OK; k++)
        take(&out->targets[of[k]], &items[k]);
    return status;
}

/* What the reckoning was off by is taken off the next one. True where the target is rendered
 * once more. */
static bool correct(struct mastering *m, struct hs_preview_target *t)
{
    double off = t->reached_lufs - t->target_lufs, clip = clip_of(t->target_lufs);
    if (!isfinite(off) || fabs(off) <= near_lu)
        return false;
    if (off > 0) /* whatever the reckoning said of it, it can be louder than this */
        t->reach = HS_PREVIEW_NOT_CONVERGED;
    double reckoned = hs_search_loudness(&m->search, t->gain_db, clip);
    double aim = t->target_lufs - (t->reached_lufs - reckoned);
    struct hs_searched s = hs_search_gain(&m->search, aim, clip, t->gain_db);
    bool further = fabs(s.gain_db - t->gain_db) > 0.01;
    if (s.reach == HS_PREVIEW_SATURATED && off < 0)
        t->reach = HS_PREVIEW_SATURATED;
    if (!further || t->reach == HS_PREVIEW_SATURATED)
        return false;
    t->gain_db = s.gain_db;
    t->clip_db = hs_search_clip_db(&m->search, t->gain_db, clip);
    return true;
}

/* Renders all targets, corrects those that missed and renders them again; then says what was
 * reached. */
static enum hs_status render_all(struct mastering *m, struct hs_preview *out,
                                 struct hs_arena *arena, struct hs_error *err)
{
    bool wanted[HS_PREVIEW_MOST_TARGETS], any = true;
    memset(wanted, true, sizeof wanted);
    enum hs_status status = render(m, out, wanted, arena, err);
    for (int pass = 0; pass < MORE_PASSES && any && status == HS_OK; pass++) {
        any = false;
        for (size_t i = 0; i < out->n_targets; i++)
            any |= wanted[i] = correct(m, &out->targets[i]);
        if (any)
            status = render(m, out, wanted, arena, err);
    }
    for (size_t i = 0; i < out->n_targets; i++) {
        struct hs_preview_target *t = &out->targets[i];
        if (fabs(t->reached_lufs - t->target_lufs) <= near_lu)
            t->reach = HS_PREVIEW_REACHED;
        else if (t->reach == HS_PREVIEW_REACHED)
            t->reach = HS_PREVIEW_NOT_CONVERGED;
    }
    return status;
}

/* A preview with nothing known yet. */
static void set_up(const struct hs_preview_order *order, struct hs_arena *arena,
                   struct hs_preview *out)
{
    *out = (struct hs_preview){.there = true,
                               .has_eq = order->has_eq,
                               .n_targets = order->n_targets,
                               .carries_lufs = NAN,
                               .threshold_db = NAN,
                               .compressor_p95_db = NAN};
    memcpy(out->eq_db, order->eq_db, sizeof out->eq_db);
    out->targets = HS_ARENA_ARRAY(arena, struct hs_preview_target, order->n_targets + 1);
    for (size_t i = 0; i < order->n_targets; i++)
        out->targets[i].target_lufs = order->targets_lufs[i];
}

enum hs_status hs_preview_run(const struct hs_source *source, const struct hs_preview_order *order,
                              const struct hs_alive *alive, struct hs_arena *arena,
                              struct hs_preview *out, struct hs_error *err)
{
    struct mastering m = {.source = source,
                          .order = order,
                          .alive = alive,
                          .eq_db = order->has_eq ? order->eq_db : NULL};
    set_up(order, arena, out);
    enum hs_status status = first_pass(&m, err);
    if (status == HS_OK) {
        double length_s = (double)m.envelope.n_frames / m.envelope.rate;
        out->mix_lufs = hs_envelope_loudness(&m.envelope, NULL);
        /* what is too short or silent has no preview, and says so */
        if (length_s < least_s)
            out->why = "shorter than 10 s";
        else if (!isfinite(out->mix_lufs))
            out->why = "silent";
        out->there = !out->why;
    }
    if (status == HS_OK && out->there) {
        set_compressor(&m, out);
        set_gains(&m, out);
        status = render_all(&m, out, arena, err);
    }
    if (!out->there)
        out->n_targets = 0;
    hs_free(m.compressor_db);
    hs_free(m.active);
    hs_envelope_free(&m.envelope);
    return status;
}
