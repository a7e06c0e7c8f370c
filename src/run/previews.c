/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The wanted spectrum is the median of the references, band by band; without references the
 *    built-in one. The equaliser of a preview is the difference to it, as dsp allows.
 * 2. A mix without a master is mastered at all targets of the job. A mix whose master is out, and
 *    which is its only candidate and aligned, is mastered once, at the loudness of the master
 *    (-24 to -5 LUFS), for the back-test. A new mix gets both.
 * 3. The key in the store is made of the bytes of the mix and of everything in the order, so that
 *    a change of either makes it anew.
 * 4. For judging the rows are read back into the tracks; a row that is missing is unfinished
 *    work.
 */
#include "run/previews.h"

#include "core/alloc.h"
#include "core/fs.h"
#include "core/num.h"
#include "dsp/match_eq.h"
#include "judge/builtin.h"
#include "measure/measure.h"
#include "preview/pack.h"
#include "run/result.h"

#include <math.h>
#include <string.h>
#include <xxhash.h>

/* Loudness of masters that a preview is asked to match. */
static const double quietest_lufs = -24, loudest_lufs = -5;
static const double same_lu = 0.05;

struct planning {
    struct hs_store *store;
    const struct hs_entries *e;
    const struct hs_job *job;
    struct hs_arena *arena;
    double wanted[HS_BANDS]; /* of the references, else built in */
    struct hs_previewing *items;
    size_t n;
};

/* The first entry of the same bytes, which has the results. */
static const struct hs_entry *entry_of(const struct hs_entries *e, const struct hs_source *source)
{
    return &e->items[e->items[hs_entries_find(e, source)].same_as];
}

/* The stored measures of a source. False where there is no whole row. */
static bool read_values(const struct planning *p, const struct hs_source *source,
                        struct hs_values *out, struct hs_arena *arena)
{
    const struct hs_entry *e = entry_of(p->e, source);
    struct hs_buf row = {0};
    struct hs_result r;
    hs_values_init(out, arena);
    bool whole = e->file.state == HS_FILE_OK && e->hashed &&
                 hs_store_find(p->store, HS_RESULT_FILE, e->file.hash, sizeof e->file.hash,
                               hs_result_file_version(), &row) &&
                 hs_result_take(row.data, row.len, &r) && r.outcome == HS_OUTCOME_OK &&
                 hs_result_take_values(&r, out, NULL) == HS_OK;
    hs_buf_free(&row);
    return whole;
}

/* The median of the references, band by band; without any the built-in spectrum. */
static void find_wanted(struct planning *p)
{
    size_t n = p->job->n_references, n_read = 0;
    double(*bands)[HS_BANDS] = hs_calloc(n + 1, sizeof *bands);
    double *column = HS_NEW_ARRAY(double, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct hs_arena scratch = {0};
        struct hs_values v;
        const double *x = read_values(p, &p->job->references[i], &v, &scratch)
                              ? hs_values_doubles(&v, "bands_db", HS_BANDS)
                              : NULL;
        if (x)
            memcpy(bands[n_read++], x, sizeof *bands);
        hs_arena_free(&scratch);
    }
    for (size_t b = 0; b < HS_BANDS; b++) {
        size_t k = 0;
        for (size_t i = 0; i < n_read; i++)
            if (isfinite(bands[i][b]))
                column[k++] = bands[i][b];
        p->wanted[b] = k ? hs_median(column, k) : n_read ? NAN : hs_builtin_bands[b].centre;
    }
    hs_free(bands);
    hs_free(column);
}

/* The equaliser that takes the mix half the way to the wanted spectrum; without a spectrum or where
 * the job forbids it none. */
static void set_eq(const struct planning *p, const struct hs_values *mix,
                   struct hs_preview_order *order)
{
    const double *have = hs_values_doubles(mix, "bands_db", HS_BANDS);
    order->has_eq = have && !p->job->preview_without_eq;
    if (order->has_eq)
        hs_match_gains(p->wanted, have, order->eq_db);
}

/* The hash of the mix, and a hash of the order without the paths that it writes. */
static void set_key(const struct planning *p, struct hs_previewing *item)
{
    struct hs_buf b = {0};
    struct hs_preview_order order = item->order;
    memset(order.write_paths, 0, sizeof order.write_paths);
    hs_preview_order_put(&order, &b);
    XXH128_hash_t sum = XXH3_128bits(b.data, b.len);
    memcpy(item->key, entry_of(p->e, item->source)->file.hash, 2 * sizeof *item->key);
    item->key[2] = sum.low64;
    item->key[3] = sum.high64;
    hs_buf_free(&b);
}

/* The name of the mix's file without its ending; its length. */
static const char *name_of(const struct hs_previewing *item, int *length)
{
    const char *base = hs_path_base(item->source->path), *dot = strrchr(base, '.');
    *length = dot && dot > base ? (int)(dot - base) : (int)strlen(base);
    return base;
}

/* How many earlier mixes have the name: that many numbers are given, which saves trying them. */
static int namesakes(const struct planning *p, const struct hs_previewing *item)
{
    int n = 0, length, other_length;
    const char *name = name_of(item, &length);
    for (size_t i = 0; i < p->n; i++) {
        const char *other = name_of(&p->items[i], &other_length);
        n += other_length == length && !memcmp(other, name, (size_t)length);
    }
    return n;
}

/* "FOLDER/NAME-14.0 LUFS.wav", "FOLDER/NAME (2)-14.0 LUFS.wav", and so on. */
static const char *path_of(const struct planning *p, const struct hs_previewing *item,
                           size_t target, int number)
{
    int len;
    const char *base = name_of(item, &len);
    double lufs = item->order.targets_lufs[target];
    int digits = fabs(10 * lufs - round(10 * lufs)) > 1e-6 ? 2 : 1;
    const char *again = number > 1 ? hs_arena_printf(p->arena, " (%d)", number) : "";
    return hs_arena_printf(p->arena, "%s/%.*s%s%+.*f LUFS.wav", p->job->preview_folder, len, base,
                           again, digits, lufs);
}

/* Does another mix write there, or another target of this one? */
static bool is_taken(const struct planning *p, const struct hs_previewing *item, const char *path)
{
    for (size_t i = 0; i <= p->n; i++) {
        const struct hs_previewing *other = i < p->n ? &p->items[i] : item;
        for (size_t k = 0; k < other->order.n_targets; k++)
            if (other->order.write_paths[k] && !strcmp(other->order.write_paths[k], path))
                return true;
    }
    return false;
}

/* A file for each target, where the job asks for files; mixes of one name are numbered. */
static void set_paths(const struct planning *p, struct hs_previewing *item)
{
    const int first = p->job->preview_folder ? 1 + namesakes(p, item) : 1;
    for (size_t i = 0; i < item->order.n_targets && p->job->preview_folder; i++) {
        int number = first;
        const char *path = path_of(p, item, i, number);
        while (is_taken(p, item, path))
            path = path_of(p, item, i, ++number);
        item->order.write_paths[i] = path;
    }
}

/* Keeps the targets in the order of their loudness. */
static void add_target(struct hs_previewing *item, double lufs, bool at_master)
{
    struct hs_preview_order *o = &item->order;
    size_t at = o->n_targets;
    if (at == HS_PREVIEW_MOST_TARGETS)
        return;
    for (; at > 0 && o->targets_lufs[at - 1] > lufs; at--) {
        o->targets_lufs[at] = o->targets_lufs[at - 1];
        item->at_master[at] = item->at_master[at - 1];
    }
    o->targets_lufs[at] = lufs;
    item->at_master[at] = at_master;
    o->n_targets++;
}

/* Is this loudness a target already, within 0.05 LU? */
static bool has_target(const struct hs_previewing *item, double lufs)
{
    for (size_t i = 0; i < item->order.n_targets; i++)
        if (fabs(item->order.targets_lufs[i] - lufs) <= same_lu)
            return true;
    return false;
}

/* The loudness of the released master; NaN where there is none that can be matched. */
static double loudness_of_master(const struct planning *p, const struct hs_track *t)
{
    struct hs_arena scratch = {0};
    struct hs_values v;
    double lufs = NAN;
    if (t->master.path && read_values(p, &t->master, &v, &scratch))
        lufs = hs_values_or_nan(&v, "integrated_lufs");
    hs_arena_free(&scratch);
    return lufs >= quietest_lufs && lufs <= loudest_lufs ? lufs : NAN;
}

/* One mix with its targets, equaliser and key; left out where it was not measured. */
static void add(struct planning *p, size_t track, const struct hs_source *source,
                bool to_be_released, double master_lufs)
{
    const struct hs_job *job = p->job;
    struct hs_arena scratch = {0};
    struct hs_values mix;
    struct hs_previewing item = {
        .track = track, .source = source, .to_be_released = to_be_released};
    const double *targets = job->preview_targets ? job->preview_targets : hs_preview_usual_targets;
    size_t n = job->preview_targets ? job->n_preview_targets : hs_preview_n_usual_targets;
    for (size_t i = 0; to_be_released && i < n; i++)
        add_target(&item, targets[i], false);
    if (isfinite(master_lufs) && !has_target(&item, master_lufs))
        add_target(&item, master_lufs, true);
    if (item.order.n_targets && read_values(p, source, &mix, &scratch)) {
        set_eq(p, &mix, &item.order);
        set_key(p, &item);
        if (to_be_released)
            set_paths(p, &item);
        p->items[p->n++] = item;
    }
    hs_arena_free(&scratch);
}

/* Whether the stored comparison of the one mix with the master says that they belong together. */
static bool is_aligned(const struct planning *p, const struct hs_track *t)
{
    uint64_t key[4];
    struct hs_arena scratch = {0};
    struct hs_buf row = {0};
    struct hs_result r;
    struct hs_pair pair;
    memcpy(key, entry_of(p->e, &t->mixes[0])->file.hash, 2 * sizeof *key);
    memcpy(key + 2, entry_of(p->e, &t->master)->file.hash, 2 * sizeof *key);
    bool aligned =
        hs_store_find(p->store, HS_RESULT_PAIR, key, sizeof key, hs_result_pair_version(), &row) &&
        hs_result_take(row.data, row.len, &r) && r.outcome == HS_OUTCOME_OK &&
        hs_result_take_pair(&r, &scratch, &pair, NULL) == HS_OK && pair.state == HS_PAIR_ALIGNED;
    hs_buf_free(&row);
    hs_arena_free(&scratch);
    return aligned;
}

/* How many targets the previews of a track will have, before anything is measured: an estimate for
 * costs. */
size_t hs_previews_targets(const struct hs_job *job, const struct hs_track *t)
{
    size_t all = job->preview_targets ? job->n_preview_targets : hs_preview_n_usual_targets, n = 0;
    if (!job->preview)
        return 0;
    if (!t->master.path && t->n_mixes)
        n += all;
    if (t->master.path && t->n_mixes == 1)
        n++;
    if (t->update.path && t->update_kind == HS_UPDATE_MIX)
        n += all + 1;
    return n;
}

/* Adds the previews of one track. Where there are several candidate mixes nobody knows before the
 * comparison which one was mastered, so there is none for the back-test. */
static void add_track(struct planning *p, size_t i)
{
    const struct hs_track *t = &p->job->tracks[i];
    double master_lufs = loudness_of_master(p, t);
    if (!t->master.path && t->n_mixes)
        add(p, i, &t->mixes[0], true, NAN);
    else if (isfinite(master_lufs) && t->n_mixes == 1 && is_aligned(p, t))
        add(p, i, &t->mixes[0], false, master_lufs);
    if (t->update.path && t->update_kind == HS_UPDATE_MIX)
        add(p, i, &t->update, true, master_lufs);
}

/* Needs the measures and comparisons of the round before. The list lives in `arena`. */
struct hs_previewing *hs_previews_plan(struct hs_store *store, const struct hs_entries *e,
                                       const struct hs_job *job, struct hs_arena *arena, size_t *n)
{
    struct planning p = {.store = store, .e = e, .job = job, .arena = arena};
    *n = 0;
    if (!job->preview)
        return NULL;
    p.items = HS_ARENA_ARRAY(arena, struct hs_previewing, 2 * job->n_tracks + 1);
    find_wanted(&p);
    for (size_t i = 0; i < job->n_tracks; i++)
        add_track(&p, i);
    *n = p.n;
    return p.items;
}

/* A preview depends on its chain, on all analysers, and on the layout of rows. */
uint64_t hs_previews_version(void)
{
    const uint64_t step = 0x9e3779b97f4a7c15u;
    return (hs_preview_version() * step ^ hs_measure_version()) * step + hs_result_file_version();
}

/* False where the store has no answer. */
static bool read_one(struct hs_store *store, const struct hs_previewing *item,
                     struct hs_arena *arena, struct hs_preview *out)
{
    struct hs_buf row = {0};
    struct hs_result r;
    bool whole = hs_store_find(store, HS_RESULT_PREVIEW, item->key, sizeof item->key,
                               hs_previews_version(), &row) &&
                 hs_result_take(row.data, row.len, &r);
    if (whole && r.outcome == HS_OUTCOME_OK)
        whole = hs_preview_unpack(r.body, r.n_body, arena, out, NULL) == HS_OK;
    else if (whole)
        *out = (struct hs_preview){.why = hs_arena_intern(arena, r.why), .carries_lufs = NAN};
    for (size_t i = 0; whole && i < out->n_targets; i++)
        out->targets[i].of_master = item->at_master[i];
    hs_buf_free(&row);
    return whole;
}

/* Reads the rows into the tracks: previews of mixes to be released, and those of released mixes for
 * the back-test. */
void hs_previews_read(struct hs_store *store, const struct hs_entries *e, struct hs_audit *audit)
{
    static const char unfinished[] =
        "could not be mastered this time; it is tried again in the next run";
    struct hs_arena *arena = &audit->arena;
    size_t n;
    struct hs_previewing *items = hs_previews_plan(store, e, audit->job, arena, &n);
    for (size_t i = 0; i < n; i++) {
        struct hs_track_result *t = &audit->tracks[items[i].track];
        struct hs_preview *p = HS_ARENA_NEW(arena, struct hs_preview);
        if (!read_one(store, &items[i], arena, p)) {
            *p = (struct hs_preview){.why = unfinished, .carries_lufs = NAN};
            t->unfinished = true;
        }
        *(items[i].to_be_released ? &t->preview : &t->released_preview) = p;
    }
}
