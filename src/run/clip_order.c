/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a clip of the audit to an order for the worker, which knows no audit.
 *
 * 1. The order has the files, the passage, and what is to be done to the second side: the pair's
 *    sign and swapped channels, its equalisation, the correction of the finding, the settings of
 *    the preview's chain, the place where it is played.
 * 2. Its key is a hash over all of that and over the bytes of the files, without their paths:
 *    moved files sound the same. The key is kept beside the clip, which is cut anew only where
 *    the key differs.
 */
#include "run/clip_order.h"

#include "core/fs.h"
#include "judge/previewed.h"
#include "run/task_clip.h"

#include <string.h>
#include <xxhash.h>

enum { RENDERER = 5 }; /* raised when the same order would sound different */

/* The polarity of a pair is a number for both channels, or one for each. */
void hs_clip_order_pair(struct hs_clip_order *o, const struct hs_pair *pair)
{
    const struct hs_value *v = hs_values_get(&pair->values, "polarity");
    double swapped = 0;
    o->sign[0] = o->sign[1] = 1;
    if (v && v->kind == HS_NUMBER)
        o->sign[0] = o->sign[1] = v->number < 0 ? -1 : 1;
    else if (v && v->kind == HS_ARRAY && v->n == 2)
        for (int c = 0; c < 2; c++)
            o->sign[c] = v->array[c] < 0 ? -1 : 1;
    hs_values_read(&pair->values, "swapped", &swapped);
    o->swapped = swapped != 0;
}

/* Parameters of the corrected side; a move without a shape cannot be rendered. */
void hs_clip_order_correction(struct hs_clip_order *o, const struct hs_correction *fix)
{
    o->correction =
        (struct hs_clip_correction){.shape = fix->move ? fix->move->shape : HS_SHAPE_NONE,
                                    .channel = fix->channel,
                                    .hz = fix->hz,
                                    .db = fix->db,
                                    .q = fix->q};
}

/* The entry of a source, for its stamp; NULL: the order has no such file. */
const struct hs_entry *hs_clip_entry(const struct hs_gather *g, const struct hs_source *s)
{
    return s->path ? &g->entries.items[hs_entries_find(&g->entries, s)] : NULL;
}

/* The settings of the chain at the targets that are heard. */
static void set_preview(const struct hs_track_result *t, const struct hs_clip *c,
                        struct hs_clip_order *o)
{
    const struct hs_preview *p = t->preview;
    o->preview = (struct hs_excerpt_order){.has_eq = p->has_eq,
                                           .threshold_db = p->threshold_db,
                                           .peak_db = p->peak_db,
                                           .n = o->n_sides - 1};
    memcpy(o->preview.eq_db, p->eq_db, sizeof o->preview.eq_db);
    for (size_t i = 0; i < o->preview.n; i++) {
        o->preview.gain_db[i] = p->targets[c->target[i + 1]].gain_db;
        o->preview.clip_db[i] = p->targets[c->target[i + 1]].clip_db;
    }
}

/* The stem takes the place of the mix. */
static void set_stem(const struct hs_track_result *t, const struct hs_clip *c,
                     struct hs_clip_order *o)
{
    o->mix = t->track->stems[c->stem].source;
    o->mix_from_s = c->mix.from_s;
    o->ratio = (c->mix.to_s - c->mix.from_s) / o->len_s;
    o->sign[0] = o->sign[1] = c->polarity;
    o->added = c->added;
}

/* The second file of a clip; NULL: there is none. */
static const struct hs_file *heard_second(const struct hs_track_result *t, const struct hs_clip *c)
{
    return c->side == HS_CLIP_MIX ? &t->mix : c->side == HS_CLIP_STEM ? &t->stems[c->stem] : NULL;
}

/* The file whose passage side a is. */
static const struct hs_file *heard_first(const struct hs_track_result *t, const struct hs_clip *c)
{
    return c->side == HS_CLIP_PREVIEW ? hs_previewed_mix(t) : &t->master;
}

struct hs_clip_order hs_clip_order_of(const struct hs_audit *audit, const struct hs_clip *c,
                                      const char *dir, const struct hs_clip_format *format,
                                      struct hs_arena *arena)
{
    const struct hs_track_result *t = &audit->tracks[c->track];
    static const struct hs_correction none = {0};
    const struct hs_correction *fix =
        c->finding < t->n_findings ? &t->findings[c->finding].correction : &none;
    const double *eq = hs_values_doubles(&t->pair.values, "eq_db", HS_BANDS);
    double length = c->master.to_s - c->master.from_s;
    struct hs_clip_order o = {.path = hs_path_join(arena, dir, c->name),
                              .name = c->name,
                              .format = format,
                              .side = c->side,
                              .master = *heard_first(t, c)->source,
                              .from_s = c->master.from_s,
                              .len_s = length,
                              .ratio = 1,
                              .sign = {1, 1},
                              .n_sides = hs_clip_n_sides(c)};
    hs_clip_order_correction(&o, fix);
    for (size_t i = 0; i < HS_BANDS; i++)
        o.eq_db[i] = eq && c->side == HS_CLIP_MIX ? eq[i] : 0;
    /* the mix at its own place and speed: ratio is seconds of the mix for each second of the master
     */
    if (c->side == HS_CLIP_MIX) {
        o.mix = *t->mix.source;
        o.mix_from_s = c->mix.from_s;
        o.ratio = (c->mix.to_s - c->mix.from_s) / length;
        hs_clip_order_pair(&o, &t->pair);
    }
    if (c->side == HS_CLIP_STEM)
        set_stem(t, c, &o);
    if (c->side == HS_CLIP_PREVIEW)
        set_preview(t, c, &o);
    for (size_t i = 1; hs_clip_is_elsewhere(c->side) && i < o.n_sides; i++)
        o.place[i - 1] = (enum hs_hearing)c->target[i];
    if (hs_clip_is_elsewhere(c->side))
        o.song_lufs = hs_values_or_nan(&t->master.values, "integrated_lufs");
    return o;
}

/* The name of a clip's content. Paths are left out, so moved files keep their clips. */
const char *hs_clip_key(const struct hs_audit *audit, const struct hs_clip *c,
                        const struct hs_clip_order *order, struct hs_arena *arena)
{
    const struct hs_track_result *t = &audit->tracks[c->track];
    struct hs_clip_order placeless = *order;
    struct hs_buf b = {0};
    placeless.path = NULL;
    placeless.master.path = placeless.mix.path = NULL; /* moved files sound the same */
    placeless.master.shown = placeless.mix.shown = NULL;
    const struct hs_file *second = heard_second(t, c);
    hs_wire_put_u32(&b, RENDERER);
    hs_ask_clip(&b, &placeless, NULL, NULL);
    for (int i = 0; i < 2; i++) {
        hs_wire_put_u64(&b, heard_first(t, c)->hash[i]);
        hs_wire_put_u64(&b, second ? second->hash[i] : 0);
    }
    XXH128_hash_t h = XXH3_128bits(b.data, b.len);
    hs_buf_free(&b);
    return hs_arena_printf(arena, "%016llx%016llx\n", (unsigned long long)h.high64,
                           (unsigned long long)h.low64);
}

/* The names of all files that a clip may have in a folder: key, script, sides. */
void hs_clip_files(const char *name, const struct hs_clip_format *format, const char *dir,
                   struct hs_arena *arena, const char *out[HS_CLIP_FILES])
{
    const char *path = hs_path_join(arena, dir, name);
    out[HS_CLIP_KEY] = hs_arena_printf(arena, "%s.key", path);
    out[HS_CLIP_SCRIPT] = hs_arena_printf(arena, "%s.js", path);
    for (int i = 0; i < HS_CLIP_SIDES; i++)
        out[HS_CLIP_A + i] = hs_arena_printf(arena, "%s-%c.%s", path, 'a' + i, format->extension);
}

/* A clip is whole where its key file, which is written last, holds this key. */
bool hs_clip_has_key(const char *path, const char *key)
{
    struct hs_buf text = {0};
    bool same = hs_fs_exists(path) && hs_fs_read(path, 64, &text, NULL) == HS_OK &&
                text.len == strlen(key) && !memcmp(text.data, key, text.len);
    hs_buf_free(&text);
    return same;
}
