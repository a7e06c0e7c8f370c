/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which findings get a sound, where it is cut, and what it is compared with.
 * 1. A passage is ten seconds around the worst place of the finding, else around the loudest.
 * 2. Sides: an instrument with a stem is heard in the master, alone, and with its fader moved
 *    (report/stem_clip.h). What mastering brought in is heard as master against mix. What was in
 *    the mix already sounds alike in both, so there the master is compared with the corrected
 *    master, if the correction can be rendered. Without either the master stands alone, and so does
 *    what is seldom heard and was in the mix already: two sounds that are alike tell an ear nothing
 *    of it. Rules of the album have no clip: they are heard beside the other songs of the release,
 *    as loud as they are. Nor have faults that are never heard.
 * 3. Order: previews first, then the worst and best examples of what recurs or leans and the worst
 *    of what stands on one release, then findings of listed tracks by rank (with `all` of the
 *    others by severity), then destinations of survival.
 * 4. A clip is added as long as the estimated bytes of all clips fit the budget.
 */
#include "report/clips_plan.h"

#include "core/alloc.h"
#include "judge/rule.h"
#include "model/survival.h"
#include "report/preview_clip.h"
#include "report/stem_clip.h"
#include "report/track.h"
#include "survival/hear.h"
#include "survival/lost.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { PER_TRACK = 4 };

/* Bytes of one side: compressed sound (Opus in stereo at 112 kbit/s, see
 * media/clip.c) and the same once more as text for the player (4 bytes for 3). */
#define SIDE_BYTES (1.0 * HS_CLIP_SECONDS * 112000 / 8 * (1 + 4.0 / 3))

/* Ten seconds around the worst passage; without one, around the loudest place. */
static struct hs_passage passage(const struct hs_track_result *t, const struct hs_finding *f)
{
    double duration = hs_values_or_nan(&t->master.values, "duration_s"), centre = 0;
    const struct hs_value *loud =
        f->n_times ? NULL : hs_values_get(&t->master.values, "short_term_lufs");
    if (f->n_times) {
        centre = (f->times[0].from_s + f->times[0].to_s) / 2;
    } else if (loud && loud->kind == HS_SERIES) {
        size_t most = 0;
        for (size_t i = 1; i < loud->n; i++)
            if (loud->series[i] > loud->series[most] || isnan(loud->series[most]))
                most = i;
        centre = loud->start_s + (double)most * loud->step_s;
    }
    double from = fmax(0, fmin(centre - HS_CLIP_SECONDS / 2.0, duration - HS_CLIP_SECONDS));
    return (struct hs_passage){from, fmin(from + HS_CLIP_SECONDS, duration)};
}

/* Whether mastering changed the tone by an audible step somewhere. Without it, or an equalisation
 * curve, what was changed beyond the tone is all that was changed. */
static bool changed_tone(const struct hs_values *pair)
{
    const double step_db = 0.5;
    const double *eq_db = hs_values_doubles(pair, "eq_db", HS_BANDS);
    for (size_t b = 0; eq_db && b < HS_BANDS; b++)
        if (fabs(eq_db[b]) >= step_db)
            return true;
    return false;
}

/* Label of each side, and the name of the files, which track and rule make unique. */
static void name_clip(const struct hs_track_result *t, const char *rule, struct hs_arena *arena,
                      struct hs_clip *out)
{
    static const char *const labels[HS_N_CLIP_SIDES][HS_CLIP_SIDES] = {
        {"master", "mix", "what mastering changed", "changed beyond the tone"},
        {"master", "master, corrected"},
        {"master"}};
    for (size_t i = 0; i < HS_CLIP_SIDES; i++)
        out->label[i] = labels[out->side][i];
    if (out->side == HS_CLIP_MIX && !changed_tone(&t->pair.values))
        out->label[3] = NULL;
    out->rule = rule;
    out->name = hs_arena_printf(arena, "%s-%s", t->track->id, rule);
}

/* Whether there is a second of it to hear. Reads no series: those of a large catalogue lie in the
 * store. */
static bool can_be_heard(const struct hs_track_result *t, const char *rule)
{
    return hs_clips_can_sound(rule) && hs_values_or_nan(&t->master.values, "duration_s") > 1;
}

/* What was in the mix already sounds alike in both: there the corrected sound tells more. */
static bool plan_one(const struct hs_track_result *t, const struct hs_finding *f,
                     struct hs_arena *arena, struct hs_clip *out)
{
    if (!can_be_heard(t, f->rule))
        return false;
    if (hs_clip_of_stem(t, f, arena, out))
        return true;
    bool shown = hs_clips_can_show(&f->correction);
    out->master = passage(t, f);
    bool mix =
        t->mix.state == HS_FILE_OK && hs_clips_place_in_mix(&t->pair, &out->master, &out->mix);
    bool alike = f->origin == HS_ORIGIN_MIX || f->origin == HS_ORIGIN_EASED ||
                 f->origin == HS_ORIGIN_CANNOT_SAY;
    const struct hs_rule *rule = hs_rule_find(f->rule);
    bool seldom = rule && rule->hearable != HS_HEARD_BY_EAR;
    out->side = shown && (alike || !mix)    ? HS_CLIP_CORRECTED
                : mix && !(alike && seldom) ? HS_CLIP_MIX
                                            : HS_CLIP_ALONE;
    name_clip(t, f->rule, arena, out);
    return true;
}

struct order {
    size_t track;
    double priority;
    int rank;
};

/* Listed tracks by rank, then the others by their worst finding, then by place. */
static int first_to_hear(const void *a, const void *b)
{
    const struct order *x = a, *y = b;
    int rx = x->rank ? x->rank : 1 << 30, ry = y->rank ? y->rank : 1 << 30;
    if (rx != ry)
        return rx < ry ? -1 : 1;
    if (x->priority < y->priority || x->priority > y->priority)
        return x->priority > y->priority ? -1 : 1;
    return x->track < y->track ? -1 : 1;
}

/* Tracks in the order in which their findings get clips, since the budget may end before all have
 * one. The caller frees the list. */
static struct order *order_tracks(const struct hs_audit *audit)
{
    size_t n = audit->job->n_tracks;
    struct order *order = HS_NEW_ARRAY(struct order, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct hs_finding *worst = hs_track_worst(&audit->tracks[i]);
        order[i] = (struct order){.track = i, .priority = worst ? worst->severity : 0};
    }
    for (size_t i = 0; i < audit->n_shortlist; i++)
        order[audit->shortlist[i].track].rank = audit->shortlist[i].rank;
    qsort(order, n, sizeof *order, first_to_hear);
    return order;
}

/* What is being planned. */
struct plan {
    const struct hs_audit *audit;
    struct hs_arena *arena;
    struct hs_clips *out;
    size_t cap;
    double bytes, most;
};

/* One clip for a track and a rule: its name is made of them. */
static bool is_planned(const struct hs_clips *clips, size_t track, const char *rule)
{
    for (size_t i = 0; i < clips->n; i++)
        if (clips->items[i].track == track && hs_same_rule(clips->items[i].rule, rule))
            return true;
    return false;
}

/* A clip beyond the budget is counted and left out; a smaller one that comes later may still fit.
 */
static void add(struct plan *p, const struct hs_clip *c)
{
    double bytes = SIDE_BYTES * (double)hs_clip_n_sides(c);
    if (p->bytes + bytes > p->most) {
        p->out->n_left_out++;
        return;
    }
    p->bytes += bytes;
    p->out->items =
        hs_arena_grow(p->arena, p->out->items, p->out->n, &p->cap, sizeof *p->out->items);
    p->out->items[p->out->n++] = *c;
}

/* Where it is worst, or a passage from the middle of one that has nothing of it. */
static void add_example(struct plan *p, const struct hs_example *e, const char *rule, bool worst)
{
    const struct hs_track_result *t = &p->audit->tracks[e->track];
    const struct hs_finding *f = worst ? hs_track_finding(t, rule) : NULL;
    struct hs_clip c = {.track = e->track, .finding = SIZE_MAX};
    if (!hs_clips_can_sound(rule) || is_planned(p->out, e->track, rule) ||
        t->master.state != HS_FILE_OK)
        return;
    if (f && plan_one(t, f, p->arena, &c)) {
        c.finding = (size_t)(f - t->findings);
        add(p, &c);
        return;
    }
    double duration = hs_values_or_nan(&t->master.values, "duration_s");
    double from = e->n_times ? fmax(0, e->times[0].from_s) : fmax(0, 0.45 * duration);
    c.side = HS_CLIP_ALONE;
    c.master = (struct hs_passage){from, fmin(from + HS_CLIP_SECONDS, duration)};
    name_clip(t, rule, p->arena, &c);
    if (c.master.to_s - c.master.from_s > 1)
        add(p, &c);
}

/* Only what recurs or leans is taught with examples; what stands on one release has one to hear. */
static void add_examples(struct plan *p)
{
    for (size_t i = 0; i < p->audit->n_recurring; i++) {
        const struct hs_recurrence *r = &p->audit->recurring[i];
        const bool taught = r->verdict == HS_RECURS || r->verdict == HS_LEANS;
        const bool heard = taught || r->verdict == HS_ON_ONE_RELEASE;
        for (size_t k = 0; heard && k < (taught ? r->n_worst : r->n_worst > 0); k++)
            add_example(p, &r->worst[k], r->rule, true);
        for (size_t k = 0; taught && k < r->n_best; k++)
            add_example(p, &r->best[k], r->rule, false);
    }
}

/* The first findings of a track that count and have a passage; clips of tracks that are not
 * wanted are only counted. */
static void add_findings(struct plan *p, size_t track, bool wanted)
{
    const struct hs_track_result *t = &p->audit->tracks[track];
    size_t n = 0;
    for (size_t i = 0; i < t->n_findings && n < PER_TRACK; i++) {
        const struct hs_finding *f = &t->findings[i];
        struct hs_clip c = {.track = track, .finding = i};
        if (f->severity < HS_MINOR || !hs_finding_counts(f) || is_planned(p->out, track, f->rule) ||
            !can_be_heard(t, f->rule))
            continue;
        if (!wanted)
            p->out->n_unlisted++;
        else if (plan_one(t, f, p->arena, &c))
            add(p, &c);
        n++;
    }
}

/* The loudest passage as it comes out where it was asked for. */
static void add_survival(struct plan *p, size_t track)
{
    static const struct hs_finding none = {.rule = "survival"};
    const struct hs_track_result *t = &p->audit->tracks[track];
    enum hs_hearing place[HS_N_HEARINGS];
    struct hs_clip c = {.track = track, .finding = SIZE_MAX, .side = HS_CLIP_SURVIVAL};
    size_t n = t->master.state == HS_FILE_OK
                   ? hs_hearings_of(&t->master.values, p->audit->survival, place)
                   : 0;
    if (!n)
        return;
    c.master = passage(t, &none);
    name_clip(t, none.rule, p->arena, &c);
    c.label[0] = "master";
    for (size_t i = 0; i < n; i++) {
        c.label[i + 1] = hs_hearing_label(place[i]);
        c.target[i + 1] = place[i];
    }
    if (c.master.to_s - c.master.from_s > 1)
        add(p, &c);
}

/* Ten seconds from the middle of the longest passage that disappears in a car, with its noise. */
static void add_lost(struct plan *p, size_t track)
{
    const struct hs_track_result *t = &p->audit->tracks[track];
    struct hs_lost_passage lost[HS_LOST_PASSAGES];
    struct hs_clip c = {.track = track, .finding = SIZE_MAX, .side = HS_CLIP_LOST};
    if (!(p->audit->survival & HS_TO_CAR) || t->master.state != HS_FILE_OK ||
        !hs_lost_passages(&t->master.values, 100, lost))
        return;
    struct hs_passage times[] = {{lost[0].from_s, lost[0].to_s}};
    c.master = passage(t, &(struct hs_finding){.rule = "lost", .times = times, .n_times = 1});
    name_clip(t, "lost", p->arena, &c);
    c.label[0] = "master";
    c.label[1] = hs_hearing_label(HS_HEAR_CAR);
    c.target[1] = HS_HEAR_CAR;
    if (c.master.to_s - c.master.from_s > 1)
        add(p, &c);
}

/* Fills `out` with what is to be cut; cutting is run/clip_desk.h's. */
void hs_clips_plan(const struct hs_audit *audit, struct hs_arena *arena, struct hs_clips *out)
{
    struct order *order = order_tracks(audit);
    if (!(out->budget_mb > 0))
        out->budget_mb = HS_CLIP_BUDGET_MB;
    if (!out->extension)
        out->extension = "webm";
    struct plan p = {.audit = audit, .arena = arena, .out = out, .most = out->budget_mb * 1e6};
    /* in the order in which they may use up the budget: previews, examples of rules, findings by
     * rank, destinations */
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        struct hs_clip c;
        if (hs_clip_of_preview(&audit->tracks[i], i, arena, &c))
            add(&p, &c);
    }
    add_examples(&p);
    for (size_t k = 0; k < audit->job->n_tracks; k++)
        add_findings(&p, order[k].track, out->all || order[k].rank);
    for (size_t k = 0; k < audit->job->n_tracks; k++) {
        add_survival(&p, order[k].track);
        add_lost(&p, order[k].track);
    }
    hs_free(order);
}
