/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Per file and instrument (the stems of one key), and per role of several instruments, the
 *    fit is read (stems/reading.h). The level of a single stem is corrected by the loudness of
 *    its own file, which frames do not blur.
 * 2. One that is not judged carries a reason (stems/doubts.h).
 */
#include "stems/instruments.h"

#include "core/num.h"
#include "stems/doubts.h"
#include "stems/gaps.h"
#include "stems/levels.h"
#include "stems/outputs.h"
#include "stems/reading.h"
#include "stems/strangers.h"

#include <math.h>

static const char not_found[] = "not found in this file: another song, another take, or muted";

static void set_place(const struct hs_stem_work *w, size_t file, size_t stem,
                      struct hs_instrument *out)
{
    const struct hs_stem_place *p = &w->at.place[stem];
    const double speed = file ? 1 + w->at.drift : 1; /* of a second on the clock */
    double frames = (double)llround(p->delay_s * w->at.rate_hz) - (file ? (double)w->at.shift : 0);
    out->number[HS_INSTRUMENT_DELAY_S] = frames / w->at.rate_hz / speed;
    out->number[HS_INSTRUMENT_DRIFT_PPM] = 1e6 * ((1 + p->drift) / speed - 1);
}

/* Whether all of a stem that begins at `first_s` of a file lies in it, but for silence at its ends.
 * Where there is some, and the stem sounds for a short while alone, none of it may lie in a block
 * across the start or the end of the file, of which the file has none. */
static bool lies_within(const struct hs_values *stem, double first_s, double file_s, double slack_s,
                        double active_s)
{
    const double last_s = first_s + hs_values_or_nan(stem, "duration_s");
    const double apart_s = active_s < 8 ? 0.4 : -slack_s; /* BS.1770 */
    double ahead_s, behind_s;
    if (!hs_values_read(stem, "leading_silence_s", &ahead_s))
        ahead_s = 0;
    if (!hs_values_read(stem, "trailing_silence_s", &behind_s))
        behind_s = 0;
    return (first_s >= -slack_s || first_s + ahead_s >= apart_s) &&
           (last_s <= file_s + slack_s || last_s - behind_s <= file_s - apart_s);
}

/* Frames blur the blocks of a stem that is made of single hits; how loud it is as it was given is
 * known to a sample, and so is the file. Only where all of it lies in the file, and for one stem
 * alone; the loudness of an edit is not that of the song. */
static void unblur(const struct hs_stem_work *w, size_t file, size_t stem, struct hs_instrument *in)
{
    const double most_lu = 1, ridden_db = 1.5,
                 shift_s = file ? (double)w->at.shift / w->at.rate_hz : 0;
    const double first = w->at.place[w->fitted[stem]].delay_s - shift_s;
    const struct hs_values *own = &w->order->stems[w->fitted[stem]].file->values;
    const struct hs_values *whole = &w->order->side[w->at.side[file]]->values;
    const double lasts = file ? 1 + w->at.drift : 1;
    double lufs, file_lufs;
    if ((file && w->at.n_cut) || w->at.jump.later_s != 0 ||
        !hs_values_read(own, "integrated_lufs", &lufs) ||
        !hs_values_read(whole, "integrated_lufs", &file_lufs) ||
        !lies_within(own, first, hs_values_or_nan(whole, "duration_s") * lasts, w->fit.frame_s,
                     in->number[HS_INSTRUMENT_ACTIVE_S]))
        return;
    if (hs_stem_is_one_sided(own))
        lufs += hs_db_from_power(2);
    const double off = lufs - hs_stem_given_loudness(&w->fit, stem) -
                       (file_lufs - hs_stem_loudness(&w->fit, file));
    if (fabs(off) >= most_lu)
        return;
    in->number[HS_INSTRUMENT_LEVEL_LU] += off;
    /* The blocks of the stem alone begin elsewhere than those of the file; where it was ridden
     * others pass the gate. */
    const bool ridden = hs_stem_ride(&w->fit, file, stem) > ridden_db;
    in->number[HS_INSTRUMENT_BOUND_LU] += fabs(off) * (ridden ? 1 : 0.5);
}

static bool is_of(enum hs_stem_role role, enum hs_stem_role wanted, bool kit)
{
    return kit ? hs_stem_role_is_drum(role) : role == wanted;
}

/* Whether a role has a stem that was left out because others together are it. */
static bool has_group(const struct hs_stem_work *w, enum hs_stem_role role)
{
    for (size_t i = 0; i < w->order->n_stems; i++)
        if (w->is_group[i] && w->order->stems[i].role == role)
            return true;
    return false;
}

/* The stems of a key, or of a role, that were fitted; of a role those of its groups, too. */
static struct hs_stem_set members(const struct hs_stem_work *w, enum hs_stem_role role, int key,
                                  bool kit)
{
    struct hs_stem_set set = {.n = 0};
    for (size_t i = 0; i < w->n_fitted; i++) {
        const struct hs_stem_input *s = &w->order->stems[w->fitted[i]];
        const size_t group = w->group[w->fitted[i]];
        bool of_role = is_of(s->role, role, kit) ||
                       (group && is_of(w->order->stems[group - 1].role, role, kit));
        if (key == HS_NO_STEM_KEY ? of_role : s->key == key)
            set.stem[set.n++] = i;
    }
    return set;
}

/* One instrument of one file: read from the fit, with its place, corrections and doubts; blank with
 * a reason where no stem of it was found. */
static struct hs_instrument read_set(struct hs_stem_work *w, const struct hs_stem_bands *bands,
                                     size_t file, const struct hs_stem_set *set,
                                     enum hs_stem_role role, int key, struct hs_arena *arena)
{
    struct hs_instrument in =
        hs_instrument_unread(role, key, w->order->origin, w->at.side[file],
                             set->n ? NULL : hs_stem_why_of(w, key, not_found));
    if (!set->n)
        return in;
    hs_stem_read(&w->fit, bands, file, set, &w->following[file], arena, &in);
    if (key != HS_NO_STEM_KEY)
        set_place(w, file, w->fitted[set->stem[0]], &in);
    if (key != HS_NO_STEM_KEY && set->n == 2 && w->late_s[w->fitted[set->stem[0]]] != 0)
        in.number[HS_INSTRUMENT_GAIN_DB] += hs_db_from_power(2); /* what was given counts once */
    if (set->n == 1)
        unblur(w, file, set->stem[0], &in);
    if (w->order->origin == HS_STEM_SEPARATED)
        hs_stem_doubt_output(&w->fit, file, set, &in);
    const char *why = hs_stem_doubt(w, file, set, &in);
    in.why = hs_stem_why_of(w, key, why);
    in.like = in.why == why ? in.like : HS_NO_STEM_KEY;
    return in;
}

/* Whether a stem of a role is silent though something in the file is in no stem: it may be that. */
static bool lacks_a_part(const struct hs_stem_work *w, size_t file, enum hs_stem_role role,
                         bool kit)
{
    const double little = 5e-3; /* of the file: -23 dB */
    for (size_t i = 0; i < w->order->n_stems; i++)
        if (is_of(w->order->stems[i].role, role, kit) && hs_stem_is_silent(w->order->stems[i].file))
            return w->order->origin == HS_STEM_GIVEN && w->fit.side[file].residual > little;
    return false;
}

static bool first_of_key(const struct hs_stems_order *o, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (o->stems[k].key == o->stems[i].key)
            return false;
    return true;
}

/* How many keys a role has; of drums, those of the kit. */
static size_t keys_of(const struct hs_stems_order *o, enum hs_stem_role role, bool *whole_kit)
{
    size_t n = 0;
    bool has[HS_N_STEM_ROLES] = {false};
    for (size_t i = 0; i < o->n_stems; i++) {
        has[o->stems[i].role] = true;
        n += o->stems[i].role == role && first_of_key(o, i);
    }
    *whole_kit = has[HS_STEM_DRUMS] && has[HS_STEM_KICK] && has[HS_STEM_SNARE];
    return n;
}

/* What is missing, and where the mix is cut against its stems. */
static const char *tell_cut(const struct hs_stem_places *p, const char *missing,
                            struct hs_arena *arena)
{
    const struct hs_stem_jump *j = &p->jump;
    const long at = lround(j->at_s);
    const double later_s = j->before ? -j->later_s : j->later_s;
    if (j->later_s == 0)
        return missing;
    return hs_arena_printf(arena,
                           "It is cut against the stems: from %ld:%02ld on they lie %.1f s %s.%s%s",
                           at / 60, at % 60, fabs(later_s), later_s > 0 ? "later" : "earlier",
                           missing ? " " : "", missing ? missing : "");
}

static const char part_silent[] =
    "a stem of it is silent, and something here is in no stem: export that stem again";

/* Readings of each stem, then of each role that has several stems, on each side. */
void hs_stem_read_instruments(struct hs_stem_work *w, const struct hs_stem_bands *bands,
                              struct hs_arena *arena, struct hs_instruments *out)
{
    const struct hs_stems_order *o = w->order;
    for (size_t file = 0; file < w->at.n_sides; file++)
        hs_stem_follow(&w->fit, file, &w->following[file]);
    if (w->at.n_sides == HS_STEM_SIDES)
        hs_stem_follow_mix(&w->fit, &w->following[0], &w->following[1]);
    for (size_t file = 0; file < w->at.n_sides; file++) {
        struct hs_stem_fit *f = &out->fit[w->at.side[file]];
        const size_t first = out->n;
        f->residual_db = hs_db_from_power(w->fit.side[file].residual);
        f->loudness_lufs = hs_stem_loudness(&w->fit, file);
        f->missing = tell_cut(&w->at, hs_stem_missing(&w->fit, file, arena), arena);
        f->window_s = w->fit.frame_s * (double)w->fit.window_frames;
        /* each stem, or the two files of a stereo stem, by itself */
        for (size_t i = 0; i < o->n_stems; i++) {
            if (!first_of_key(o, i))
                continue;
            struct hs_stem_set set = members(w, o->stems[i].role, o->stems[i].key, false);
            out->items[out->n++] =
                read_set(w, bands, file, &set, o->stems[i].role, o->stems[i].key, arena);
        }
        /* then the sum of each role that has several */
        for (int role = 0; role < HS_N_STEM_ROLES; role++) {
            bool kit = false;
            size_t n = keys_of(o, (enum hs_stem_role)role, &kit);
            kit = kit && role == HS_STEM_DRUMS;
            if ((n < 2 && !kit && !has_group(w, (enum hs_stem_role)role)) || role == HS_STEM_OTHER)
                continue;
            struct hs_stem_set set = members(w, (enum hs_stem_role)role, HS_NO_STEM_KEY, kit);
            struct hs_instrument *in = &out->items[out->n++];
            *in = read_set(w, bands, file, &set, (enum hs_stem_role)role, HS_NO_STEM_KEY, arena);
            if (!in->why && lacks_a_part(w, file, (enum hs_stem_role)role, kit))
                in->why = part_silent;
        }
        hs_stem_point_at_strangers(&w->at, o, out->items + first, out->n - first);
        hs_stem_following_free(&w->following[file]);
    }
    if (w->at.n_sides == HS_STEM_SIDES)
        hs_stem_doubt_master(out->items, out->items + out->n / 2, out->n / 2);
}

/* Instruments of a file in which nothing was fitted say why. */
void hs_stem_tell_unfitted(const struct hs_stem_work *w, struct hs_instruments *out)
{
    const struct hs_stems_order *o = w->order;
    for (int s = 0; s < HS_STEM_SIDES; s++)
        for (size_t i = 0; out->fit[s].why && i < o->n_stems; i++)
            if (first_of_key(o, i))
                out->items[out->n++] = hs_instrument_unread(
                    o->stems[i].role, o->stems[i].key, o->origin, (enum hs_stem_side)s,
                    hs_stem_why_of(w, o->stems[i].key, out->fit[s].why));
}
