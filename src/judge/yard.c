/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/yard.h"

#include "core/alloc.h"
#include "judge/blend.h"
#include "judge/builtin.h"
#include "judge/reading.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { ENOUGH_CATALOGUE = 6 }; /* other tracks of it */

static double residual(const struct hs_reading *r)
{
    return r->value - r->expected_shift;
}

static double spread_floor(const struct hs_rule *rule)
{
    return fmax(2 * rule->repeatability, rule->jnd / 8);
}

struct hs_scale hs_yard_scale(const struct hs_yard *yard, const struct hs_reading *r,
                              size_t leave_out, struct hs_arena *arena)
{
    const struct hs_rule *rule = yard->rule;
    struct hs_scale s = {.rule = rule, .limit_steps = yard->limit_steps};
    if (rule->ladder) {
        s.d = (struct hs_distribution){.centre = NAN, .spread = NAN, .n = NAN,
                                       .target = "fixed limits"};
        return s;
    }
    const struct hs_builtin *b = r->instead ? r->instead : hs_builtin_find(rule->id);
    struct hs_blend d = {.centre = b->centre + r->year_shift, .spread = b->spread,
                         .n = b->n, .within = b->within};
    double *own = HS_NEW_ARRAY(double, yard->n_references + 1);
    size_t n = rule->built_in_only || r->instead
                   ? 0
                   : hs_compact(yard->references, yard->n_references, leave_out, own);
    hs_blend(&d, own, n, rule->side);
    hs_free(own);
    s.d = (struct hs_distribution){.centre = d.centre + r->expected_shift,
                                   .spread = fmax(d.spread, spread_floor(rule)),
                                   .n = d.n,
                                   .target = hs_blend_target(yard->profile, n, d.weight,
                                                             arena)};
    if (r->instead)
        s.d.target = "published levels of stems";
    return s;
}

/* How much higher mastered references read than mixes of the user's kind. */
static bool between_references(const struct hs_yard *yard, double *shift, double *spread)
{
    size_t room = yard->n_references + yard->n_mix_references + 1;
    double *x = HS_NEW_ARRAY(double, room), of_masters = 0, of_mixes = 0;
    size_t n = hs_compact(yard->references, yard->n_references, SIZE_MAX, x);
    double a = n ? hs_robust_spread(x, n, &of_masters) : 0;
    size_t m = hs_compact(yard->mix_references, yard->n_mix_references, SIZE_MAX, x);
    double b = m ? hs_robust_spread(x, m, &of_mixes) : 0;
    hs_free(x);
    *shift = of_masters - of_mixes;
    *spread = sqrt(a * a / (double)n + b * b / (double)m);
    return n >= HS_ENOUGH_TO_SPREAD && m >= HS_ENOUGH_TO_SPREAD;
}

double hs_yard_mix_on_master_scale(const struct hs_yard *yard, const struct hs_reading *mix,
                                   double *spread)
{
    const struct hs_builtin *b = hs_builtin_find(yard->rule->id);
    double usual = b ? b->moves : 0, shift;
    if (between_references(yard, &shift, spread))
        return mix->value + shift;
    *spread = yard->n_moves >= HS_ENOUGH_PAIRS
                  ? yard->move_spread / sqrt((double)yard->n_moves)
                  : usual;
    return mix->value + yard->usual_move;
}

double hs_yard_catalogue_z(const struct hs_yard *yard, size_t track)
{
    if (!yard->master[track].judged || yard->rule->ladder)
        return NAN;
    double *others = HS_NEW_ARRAY(double, yard->n_tracks + 1), centre, z = NAN;
    size_t n = 0;
    for (size_t i = 0; i < yard->n_tracks; i++)
        if (i != track && yard->master[i].judged)
            others[n++] = residual(&yard->master[i]);
    if (n >= ENOUGH_CATALOGUE) {
        double spread = hs_robust_spread(others, n, &centre);
        z = (residual(&yard->master[track]) - centre) /
            fmax(spread, spread_floor(yard->rule));
        z *= yard->rule->side < 0 ? -1 : 1;
    }
    hs_free(others);
    return z;
}

static bool usable_pair(const struct hs_track_result *t)
{
    return t->pair.state == HS_PAIR_ALIGNED || t->pair.state == HS_PAIR_EDITED;
}

static const struct hs_release *release_of(const struct hs_audit *audit,
                                           const struct hs_track_result *t)
{
    if (!audit->job || !t->track || t->track->release >= audit->job->n_releases)
        return NULL;
    return &audit->job->releases[t->track->release];
}

static void read_master(const struct hs_audit *audit, struct hs_yard *y, size_t i,
                        struct hs_arena *arena)
{
    const struct hs_track_result *t = &audit->tracks[i];
    struct hs_case c = {.role = HS_ROLE_MASTER, .values = &t->master.values,
                        .file = &t->master, .result = t, .audit = audit,
                        .release = release_of(audit, t), .arena = arena};
    if (t->master.state == HS_FILE_OK)
        hs_rule_read(y->rule, &c, &y->master[i]);
    else
        hs_reading_refuse(&y->master[i], "the master could not be read");
}

static void read_mix(const struct hs_audit *audit, struct hs_yard *y, size_t i,
                     struct hs_arena *arena)
{
    const struct hs_track_result *t = &audit->tracks[i];
    struct hs_case c = {.role = HS_ROLE_MIX, .values = &t->mix.values, .file = &t->mix,
                        .result = t, .audit = audit, .release = release_of(audit, t), .arena = arena};
    if (!y->rule->judges_mix)
        hs_reading_refuse(&y->mix[i], "not judged in a mix");
    else if (t->mix.state != HS_FILE_OK)
        hs_reading_refuse(&y->mix[i], "no mix could be read");
    else if (!usable_pair(t))
        hs_reading_refuse(&y->mix[i], "the mix could not be lined up with the master");
    else
        hs_rule_read(y->rule, &c, &y->mix[i]);
    /* What the song explains is the same on both sides. */
    if (y->mix[i].judged && y->master[i].judged)
        y->mix[i].expected_shift = y->master[i].expected_shift;
}

/* Residuals of the references by their index; NaN for those that could not be judged. */
static double *read_references(const struct hs_audit *audit, const struct hs_rule *rule,
                               const struct hs_file *files, size_t n, enum hs_role role,
                               struct hs_arena *arena)
{
    double *x = HS_ARENA_ARRAY(arena, double, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct hs_reading r = {.judged = false};
        struct hs_case c = {.role = role, .values = &files[i].values, .file = &files[i],
                            .audit = audit, .arena = arena};
        if (files[i].state == HS_FILE_OK)
            hs_rule_read(rule, &c, &r);
        x[i] = r.judged ? residual(&r) : NAN;
    }
    return x;
}

/* What of a move takes the masters of this catalogue off the expected centre, and surely
 * so, is what is being judged and no yardstick: a mastering that brightens everything by
 * 5 dB must not make that the usual thing. */
static double excused_move(double move, const double *off_centre, size_t n)
{
    double offset, spread = hs_robust_spread(off_centre, n, &offset);
    double sure = fmax(0, fabs(offset) - spread / sqrt((double)n));
    if (offset * move <= 0)
        return move;
    return move - copysign(fmin(sure, fabs(move)), move);
}

/* The median move of mastering on masters that are not at fault, as far as it is excused
 * by where it takes them. */
static void find_usual_move(struct hs_yard *y, struct hs_arena *arena)
{
    double *moves = HS_NEW_ARRAY(double, y->n_tracks + 1), centre;
    double *off_centre = HS_NEW_ARRAY(double, y->n_tracks + 1);
    size_t n = 0, n_pairs = 0;
    for (size_t i = 0; i < y->n_tracks; i++) {
        if (!y->master[i].judged || !y->mix[i].judged)
            continue;
        struct hs_scale s = hs_yard_scale(y, &y->master[i], SIZE_MAX, arena);
        off_centre[n_pairs++] = y->master[i].value - s.d.centre;
        if (hs_scale_severity(&s, y->master[i].value) < HS_MINOR)
            moves[n++] = y->master[i].value - y->mix[i].value;
    }
    y->n_moves = n;
    if (n >= HS_ENOUGH_PAIRS && !y->rule->ladder) {
        y->move_spread = hs_robust_spread(moves, n, &centre);
        y->usual_move = excused_move(centre, off_centre, n_pairs);
    }
    hs_free(moves);
    hs_free(off_centre);
}

static void take_settings(const struct hs_job *job, struct hs_yard *y)
{
    y->limit_steps = NAN;
    if (job && job->profile)
        y->profile = job->profile;
    for (size_t i = 0; job && i < job->n_rules; i++)
        if (!strcmp(job->rules[i].rule, y->rule->id)) {
            y->off = job->rules[i].off;
            y->limit_steps = job->rules[i].limit_steps;
        }
}

static void take_references(const struct hs_audit *audit, struct hs_yard *y,
                            struct hs_arena *arena)
{
    y->n_references = audit->references ? audit->job->n_references : 0;
    y->n_mix_references = audit->mix_references ? audit->job->n_mix_references : 0;
    y->references = read_references(audit, y->rule, audit->references, y->n_references,
                                    HS_ROLE_MASTER, arena);
    y->mix_references = read_references(audit, y->rule, audit->mix_references,
                                        y->n_mix_references, HS_ROLE_MIX, arena);
}

struct hs_yard *hs_yards_new(const struct hs_audit *audit, size_t n_tracks,
                             struct hs_arena *arena)
{
    size_t n_rules = hs_rule_count(), n = n_tracks;
    struct hs_yard *yards = HS_ARENA_ARRAY(arena, struct hs_yard, n_rules + 1);
    for (size_t r = 0; r < n_rules; r++) {
        struct hs_yard *y = &yards[r];
        *y = (struct hs_yard){.rule = hs_rule_at(r), .n_tracks = n, .profile = "popular"};
        take_settings(audit->job, y);
        y->master = HS_ARENA_ARRAY(arena, struct hs_reading, n + 1);
        y->mix = HS_ARENA_ARRAY(arena, struct hs_reading, n + 1);
        for (size_t i = 0; i < n; i++) {
            read_master(audit, y, i, arena);
            read_mix(audit, y, i, arena);
        }
        if (audit->job)
            take_references(audit, y, arena);
        find_usual_move(y, arena);
    }
    return yards;
}
