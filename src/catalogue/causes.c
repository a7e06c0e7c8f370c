/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Per rule, count the masters on which it is at fault, as a lead or as part of a lead that
 *    only its weight made one: a mechanism, or a value that follows by a law, leads everywhere.
 * 2. Of two rules the one with more masters has the name of what they share, of equals the one that
 *    leads on more. Where most of its findings are part of the other one, the cause has the other
 *    name on the tracks already: then it takes clearly more masters. Of several that could one
 * does.
 * 3. On a track where a part has the name, the part is counted and the lead is not.
 */
#include "catalogue/causes.h"

#include "catalogue/another_song.h"
#include "core/alloc.h"
#include "judge/primary.h"
#include "judge/rule.h"

/* What was found by each rule over the catalogue. */
struct tally {
    int *masters; /* by rule: at fault, as a lead or as part of one */
    int *leads;   /* by rule */
    int *part;    /* rule by rule: part of the other one */
    size_t n;
};

/* The lead that a finding is part of by weight alone; NULL: none. */
static struct hs_finding *lead_by_weight(const struct hs_track_result *t,
                                         const struct hs_finding *f)
{
    for (size_t i = 0; f->explained_by && i < t->n_findings; i++) {
        struct hs_finding *lead = &t->findings[i];
        if (hs_same_rule(lead->rule, f->explained_by))
            return hs_finding_stands(lead) && hs_primary_by_weight(f, lead) ? lead : NULL;
    }
    return NULL;
}

/* At fault in the master, whoever leads. */
static bool is_fault(const struct hs_finding *f)
{
    return f->severity >= HS_MINOR && !f->by_pair_only && !f->accepted &&
           f->origin != HS_ORIGIN_CURED;
}

static void count_finding(struct tally *c, const struct hs_track_result *t,
                          const struct hs_finding *f)
{
    const struct hs_rule *rule = hs_rule_find(f->rule);
    const struct hs_finding *lead = lead_by_weight(t, f);
    if (!rule || !is_fault(f) || (f->explained_by && !lead))
        return;
    size_t x = hs_rule_index(rule);
    c->masters[x]++;
    if (lead)
        c->part[x * c->n + hs_rule_index(hs_rule_find(lead->rule))]++;
    else
        c->leads[x]++;
}

/* Whether rule x goes before rule y as a name of what they share. */
static bool speaks_for(const struct tally *c, size_t x, size_t y)
{
    if (c->masters[x] != c->masters[y])
        return c->masters[x] > c->masters[y];
    return c->leads[x] != c->leads[y] ? c->leads[x] > c->leads[y] : x < y;
}

/* Whether rule x has the name of what it shares with rule y, `part` masters of x being part of y.
 */
static bool has_name(const struct tally *c, size_t x, size_t y, int part)
{
    /* As much further out is another lead (judge/primary.c). Of ten catalogues of real music (135
     * masters) three have such rules, all driven into a limiter: over_compressed on 11 beside
     * clipped on 7 (twice) takes more, over_limited on 8 beside 7 and 7 beside 6 (clipped) does
     * not. From 1.18 to 1.56 the names are these. */
    const double clearly = 1.25;
    bool mostly_part = 2 * part > c->masters[x];
    return part && speaks_for(c, x, y) &&
           (!mostly_part || c->masters[x] >= clearly * c->masters[y]);
}

/* The rule that counts what is part of rule y; n for none. */
static size_t speaker_for(const struct tally *c, size_t y)
{
    size_t best = c->n;
    for (size_t x = 0; x < c->n; x++) {
        bool could = has_name(c, x, y, c->part[x * c->n + y]);
        if (could && (best == c->n || speaks_for(c, x, best)))
            best = x;
    }
    return best;
}

/* Whether a finding that is part of another may count: one of the master, not on purpose. */
static bool may_count(const struct hs_finding *f)
{
    return f->explained_by && !f->accepted && f->origin != HS_ORIGIN_CURED &&
           f->severity >= HS_NOTE;
}

static void mark(struct hs_track_result *t, const size_t *speaker)
{
    for (size_t k = 0; k < t->n_findings; k++) {
        struct hs_finding *f = &t->findings[k];
        const struct hs_rule *rule = hs_rule_find(f->rule);
        struct hs_finding *lead = may_count(f) ? lead_by_weight(t, f) : NULL;
        if (!rule || !lead ||
            speaker[hs_rule_index(hs_rule_find(lead->rule))] != hs_rule_index(rule))
            continue;
        f->counting = HS_COUNTS_AS_PART;
        if (f->severity >= HS_MINOR) /* a note counts for nothing */
            lead->counting = HS_COUNTED_AS_ITS_PART;
    }
}

void hs_causes_mark(struct hs_audit *audit, const struct hs_songs *songs)
{
    size_t n = hs_rule_count(), *speaker = HS_NEW_ARRAY(size_t, n + 1);
    struct tally c = {HS_NEW_ARRAY(int, n + 1), HS_NEW_ARRAY(int, n + 1),
                      HS_NEW_ARRAY(int, n *n + 1), n};
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const struct hs_track_result *t = &audit->tracks[i];
        for (size_t k = 0; songs->copy_of[i] == i && !hs_another_song_is(t) && k < t->n_findings;
             k++)
            count_finding(&c, t, &t->findings[k]);
    }
    for (size_t y = 0; y < n; y++)
        speaker[y] = speaker_for(&c, y);
    for (size_t i = 0; i < audit->job->n_tracks; i++)
        if (!hs_another_song_is(&audit->tracks[i]))
            mark(&audit->tracks[i], speaker);
    hs_free(c.masters);
    hs_free(c.leads);
    hs_free(c.part);
    hs_free(speaker);
}
