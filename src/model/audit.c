/* SPDX-License-Identifier: Apache-2.0 */
/* Names of the enums as they stand in audit.json, and the predicates that say which findings count.
 */
#include "model/audit.h"

#include <math.h>

const char *hs_tier_name(enum hs_tier tier)
{
    static const char *const names[] = {"measured", "inferred", "indication"};
    return names[tier];
}

const char *hs_severity_name(enum hs_severity severity)
{
    static const char *const names[] = {"none", "note", "minor", "moderate", "severe"};
    return names[severity];
}

const char *hs_origin_name(enum hs_origin origin)
{
    static const char *const names[HS_N_ORIGINS] = {"cannot_say", "mix",     "worsened", "eased",
                                                    "mastering",  "exposed", "cured"};
    return names[origin];
}

const char *hs_action_name(enum hs_action action)
{
    static const char *const names[] = {"leave", "re-upload", "re-master", "re-mix"};
    return names[action];
}

const char *hs_file_state_name(enum hs_file_state state)
{
    static const char *const names[] = {"none",     "ok",          "missing",   "unreadable",
                                        "not_read", "quarantined", "unfinished"};
    return names[state];
}

bool hs_file_refused(enum hs_file_state state)
{
    return state == HS_FILE_MISSING || state == HS_FILE_UNREADABLE || state == HS_FILE_NOT_READ;
}

const char *hs_pair_state_name(enum hs_pair_state state)
{
    static const char *const names[] = {"none", "aligned", "edited", "different", "cannot_say"};
    return names[state];
}

const char *hs_move_channel_name(enum hs_move_channel channel)
{
    static const char *const names[HS_N_CHANNELS] = {"both", "mid", "side", "left", "right"};
    return names[channel];
}

const char *hs_place_name(enum hs_place place)
{
    static const char *const names[] = {NULL, "mix", "master"};
    return names[place];
}

const char *hs_pattern_name(enum hs_pattern pattern)
{
    static const char *const names[] = {NULL, "mistake", "house sound", "within range", "too few"};
    return names[pattern];
}

const char *hs_verdict_name(enum hs_verdict verdict)
{
    static const char *const names[] = {NULL,    "too_few", "not_shown", "on_one_release",
                                        "leans", "recurs"};
    return names[verdict];
}

const char *hs_evidence_name(enum hs_evidence evidence)
{
    static const char *const names[] = {"physics", "moves", "stems", "mixes", "songs"};
    return names[evidence];
}

const char *hs_against_name(enum hs_evidence evidence, bool own_references)
{
    if (evidence == HS_BY_MOVES)
        return "moves";
    return own_references ? "references" : "built-in";
}

const char *hs_strength_name(enum hs_strength strength)
{
    static const char *const names[] = {"none", "some", "fair", "strong"};
    return names[strength];
}

const char *hs_habit_name(enum hs_habit habit)
{
    static const char *const names[] = {NULL, "mix", "mastering", "both"};
    return names[habit];
}

const char *hs_direction_name(enum hs_direction direction)
{
    static const char *const names[] = {NULL, "better", "worse", "steady"};
    return names[direction];
}

const char *hs_basis_name(enum hs_trend_basis basis)
{
    static const char *const names[] = {NULL, "value", "rate", "change"};
    return names[basis];
}

const char *hs_move_name(const struct hs_move *move)
{
    return move ? move->name : NULL;
}

/* A finding of its own that is in the master and not on purpose. */
bool hs_finding_stands(const struct hs_finding *f)
{
    return !f->explained_by && f->origin != HS_ORIGIN_CURED && !f->accepted &&
           f->severity >= HS_NOTE;
}

bool hs_finding_cured(const struct hs_finding *f)
{
    return f->origin == HS_ORIGIN_CURED && !(f->moved && f->moved->in_range);
}

/* Notes stand but do not count. */
bool hs_finding_counts(const struct hs_finding *f)
{
    return hs_finding_stands(f) && f->severity >= HS_MINOR;
}

bool hs_finding_counts_for_rule(const struct hs_finding *f)
{
    if (f->counting == HS_COUNTS_AS_PART)
        return f->severity >= HS_MINOR;
    return f->counting == HS_COUNTS_BY_ITSELF && hs_finding_counts(f);
}

/* In the mix before mastering; a move of mastering away from the middle is not. */
bool hs_finding_is_of_mix(const struct hs_finding *f)
{
    bool was_there = f->origin == HS_ORIGIN_MIX || f->origin == HS_ORIGIN_EASED ||
                     (f->origin == HS_ORIGIN_WORSENED && !f->small_in_mix);
    return was_there && !(f->moved && !f->moved->towards);
}

/* Around the centre where the rule has a reference model, else its fixed thresholds. */
void hs_judgement_expected(const struct hs_judgement *j, double expected[2])
{
    expected[0] = isnan(j->reach) ? j->of->expected[0] : (double)j->centre - (double)j->reach;
    expected[1] = isnan(j->reach) ? j->of->expected[1] : (double)j->centre + (double)j->reach;
}

const char *hs_grouping_name(enum hs_grouping by)
{
    static const char *const names[HS_N_GROUPINGS] = {"artist", "mastered_by", "studio"};
    return names[by];
}

/* Whether its level is shown to have it more often than the others. */
static bool stands_out(const struct hs_recurrence *r, const struct hs_group *g)
{
    for (size_t i = 0; i < r->n_associations; i++) {
        const struct hs_association *a = &r->associations[i];
        if (!strcmp(a->factor, hs_grouping_name(g->by)) && !strcmp(a->level, g->name))
            return a->q < .10 && a->more;
    }
    return false;
}

const struct hs_group *hs_group_that_recurs(const struct hs_recurrence *r)
{
    const struct hs_group *artist = NULL;
    size_t n_artists = 0;
    for (size_t i = 0; i < r->n_groups; i++) {
        const struct hs_group *g = &r->groups[i];
        if (g->by != HS_BY_ARTIST && g->row->verdict >= HS_LEANS && stands_out(r, g))
            return g;
        if (g->by == HS_BY_ARTIST && g->row->verdict == HS_RECURS) {
            artist = g;
            n_artists++;
        }
    }
    return n_artists == 1 ? artist : NULL;
}

const struct hs_group *hs_group_to_name(const struct hs_recurrence *r)
{
    const struct hs_group *g = r->verdict >= HS_LEANS ? hs_group_that_recurs(r) : NULL;
    return g && (r->verdict == HS_LEANS || g->by != HS_BY_ARTIST) ? g : NULL;
}
