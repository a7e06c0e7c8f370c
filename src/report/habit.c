/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The verdict (recurs, leans, on one release) and its ground come from the recurrence that
 *    catalogue/ worked out: since which release, on how many, or why it is not more than a lean.
 * 2. "It came with mastering" is said where at least half of the findings have a known origin and
 *    mastering brought in more than twice as many as the mix had; the other way round likewise.
 * 3. One clip stands beside the form for an answer: of the worst examples one that shows what the
 *    heading says, brought in by mastering or in the mix already.
 */
#include "report/habit.h"

#include "catalogue/evidence.h"
#include "judge/rule.h"
#include "report/answer.h"
#include "report/chart_units.h"
#include "report/habit_counts.h"
#include "report/listen.h"
#include "report/pieces.h"
#include "report/player.h"
#include "report/recurrence.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

size_t hs_habit_in_mix(const struct hs_rule_count *r)
{
    return r->origins[HS_ORIGIN_MIX] + r->origins[HS_ORIGIN_WORSENED] + r->origins[HS_ORIGIN_EASED];
}

size_t hs_habit_by_mastering(const struct hs_rule_count *r)
{
    return r->origins[HS_ORIGIN_MASTERING] + r->origins[HS_ORIGIN_EXPOSED];
}

/* Where most of what was counted came from; NULL where too few are known. One side must have twice
 * as many as the other. */
const char *hs_habit_came(const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    size_t mix = hs_habit_in_mix(r), mastering = hs_habit_by_mastering(r), n = r->counted;
    if (x && x->of_stretch) { /* of these releases alone */
        mix = (size_t)(x->origins[HS_ORIGIN_MIX] + x->origins[HS_ORIGIN_WORSENED] +
                       x->origins[HS_ORIGIN_EASED]);
        mastering = (size_t)(x->origins[HS_ORIGIN_MASTERING] + x->origins[HS_ORIGIN_EXPOSED]);
        n = (size_t)x->faulty;
    }
    if (x && x->evidence == HS_BY_MOVES && x->verdict > HS_NOT_SHOWN)
        return "and it came with mastering";
    size_t known = mix + mastering;
    if (!known || 2 * known < n)
        return NULL;
    if (!mix || mastering > 2 * mix)
        return "and it came with mastering";
    if (!mastering || mix > 2 * mastering)
        return "and it was so in the mix";
    return "some in the mix, some from mastering";
}

enum hs_verdict hs_habit_verdict(const struct hs_rule_count *r)
{
    return r->recurrence ? r->recurrence->verdict : HS_VERDICT_NONE;
}

enum hs_tier hs_habit_tier(const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    bool moves = x && x->evidence == HS_BY_MOVES && x->verdict > HS_NOT_SHOWN;
    return moves ? HS_MEASURED : r->rule->tier;
}

const char *hs_habit_title(const struct hs_rule_count *r)
{
    return r->recurrence ? hs_recurrence_title(r->recurrence) : hs_rule_title(r->id);
}

bool hs_habit_is_rare(const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    return hs_habit_verdict(r) == HS_LEANS && !hs_habit_group(r) &&
           !(x->q < HS_FALSE_DISCOVERIES) && x->rate < HS_WEIGHTY_SHARE;
}

size_t hs_habits_of(const struct hs_pages *p, enum hs_verdict verdict)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_rules; i++)
        n += hs_habit_verdict(&p->rules[i]) == verdict;
    return n;
}

/* The first release, in the order of the job, with a track at fault; SIZE_MAX: none. */
static size_t release_of(const struct hs_pages *p, const struct hs_rule_count *r)
{
    for (size_t t = 0; t < p->audit->job->n_tracks; t++) {
        const struct hs_finding *f = hs_track_finding(&p->audit->tracks[t], r->id);
        if (f && hs_finding_counts_for_rule(f))
            return p->audit->job->tracks[t].release;
    }
    return SIZE_MAX;
}

const struct hs_group *hs_habit_group(const struct hs_rule_count *r)
{
    return r->recurrence ? hs_group_to_name(r->recurrence) : NULL;
}

/* A group is held against the whole by the same kind of evidence; NULL: none. */
static const struct hs_evidence_row *row_of(const struct hs_recurrence *x, enum hs_evidence of)
{
    for (size_t i = 0; i < x->n_rows; i++)
        if (x->rows[i]->evidence == of)
            return x->rows[i];
    return NULL;
}

/* Since when; why it only leans; on which release. */
static void put_ground(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    const struct hs_group *group = hs_habit_group(r);
    hs_html_literal(h, " <span>");
    if (group) { /* by its own count */
        hs_html_textf(h, "%s ", hs_factor_words(hs_grouping_name(group->by)));
        hs_html_text(h, group->name);
        const struct hs_evidence_row *all = row_of(x, group->row->evidence);
        hs_html_textf(h, " %d of %d, of all %d of %d", group->row->faulty, group->row->judged,
                      all ? all->faulty : x->faulty, all ? all->judged : x->judged);
    } else if (hs_since_shown(&x->since)) {
        hs_html_text(h, x->since.began ? "since " : "until ");
        hs_html_release(h, p->audit, hs_since_release(p->audit, &x->since));
        if (x->since.factor) {
            hs_html_text(h, ", as ");
            hs_html_what_changed(h, x->since.factor, x->since.level, x->since.level_of_others,
                                 x->since.began);
        }
    } else if (x->verdict == HS_LEANS && x->why_not) {
        hs_html_text(h, x->why_not);
    } else {
        size_t first = release_of(p, r);
        bool every = x->releases > 1 && x->releases == x->releases_judged;
        hs_html_text(h, every ? "on every release" : "on ");
        if (!every)
            hs_html_textf(h, "%d of %d releases", x->releases, x->releases_judged);
        if (first != SIZE_MAX && x->releases > 1) {
            hs_html_text(h, every ? " since " : ", first on ");
            hs_html_release(h, p->audit, first);
        }
    }
    hs_html_literal(h, "</span>");
}

/* Verdict, its ground, and how sure the rule's evidence is. */
static void put_kicker(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
{
    hs_html_literal(h, "<p class=\"kicker\">");
    hs_html_verdict(h, hs_habit_verdict(r));
    if (r->recurrence)
        put_ground(p, h, r);
    if (r->rule) {
        hs_html_literal(h, " ");
        hs_html_tier(h, hs_habit_tier(r));
    }
    hs_html_literal(h, "</p>");
}

/* Its title, with the year where another one has the same: a re-issue is not its original. */
static const char *release_name(const struct hs_pages *p, size_t release, struct hs_arena *a)
{
    const struct hs_job *job = p->audit->job;
    const struct hs_release *r = &job->releases[release];
    for (size_t i = 0; i < job->n_releases && r->year; i++)
        if (i != release && !strcmp(job->releases[i].title, r->title))
            return hs_arena_printf(a, "%s (%d)", r->title, r->year);
    return r->title;
}

/* "Too bright", "Perhaps too bright", "Harbour Songs: too bright", "B. Master: too bright" */
static void put_title(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
{
    enum hs_verdict verdict = hs_habit_verdict(r);
    size_t release = verdict == HS_ON_ONE_RELEASE ? release_of(p, r) : SIZE_MAX;
    const struct hs_group *group = hs_habit_group(r);
    struct hs_arena a = {0};
    char title[96];
    if (group)
        hs_html_link(h, "rules/", r->id, ".html",
                     hs_arena_printf(&a, "%s: %s", group->name, hs_habit_title(r)));
    else if (release != SIZE_MAX)
        hs_html_link(
            h, "rules/", r->id, ".html",
            hs_arena_printf(&a, "%s: %s", release_name(p, release, &a), hs_habit_title(r)));
    else if (verdict == HS_LEANS && !hs_habit_is_rare(r))
        hs_html_link(h, "rules/", r->id, ".html",
                     hs_arena_printf(&a, "Perhaps%s %s",
                                     hs_habit_title(r) == hs_rule_title(r->id) ? "" : ":",
                                     hs_habit_title(r)));
    else
        hs_html_link(h, "rules/", r->id, ".html",
                     hs_capital(hs_habit_title(r), title, sizeof title));
    hs_arena_free(&a);
}

/* How well an example shows what the heading says of where the habit came from. */
static int fits(const struct hs_finding *f, const struct hs_rule_count *r)
{
    size_t mix = hs_habit_in_mix(r), mastering = hs_habit_by_mastering(r);
    if (!f || mix == mastering)
        return 0;
    if (f->origin == (mix > mastering ? HS_ORIGIN_MIX : HS_ORIGIN_MASTERING))
        return 2;
    return hs_origin_in_mix(f->origin) == (mix > mastering);
}

/* Of the worst examples with a clip the one that fits the heading best; of equals the worst. */
static const struct hs_clip *clip_of(const struct hs_pages *p, const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    const struct hs_clip *best = NULL;
    int best_fit = -1;
    for (size_t i = 0; x && i < x->n_worst; i++) {
        const struct hs_clip *clip = hs_pages_example(p, x->worst[i].track, r->id);
        int fit = fits(hs_track_finding(&p->audit->tracks[x->worst[i].track], r->id), r);
        if (clip && fit > best_fit) {
            best = clip;
            best_fit = fit;
        }
    }
    return best;
}

/* One example to hear and a form to answer. Rules of the album have no clip: there the song is
 * named that is to be heard beside its neighbours. */
static void put_listen(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_clip *clip = clip_of(p, r);
    const struct hs_recurrence *x = r->recurrence;
    if (!clip && !(x && x->n_worst))
        return;
    const struct hs_track_result *t = &p->audit->tracks[clip ? clip->track : x->worst[0].track];
    bool silent = r->rule && r->rule->hearable == HS_NEVER_HEARD;
    hs_html_literal(h, "<p class=\"order\">");
    hs_html_text(h, silent ? "See " : "Hear ");
    hs_html_track_link(h, t);
    if (!clip && x->worst[0].n_times) {
        hs_html_literal(h, " at ");
        hs_html_time(h, x->worst[0].times[0].from_s, false);
    }
    hs_html_literal(h, "</p>");
    hs_html_listen(h, r->id, hs_track_finding(t, r->id), clip);
    hs_html_literal(h, "<div class=\"listen\">");
    if (clip)
        hs_html_player(p, h, clip);
    hs_html_answer_form(h, t->track, r->id, false);
    hs_html_literal(h, "</div>");
}

/* A fault that recurs or leans: title, counts, origins, a chart of releases, what to listen for. */
void hs_html_habit(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
{
    hs_html_literal(h, "<li");
    hs_html_attrf(h, "class", "habit%s", hs_habit_verdict(r) == HS_RECURS ? "" : " weak");
    hs_html_literal(h, ">");
    put_kicker(p, h, r);
    hs_html_literal(h, "<h3>");
    put_title(p, h, r);
    if (hs_habit_came(r) && hs_habit_title(r) == hs_rule_title(r->id)) {
        hs_html_literal(h, ", ");
        hs_html_text(h, hs_habit_came(r));
    }
    hs_html_literal(h, "</h3><p>");
    hs_html_habit_counts(p, h, r);
    hs_html_habit_origins(h, r);
    hs_html_literal(h, "</p>");
    hs_chart_units(p, h, r->id);
    put_listen(p, h, r);
    hs_html_literal(h, "</li>\n");
}
