/* SPDX-License-Identifier: Apache-2.0 */
/* A clip of one instrument, where its stem was given and a rule judged by it: the master, the stem
 * alone, and the master with the fader of the stem moved as the correction says. */
#include "report/stem_clip.h"

#include "core/num.h"
#include "judge/rule.h"
#include "report/track.h"

#include <math.h>
#include <stdint.h>

/* The first stem of a key that could be read; SIZE_MAX: none. */
static size_t stem_of(const struct hs_track_result *t, int key)
{
    for (size_t i = 0; t->stems && i < t->track->n_stems; i++)
        if (t->track->stems[i].key == key && t->stems[i].state == HS_FILE_OK)
            return i;
    return SIZE_MAX;
}

/* How many stems of this role the job names: a fader is only moved where the role has one. */
static size_t stems_of(const struct hs_track_result *t, enum hs_stem_role role)
{
    size_t n = 0;
    for (size_t i = 0; i < t->track->n_stems; i++)
        n += t->track->stems[i].kind == role;
    return n;
}

/* Of the instruments of a role that were given the one that is loudest in the master. */
static const struct hs_instrument *loudest(const struct hs_track_result *t, enum hs_stem_role role)
{
    const struct hs_instruments *all = t->master.instruments;
    const struct hs_instrument *best = NULL;
    for (size_t i = 0; all && i < all->n; i++) {
        const struct hs_instrument *in = &all->items[i];
        const double level = in->number[HS_INSTRUMENT_LEVEL_LU];
        if (in->role != role || in->side != HS_STEM_IN_MASTER || in->key == HS_NO_STEM_KEY ||
            in->why || in->origin != HS_STEM_GIVEN || !in->name || !isfinite(level) ||
            stem_of(t, in->key) == SIZE_MAX)
            continue;
        if (!best || level > best->number[HS_INSTRUMENT_LEVEL_LU])
            best = in;
    }
    return best;
}

/* Ten seconds around where it is loudest against the whole. */
static struct hs_passage passage(const struct hs_track_result *t, const struct hs_instrument *in)
{
    const double duration = hs_values_or_nan(&t->master.values, "duration_s");
    const double window = t->master.instruments->fit[HS_STEM_IN_MASTER].window_s;
    size_t most = 0;
    for (size_t i = 1; i < in->n_course; i++)
        if (in->course_lu[i] > in->course_lu[most] || isnan(in->course_lu[most]))
            most = i;
    const double centre = isfinite(window) ? ((double)most + 0.5) * window : 0;
    double from = fmax(0, fmin(centre - HS_CLIP_SECONDS / 2.0, duration - HS_CLIP_SECONDS));
    return (struct hs_passage){from, fmin(from + HS_CLIP_SECONDS, duration)};
}

/* The time of the file is delay + t (1 + drift) of the stem. */
static double in_stem(const struct hs_instrument *in, double at_s)
{
    const double drift = in->number[HS_INSTRUMENT_DRIFT_PPM];
    return (at_s - in->number[HS_INSTRUMENT_DELAY_S]) / (1 + (isfinite(drift) ? drift * 1e-6 : 0));
}

/* Three sides: the master, the stem alone, and the master as the correction would make it. */
bool hs_clip_of_stem(const struct hs_track_result *t, const struct hs_finding *f,
                     struct hs_arena *arena, struct hs_clip *out)
{
    const struct hs_rule *rule = hs_rule_find(f->rule);
    const struct hs_judgement *stand = hs_track_judgement(t, f->rule);
    const enum hs_stem_role role = rule ? rule->instrument : HS_STEM_OTHER;
    const struct hs_instrument *in =
        role != HS_STEM_OTHER && stand && stand->by_stem ? loudest(t, role) : NULL;
    if (!in || !isfinite(in->number[HS_INSTRUMENT_DELAY_S]))
        return false;
    out->side = HS_CLIP_STEM;
    out->rule = f->rule;
    out->name = hs_arena_printf(arena, "%s-%s", t->track->id, f->rule);
    out->stem = stem_of(t, in->key);
    out->polarity = in->polarity < 0 ? -1 : 1;
    out->master = passage(t, in);
    out->mix = (struct hs_passage){in_stem(in, out->master.from_s), in_stem(in, out->master.to_s)};
    out->label[0] = "master";
    out->label[1] = hs_arena_printf(arena, "%s alone", in->name);
    const double gain = in->number[HS_INSTRUMENT_GAIN_DB], move = f->correction.db;
    if (f->correction.move == &hs_move_fader && stems_of(t, role) == 1 && isfinite(gain) &&
        isfinite(move)) {
        /* what has to be added to the master so that the stem, at its level in the master, changes
         * by `move` */
        out->added = hs_amplitude_from_db(gain) * (hs_amplitude_from_db(move) - 1);
        out->label[2] = hs_arena_printf(arena, "master, %s %+.1f dB", in->name, move);
    }
    return out->master.to_s - out->master.from_s > 1;
}
