/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be heard of a finding, its place in the mix, and look-ups. The place in the mix follows
 * from the time map of the pair: delay and drift, or the segment of an edited pair that holds at
 * least five seconds of it.
 */
#include "report/clips.h"

#include "judge/rule.h"
#include "model/measure.h"
#include "report/track.h"

#include <math.h>

/* Moves that media/ can render as an equaliser, a change of width or of one channel. Dynamics
 * cannot be undone on a master, so they are not shown. */
bool hs_clips_can_show(const struct hs_correction *c)
{
    if (c->where == HS_PLACE_NONE)
        return false;
    switch (c->move->shape) {
    case HS_SHAPE_BELL:
    case HS_SHAPE_LOW_SHELF:
    case HS_SHAPE_HIGH_SHELF:
        return isfinite(c->hz) && isfinite(c->db);
    case HS_SHAPE_HIGH_PASS:
        return isfinite(c->hz);
    case HS_SHAPE_WIDTH:
        return isfinite(c->db);
    case HS_SHAPE_GAIN: /* of one channel: overall gain is not heard here */
        return c->channel != HS_CHANNEL_BOTH && isfinite(c->db);
    case HS_SHAPE_POLARITY:
        return true;
    case HS_SHAPE_TILT: /* no single filter */
    case HS_SHAPE_NONE:
        break;
    }
    return false;
}

/* Master time t is mix time delay + t (1 + drift). */
bool hs_clips_place_in_mix(const struct hs_pair *pair, struct hs_passage *master,
                           struct hs_passage *mix)
{
    double drift = hs_values_or_nan(&pair->values, "drift_ppm");
    double ratio = 1 + (isfinite(drift) ? drift * 1e-6 : 0);
    double delay = hs_values_or_nan(&pair->values, "delay_s");
    if (pair->state == HS_PAIR_ALIGNED && isfinite(delay)) {
        *mix = (struct hs_passage){delay + master->from_s * ratio, delay + master->to_s * ratio};
        return mix->from_s >= 0;
    }
    /* the segment of an edited pair that holds the passage; the passage is cut to it */
    for (size_t i = 0; pair->state == HS_PAIR_EDITED && i < pair->n_segments; i++) {
        const struct hs_segment *s = &pair->segments[i];
        double from = fmax(master->from_s, s->master_s);
        double to = fmin(master->to_s, s->master_s + s->len_s);
        if (to - from < HS_CLIP_SECONDS / 2.0)
            continue;
        *master = (struct hs_passage){from, to};
        mix->from_s = s->mix_s + (from - s->master_s) * ratio;
        mix->to_s = mix->from_s + (to - from) * ratio;
        return true;
    }
    return false;
}

size_t hs_clip_n_sides(const struct hs_clip *clip)
{
    size_t n = 0;
    while (n < HS_CLIP_SIDES && clip->label[n])
        n++;
    return n;
}

const struct hs_clip *hs_clips_of(const struct hs_clips *clips, size_t track, const char *rule)
{
    for (size_t i = 0; clips && i < clips->n; i++)
        if (clips->items[i].track == track && clips->items[i].made &&
            hs_same_rule(clips->items[i].rule, rule))
            return &clips->items[i];
    return NULL;
}

static const struct hs_clip *of_side(const struct hs_clips *clips, size_t track,
                                     enum hs_clip_side side)
{
    for (size_t i = 0; clips && i < clips->n; i++)
        if (clips->items[i].track == track && clips->items[i].made && clips->items[i].side == side)
            return &clips->items[i];
    return NULL;
}

const struct hs_clip *hs_clips_of_preview(const struct hs_clips *clips, size_t track)
{
    return of_side(clips, track, HS_CLIP_PREVIEW);
}

const struct hs_clip *hs_clips_of_survival(const struct hs_clips *clips, size_t track)
{
    return of_side(clips, track, HS_CLIP_SURVIVAL);
}

const struct hs_clip *hs_clips_of_lost(const struct hs_clips *clips, size_t track)
{
    return of_side(clips, track, HS_CLIP_LOST);
}

bool hs_clip_is_elsewhere(enum hs_clip_side side)
{
    return side == HS_CLIP_SURVIVAL || side == HS_CLIP_LOST;
}

bool hs_clips_can_sound(const char *rule)
{
    const struct hs_rule *r = hs_rule_find(rule);
    return !r || (!r->dimension->beside_others && r->hearable != HS_NEVER_HEARD);
}
