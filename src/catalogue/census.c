/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Masters that were judged, song by song, the same mastering once (songs.h), by the first copy
 *    that was judged where the one that stands for it was not; of what comes with
 *    the file or with its neighbours on the release every file, the same bytes once.
 * 2. What belongs to the mix counts a song once, however often it was released: by the first of its
 *    masters, whatever is wrong with that one or the others. What belongs to the master (its
 *    dynamics, the state of the file) counts each master: every mastering is a decision of its own.
 *    Other rules count each master where two thirds of the faults, as far as that is known, came in
 *    with mastering. Of the faults only where they came from, all
 *    together, says which masters count, never which of them are at fault.
 * 3. Of one cause that has several names one rule counts all its findings (causes.h).
 * 4. A master that is another song than its title says counts for nothing but that
 * (another_song.h).
 * 5. Of what is broken in unlike ways the commonest kind counts.
 */

#include "catalogue/census.h"

#include "catalogue/another_song.h"
#include "catalogue/songs.h"
#include "judge/damaged.h"
#include "judge/rule.h"

#include <limits.h>
#include <string.h>

const struct hs_judgement *hs_judgement_of(const struct hs_track_result *t, const char *rule)
{
    for (size_t i = 0; i < t->n_judgements; i++)
        if (hs_same_rule(t->judgements[i].of->rule, rule))
            return &t->judgements[i];
    return NULL;
}

static bool switched_off(const struct hs_job *job, const char *rule)
{
    for (size_t i = 0; i < job->n_rules; i++)
        if (job->rules[i].off && !strcmp(job->rules[i].rule, rule))
            return true;
    return false;
}

static bool was_judged(const struct hs_track_result *t, const char *rule)
{
    if (t->master.state != HS_FILE_OK)
        return false;
    for (size_t i = 0; i < t->n_not_judged; i++)
        if (hs_same_rule(t->not_judged[i].rule, rule))
            return false;
    return true;
}

/* Judged, and the song of its title. */
static bool may_count(const struct hs_track_result *t, const char *rule)
{
    return was_judged(t, rule) && (!hs_another_song_is(t) || hs_another_song_counts(rule));
}

/* The finding that counts, of the kind that is asked for; a note is kept, for it helps to see when
 * something began. */
static const struct hs_finding *counting(const struct hs_census *c, const struct hs_track_result *t,
                                         bool by_pair)
{
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        bool counts = f->counting == HS_COUNTS_AS_PART ||
                      (f->counting == HS_COUNTS_BY_ITSELF && hs_finding_stands(f));
        if (hs_same_rule(f->rule, c->rule) && counts && f->by_pair_only == by_pair)
            return f;
    }
    return NULL;
}

static void add_master(struct hs_census *c, const struct hs_audit *audit, size_t track, size_t song)
{
    const struct hs_track_result *t = &audit->tracks[track];
    const struct hs_finding *f = counting(c, t, false);
    const struct hs_finding *of_pair = counting(c, t, true);
    struct hs_unit *u = &c->masters[c->n_masters++];
    *u = (struct hs_unit){.track = track,
                          .release = t->track->release,
                          .song = song,
                          .faulty = f && f->severity >= HS_MINOR,
                          .origin = f ? f->origin : HS_ORIGIN_CANNOT_SAY,
                          .finding = f,
                          .of_pair = of_pair,
                          .judgement = hs_judgement_of(t, c->rule)};
    c->by_pair_only += !f && of_pair && of_pair->severity >= HS_MINOR;
    if (u->judgement) {
        c->side = u->judgement->of->side;
        c->unit = u->judgement->of->unit;
    } else if (f && !c->unit) {
        c->unit = f->unit;
    }
}

enum hs_habit hs_habit_of(const int origins[HS_N_ORIGINS])
{
    int mix = origins[HS_ORIGIN_MIX] + origins[HS_ORIGIN_WORSENED] + origins[HS_ORIGIN_EASED];
    int mastering = origins[HS_ORIGIN_MASTERING];
    int known = mix + mastering + origins[HS_ORIGIN_EXPOSED];
    if (known < HS_FAULTS_NEEDED)
        return HS_HABIT_UNKNOWN;
    if (3 * mix >= 2 * known)
        return HS_HABIT_MIX;
    return 3 * mastering >= 2 * known ? HS_HABIT_MASTERING : HS_HABIT_BOTH;
}

/* The stage that the faults of all masters come from. */
static enum hs_habit habit_of_masters(const struct hs_census *c)
{
    int origins[HS_N_ORIGINS] = {0};
    for (size_t i = 0; i < c->n_masters; i++)
        origins[c->masters[i].origin] += c->masters[i].faulty;
    return hs_habit_of(origins);
}

/* Crackle on one record and a wrong speed on another are no habit: of what is broken in unlike ways
 * the commonest kind counts, of kinds that are as common the one that is named first. */
static void keep_one_kind(struct hs_census *c, const struct hs_audit *audit)
{
    const struct hs_rule *rule = hs_rule_find(c->rule);
    size_t of[HS_N_DAMAGES] = {0}, best = 0;
    if (!rule || rule->read != hs_read_damaged)
        return;
    for (size_t i = 0; i < c->n_masters; i++)
        if (c->masters[i].faulty)
            of[hs_damaged_kind(rule, audit, &audit->tracks[c->masters[i].track])]++;
    for (size_t k = 1; k < HS_N_DAMAGES; k++)
        best = of[k] > of[best] ? k : best;
    for (size_t i = 0; i < c->n_masters; i++) {
        struct hs_unit *u = &c->masters[i];
        if (!u->finding || hs_damaged_kind(rule, audit, &audit->tracks[u->track]) == best)
            continue;
        u->finding = NULL;
        u->faulty = false;
        u->origin = HS_ORIGIN_CANNOT_SAY;
    }
}

/* What a master has by itself, whatever the mix is like. */
static bool is_of_the_master(const char *id)
{
    const struct hs_rule *rule = hs_rule_find(id);
    return rule && (rule->dimension == &hs_dimension_dynamics || !rule->judges_mix ||
                    rule->mending != HS_BY_WORK);
}

/* What comes with the file, or with the neighbours on a release: a copy of a mastering differs. */
static bool each_file_counts(const char *id)
{
    const struct hs_rule *rule = hs_rule_find(id);
    return rule && (rule->dimension->of_the_file || rule->dimension->beside_others);
}

static int year_of(const struct hs_audit *audit, const struct hs_unit *u)
{
    int year = audit->job->releases[u->release].year;
    return year > 0 ? year : INT_MAX;
}

static void count(struct hs_census *c, const struct hs_unit *u)
{
    c->units[c->n++] = *u;
    c->faulty += u->faulty;
}

/* The masters m[0..n) of one song: all of them, or the one that was out first. */
static void count_song(struct hs_census *c, const struct hs_audit *audit, const struct hs_unit *m,
                       size_t n, bool each)
{
    const struct hs_unit *first = &m[0];
    for (size_t i = 0; each && i < n; i++)
        count(c, &m[i]);
    for (size_t i = 1; !each && i < n; i++)
        first = year_of(audit, &m[i]) < year_of(audit, first) ? &m[i] : first;
    if (!each)
        count(c, first);
}

/* The masters that were judged, song by song, and those of them that count. */
void hs_census_take(const struct hs_audit *audit, const struct hs_songs *songs, const char *rule,
                    struct hs_arena *scratch, struct hs_census *out)
{
    size_t n = audit->job->n_tracks;
    *out = (struct hs_census){.rule = rule,
                              .units = HS_ARENA_ARRAY(scratch, struct hs_unit, n + 1),
                              .masters = HS_ARENA_ARRAY(scratch, struct hs_unit, n + 1)};
    if (switched_off(audit->job, rule))
        return;
    const size_t *of = each_file_counts(rule) ? songs->repeat_of : songs->copy_of;
    bool *counted = HS_ARENA_ARRAY(scratch, bool, n + 1); /* by track that stands for others */
    for (size_t i = 0; i < n; i++) {
        size_t track = songs->order[i], stands = of[track];
        if (!may_count(&audit->tracks[track], rule)) {
            out->of_another_song += was_judged(&audit->tracks[track], rule);
            continue;
        }
        /* the one that stands for them speaks, if this rule was judged on it */
        bool speaks =
            track == stands || (!counted[stands] && !may_count(&audit->tracks[stands], rule));
        if (!speaks) {
            out->copies++;
            continue;
        }
        counted[stands] = true;
        add_master(out, audit, track, songs->song[track]);
    }
    keep_one_kind(out, audit);
    out->habit = habit_of_masters(out);
    bool each =
        out->habit == HS_HABIT_MASTERING || (out->habit != HS_HABIT_MIX && is_of_the_master(rule));
    const struct hs_unit *m = out->masters;
    for (size_t i = 0, j; i < out->n_masters; i = j) {
        for (j = i + 1; j < out->n_masters && m[j].song == m[i].song; j++)
            ;
        count_song(out, audit, &m[i], j - i, each);
    }
    out->once_a_song = out->n < out->n_masters;
}

int hs_unit_year(const struct hs_audit *audit, const struct hs_unit *unit, enum hs_habit habit)
{
    const struct hs_track *t = audit->tracks[unit->track].track;
    int year = t->year ? t->year : audit->job->releases[unit->release].year;
    if (habit == HS_HABIT_MIX && t->mixed_year)
        return t->mixed_year;
    if (habit == HS_HABIT_MASTERING && t->mastered_year)
        return t->mastered_year;
    return year;
}
