/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Heading: the names of up to three faults that recur, else of what leans, else of what stands
 * on one release; or that nothing recurs and how many masters are worth re-issuing; or that nothing
 *    could be judged.
 * 2. Lead: what else may be a habit or stands on one release, with which track to start, how
 *    many to leave alone, whether origins are known at all, and how many files could not be read.
 * 3. Figures: masters judged, mixes compared, judgements made and not possible, faults of
 *    mastering, and how far the engineer's list agrees with the measure.
 */
#include "report/headline.h"

#include "report/against_references.h"
#include "report/changes.h"
#include "report/habit.h"
#include "report/habit_counts.h"
#include "report/habit_side.h"
#include "report/pieces.h"
#include "report/told.h"
#include "report/track.h"
#include "report/words.h"

#include <stdio.h>

enum { NAMED = 3 };

/* Tracks whose master was judged and is not listed: those on which the ear decides, or those
 * that are not worth touching. */
static size_t not_listed(const struct hs_pages *p, bool listen_first)
{
    size_t n = 0;
    for (size_t i = 0; i < p->audit->n_shortlist; i++) {
        const struct hs_shortlist_row *row = &p->audit->shortlist[i];
        n += !row->rank && p->audit->tracks[row->track].master.state == HS_FILE_OK &&
             row->listen_first == listen_first;
    }
    return n;
}

/* One more is as short by its name. */
static size_t named_of(size_t n)
{
    return n <= NAMED + 1 ? n : NAMED;
}

static void put_group(struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_group *group = hs_habit_group(r);
    if (group)
        hs_html_textf(h, " (%s)", group->name);
}

/* "Too bright (B. Master), guitars too wide until Harbour (2004) and 2 more" */
static void put_names(struct hs_pages *p, struct hs_html *h, size_t n)
{
    size_t said = 0, named = named_of(n);
    char title[96];
    for (size_t i = 0; i < p->n_rules && said < named; i++) {
        const struct hs_rule_count *r = &p->rules[i];
        if (!r->recurrence || !r->recurrence->recurring)
            continue;
        hs_html_text(h, !said ? "" : said + 1 == n ? " and " : ", ");
        hs_html_text(h,
                     said ? hs_habit_title(r) : hs_capital(hs_habit_title(r), title, sizeof title));
        put_group(h, r);
        hs_html_habit_stretch(p, h, r->recurrence);
        said++;
    }
    if (n > said)
        hs_html_textf(h, " and %zu more", n - said);
    hs_html_literal(h, ".");
}

/* What recurs, but for what has ended. */
static size_t recurs_still(const struct hs_pages *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_rules; i++) {
        const struct hs_recurrence *x = p->rules[i].recurrence;
        n += x && x->recurring && !(x->of_stretch && !x->since.began);
    }
    return n;
}

/* Whether a rule is among those that are named together: what leans apart from what is rare. */
static bool is_among(const struct hs_rule_count *r, enum hs_verdict verdict, bool rare)
{
    return hs_habit_verdict(r) == verdict && hs_habit_is_rare(r) == rare;
}

static size_t count_among(const struct hs_pages *p, enum hs_verdict verdict, bool rare)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_rules; i++)
        n += is_among(&p->rules[i], verdict, rare);
    return n;
}

/* "Perhaps a habit: too much bass, too bright." */
static void put_named(struct hs_pages *p, struct hs_html *h, enum hs_verdict verdict, bool rare,
                      const char *before)
{
    size_t said = 0, n = count_among(p, verdict, rare), named = named_of(n);
    for (size_t i = 0; i < p->n_rules && said < named; i++)
        if (is_among(&p->rules[i], verdict, rare)) {
            hs_html_text(h, said++ ? ", " : before);
            hs_html_text(h, hs_habit_title(&p->rules[i]));
            put_group(h, &p->rules[i]);
        }
    if (n > said)
        hs_html_textf(h, " and %zu more", n - said);
    hs_html_text(h, said ? ". " : "");
}

/* The heading of the first page: what recurs, else what leans, else what stands on one release,
 * else how many masters are worth re-issuing. */
static void put_headline(struct hs_pages *p, struct hs_html *h)
{
    size_t n = hs_habits_of(p, HS_RECURS);
    hs_html_literal(h, "<h1>");
    if (n) {
        put_names(p, h, n);
    } else if (!p->n_judged) {
        hs_html_literal(h, "Nothing could be judged.");
    } else if (count_among(p, HS_LEANS, false)) {
        put_named(p, h, HS_LEANS, false, "Perhaps a habit: ");
    } else if (count_among(p, HS_ON_ONE_RELEASE, false)) {
        put_named(p, h, HS_ON_ONE_RELEASE, false, "On one release: ");
    } else {
        hs_html_literal(h, "Nothing recurs; ");
        if (p->n_listed)
            hs_html_count(h, p->n_listed, "master is", "masters are");
        hs_html_text(h, p->n_listed ? " worth re-issuing." : "nothing is worth re-issuing.");
    }
    hs_html_literal(h, "</h1>");
}

/* The track with rank 1. */
static void put_start(struct hs_pages *p, struct hs_html *h)
{
    for (size_t i = 0; i < p->audit->n_shortlist; i++) {
        const struct hs_shortlist_row *row = &p->audit->shortlist[i];
        if (row->rank != 1)
            continue;
        hs_html_literal(h, ": start with ");
        hs_html_track_link(h, &p->audit->tracks[row->track]);
        return;
    }
}

struct masters {
    size_t tracks, releases;
};

/* Tracks and releases that are out: a mix that is to be released has no master. */
static struct masters masters_of(const struct hs_audit *audit)
{
    struct masters m = {0};
    for (size_t i = 0, last = SIZE_MAX; i < audit->job->n_tracks; i++) {
        const struct hs_track *t = &audit->job->tracks[i];
        if (!t->master.path)
            continue;
        m.tracks++;
        m.releases += t->release != last;
        last = t->release;
    }
    return m;
}

/* What leans and what stands on one release only, but for what the heading has named. */
static void put_leaning(struct hs_pages *p, struct hs_html *h)
{
    bool recurs = hs_habits_of(p, HS_RECURS), leans = count_among(p, HS_LEANS, false);
    if (recurs)
        put_named(p, h, HS_LEANS, false, "Perhaps a habit: ");
    else if (leans)
        hs_html_literal(h, "Nothing is shown to recur yet. ");
    else if (count_among(p, HS_ON_ONE_RELEASE, false))
        hs_html_text(h, masters_of(p->audit).releases > 1
                            ? "Nothing is shown to recur. "
                            : "Whether it is a habit only other releases can tell. ");
    if (recurs || leans)
        put_named(p, h, HS_ON_ONE_RELEASE, false, "On one release: ");
    put_named(p, h, HS_LEANS, true, "Rare, if more often than elsewhere: ");
    hs_html_changes_named(p, h, NAMED);
    hs_html_mastering_claims(p, h, NAMED);
}

/* "2 others are to be heard before anything is done; leave the other 7 alone." */
static void put_rest(const struct hs_pages *p, struct hs_html *h)
{
    size_t listen = not_listed(p, true), left = not_listed(p, false);
    if (listen)
        hs_html_textf(h, "%zu %s to be heard before anything is done%s", listen,
                      p->n_listed   ? listen == 1 ? "other is" : "others are"
                      : listen == 1 ? "is"
                                    : "are",
                      left ? "; " : ".");
    if (left)
        hs_html_textf(h, "%s the %s%zu alone.", listen ? "leave" : "Leave",
                      p->n_listed || listen ? "other " : "", left);
}

/* What recurs and leans, where to start, what to leave alone, and what could not be said. */
static void put_lead(struct hs_pages *p, struct hs_html *h)
{
    size_t n = hs_habits_of(p, HS_RECURS);
    hs_html_literal(h, "<p class=\"lead\">");
    bool beside = hs_html_against_references(p, h); /* then "this" would be the sentence before */
    if (n && !recurs_still(p))
        hs_html_text(h, beside   ? "What the heading names recurred, and has ended. "
                        : n == 1 ? "It recurred, and has ended. "
                                 : "They recurred, and have ended. ");
    else if (recurs_still(p) < n)
        hs_html_textf(h, "%zu of %s %zu%s recur; the rest has ended. ", recurs_still(p),
                      beside ? "the" : "these", n, beside ? " of the heading" : "");
    else if (n == 1)
        hs_html_text(h, beside ? "What the heading names recurs. " : "This recurs. ");
    else if (n == 2)
        hs_html_text(h, beside ? "Both of the heading recur. " : "Both recur. ");
    else if (n)
        hs_html_textf(h, beside ? "The %zu of the heading recur. " : "These %zu recur. ", n);
    put_leaning(p, h);
    if (!p->n_listed)
        hs_html_text(h, n || count_among(p, HS_LEANS, false) ||
                                count_among(p, HS_ON_ONE_RELEASE, false)
                            ? "None of the masters is worth re-issuing by what was measured. "
                            : "");
    else {
        hs_html_textf(h, "%zu of the ", p->n_listed);
        hs_html_count(h, masters_of(p->audit).tracks, "master", "masters");
        hs_html_text(h, p->n_listed == 1 ? " is worth re-issuing" : " are worth re-issuing");
        put_start(p, h);
        hs_html_literal(h, ". ");
    }
    /* what was left out, and what could not be read */
    put_rest(p, h);
    if (!p->n_pairs && p->n_counted)
        hs_html_literal(h, " No mix could be compared with its master, so where a fault came from "
                           "is not said.");
    hs_html_literal(h, "</p>");
    if (p->n_failed) {
        hs_html_literal(h, "<p><strong>");
        hs_html_count(h, p->n_failed, "file", "files");
        hs_html_literal(h, " could not be read</strong> (<a");
        hs_html_attrf(h, "href", "#%sunread", h->prefix ? h->prefix : "");
        hs_html_literal(h, ">which, and why</a>).</p>");
    }
}

void hs_html_headline(struct hs_pages *p, struct hs_html *h)
{
    hs_html_literal(h, "<div class=\"hero\">");
    put_headline(p, h);
    put_lead(p, h);
    hs_html_literal(h, "</div>\n");
}

static void put_figure(struct hs_html *h, size_t n, const char *words)
{
    hs_html_literal(h, "<div><dt>");
    hs_html_text(h, words);
    hs_html_literal(h, "</dt><dd>");
    hs_html_grouped(h, n);
    hs_html_literal(h, "</dd></div>");
}

/* Ear notes on the master that agree with the measure (both heard and found, or neither), and all
 * of them. */
static void count_agreement(const struct hs_pages *p, size_t *agree, size_t *answers)
{
    for (size_t i = 0; i < p->audit->n_recurring; i++) {
        const struct hs_agreement *a = &p->audit->recurring[i].in_master;
        *agree += (size_t)(a->both + a->neither);
        *answers += (size_t)(a->both + a->neither + a->ear_only + a->machine_only);
    }
}

/* The numbers of the whole audit: masters, pairs, judgements, faults by mastering, agreement with
 * ear notes. */
void hs_html_figures(struct hs_pages *p, struct hs_html *h)
{
    const struct hs_job *job = p->audit->job;
    const struct masters masters = masters_of(p->audit);
    size_t judged = 0, brought = 0, cured = 0, agree = 0, answers = 0;
    char words[128];
    /* over the whole catalogue: masters, pairs, judgements, faults by mastering */
    for (size_t i = 0; i < job->n_tracks; i++)
        judged += p->audit->tracks[i].n_judgements > 0;
    for (size_t i = 0; i < p->n_rules; i++) {
        brought += hs_habit_by_mastering(&p->rules[i]);
        cured += p->rules[i].cured;
    }
    hs_html_section(h, "figures", NULL, "The figures");
    hs_html_literal(h, "<dl class=\"figures\">");
    snprintf(words, sizeof words, "%s judged, on %zu %s", judged == 1 ? "master" : "masters",
             masters.releases, masters.releases == 1 ? "release" : "releases");
    put_figure(h, judged, words);
    put_figure(h, p->n_pairs, p->n_pairs == 1 ? "mix compared" : "mixes compared");
    snprintf(words, sizeof words, "judgements made; %zu more were not possible, and each says why",
             p->n_not_judged);
    put_figure(h, p->n_judged, words);
    if (p->n_pairs) {
        put_figure(h, brought,
                   brought == 1 ? "fault brought in or exposed by mastering"
                                : "faults brought in or exposed by mastering");
        put_figure(h, cured,
                   cured == 1 ? "fault of a mix cured by mastering"
                              : "faults of mixes cured by mastering");
    }
    /* only where the artist has lists of their own */
    count_agreement(p, &agree, &answers);
    if (answers) {
        snprintf(words, sizeof words, "of %zu ticks of your lists agree with the measure", answers);
        put_figure(h, agree, words);
    }
    hs_html_literal(h, "</dl>");
}
