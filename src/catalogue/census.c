/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is counted for a rule. A fault of the mix counts a song once, however often it
 * was released; a fault that mastering brought in counts each master that has it. The
 * other masters of a song, faulty by the mix or clean, are one unit together.
 */

#include "catalogue/census.h"

#include "catalogue/songs.h"
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

/* The lead finding that stands, of the kind that is asked for; a note is kept, for it helps to see
 * when something began. */
static const struct hs_finding *counting(const struct hs_track_result *t, const char *rule,
                                         bool by_pair)
{
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        if (hs_same_rule(f->rule, rule) && hs_finding_stands(f) && f->by_pair_only == by_pair)
            return f;
    }
    return NULL;
}

/* One unit of the count, with the finding if it has one. */
static void add(struct hs_census *c, const struct hs_audit *audit, size_t track, size_t song,
                const struct hs_finding *f)
{
    const struct hs_track_result *t = &audit->tracks[track];
    struct hs_unit *u = &c->units[c->n++];
    *u = (struct hs_unit){.track = track,
                          .release = t->track->release,
                          .song = song,
                          .faulty = f && f->severity >= HS_MINOR,
                          .origin = f ? f->origin : HS_ORIGIN_CANNOT_SAY,
                          .finding = f,
                          .judgement = hs_judgement_of(t, c->rule)};
    c->faulty += u->faulty;
    if (u->judgement) {
        c->side = u->judgement->of->side;
        c->unit = u->judgement->of->unit;
    } else if (f && !c->unit) {
        c->unit = f->unit;
    }
}

/* The tracks order[0..n) of one song. */
static void add_song(struct hs_census *c, const struct hs_audit *audit,
                     const struct hs_songs *songs, const size_t *order, size_t n)
{
    const struct hs_finding *shared = NULL;
    size_t at = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        const struct hs_track_result *t = &audit->tracks[order[i]];
        if (songs->repeat[order[i]] || !was_judged(t, c->rule))
            continue;
        const struct hs_finding *f = counting(t, c->rule, false);
        const struct hs_finding *of_pair = counting(t, c->rule, true);
        c->by_pair_only += !f && of_pair && of_pair->severity >= HS_MINOR;
        if (f && f->origin == HS_ORIGIN_MASTERING && f->severity >= HS_MINOR) {
            add(c, audit, order[i], songs->song[order[i]], f);
        } else if (at == SIZE_MAX || (f && (!shared || f->severity > shared->severity))) {
            at = order[i];
            shared = f;
        }
    }
    if (at != SIZE_MAX)
        add(c, audit, at, songs->song[at], shared);
}

/* One unit for each song: editions of a song are one. */
void hs_census_take(const struct hs_audit *audit, const struct hs_songs *songs, const char *rule,
                    struct hs_arena *scratch, struct hs_census *out)
{
    size_t n = audit->job->n_tracks;
    *out =
        (struct hs_census){.rule = rule, .units = HS_ARENA_ARRAY(scratch, struct hs_unit, n + 1)};
    if (switched_off(audit->job, rule))
        return;
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n; j++)
            if (songs->song[songs->order[j]] != songs->song[songs->order[i]])
                break;
        add_song(out, audit, songs, songs->order + i, j - i);
    }
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
