/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. One row a rule: first what recurs, in the order of catalogue/, then all rules that were
 *    asked, then rules that findings name and this program does not know.
 * 2. One walk over the tracks counts findings, judgements, pairs and files that failed, in all
 *    and by rule.
 * 3. Releases get file names of a number and the letters of their title; tracks get their row of
 *    the short list and their clips.
 * 4. The navigation is the pages that have a word for it and exist in this report, by their
 *    place.
 */
#include "report/pages.h"
#include "report/track.h"

#include "core/alloc.h"

#include <ctype.h>

/* A file name from a title: ASCII letters and digits, the rest as single hyphens. The
 * number in front keeps two releases of one title apart and the folder in order. */
static const char *release_file(struct hs_arena *a, const char *title, size_t number)
{
    char slug[41];
    size_t n = 0;
    for (const unsigned char *p = (const unsigned char *)title; *p && n + 1 < sizeof slug; p++) {
        if (*p < 0x80 && isalnum(*p))
            slug[n++] = (char)tolower(*p);
        else if (n && slug[n - 1] != '-')
            slug[n++] = '-';
    }
    while (n && slug[n - 1] == '-')
        n--;
    slug[n] = 0;
    return hs_arena_printf(a, "%02zu%s%s", number, n ? "-" : "", slug);
}

/* The row of a rule by its id; NULL: not listed. */
static struct hs_rule_count *count_of(struct hs_pages *p, const char *id)
{
    for (size_t i = 0; i < p->n_rules; i++)
        if (hs_same_rule(p->rules[i].id, id))
            return &p->rules[i];
    return NULL;
}

/* Adds a row where the rule has none yet. */
static void add_rule(struct hs_pages *p, size_t *cap, const char *id,
                     const struct hs_recurrence *recurrence)
{
    if (count_of(p, id))
        return;
    p->rules = hs_arena_grow(&p->arena, p->rules, p->n_rules, cap, sizeof *p->rules);
    p->rules[p->n_rules++] =
        (struct hs_rule_count){.id = id, .rule = hs_rule_find(id), .recurrence = recurrence};
}

/* The rows in the order in which pages show them: what recurs first. */
static void list_rules(struct hs_pages *p)
{
    size_t cap = 0;
    const struct hs_audit *audit = p->audit;
    for (size_t i = 0; i < audit->n_recurring; i++)
        add_rule(p, &cap, audit->recurring[i].rule, &audit->recurring[i]);
    for (size_t i = 0; i < hs_rule_count(); i++)
        if (hs_rule_is_asked(hs_rule_at(i), audit->survival))
            add_rule(p, &cap, hs_rule_at(i)->id, NULL);
    for (size_t t = 0; t < audit->job->n_tracks; t++)
        for (size_t f = 0; f < audit->tracks[t].n_findings; f++)
            add_rule(p, &cap, audit->tracks[t].findings[f].rule, NULL);
}

/* Adds one finding to its rule; cured and accepted ones are counted apart. */
static void count_finding(struct hs_pages *p, const struct hs_finding *f)
{
    struct hs_rule_count *r = count_of(p, f->rule);
    r->found++;
    r->cured += hs_finding_cured(f);
    r->accepted += f->accepted;
    bool fault = !f->accepted && f->origin != HS_ORIGIN_CURED && f->severity >= HS_MINOR;
    r->of_another += fault && f->explained_by && f->counting == HS_COUNTS_BY_ITSELF;
    r->counted_as_part += fault && f->counting == HS_COUNTED_AS_ITS_PART;
    p->n_counted += hs_finding_counts(f);
    if (!hs_finding_counts_for_rule(f))
        return;
    r->counted++;
    r->by_severity[f->severity]++;
    r->origins[f->origin]++;
}

/* Adds one track to the counts of rules and of the whole report. */
static void count_track(struct hs_pages *p, const struct hs_track_result *t)
{
    for (size_t i = 0; i < t->n_findings; i++)
        count_finding(p, &t->findings[i]);
    for (size_t i = 0; i < t->n_judgements; i++) {
        struct hs_rule_count *r = count_of(p, t->judgements[i].of->rule);
        if (r && hs_track_counts_for_rule(t, t->judgements[i].of->rule))
            r->judged++;
    }
    for (size_t i = 0; i < t->n_not_judged; i++) {
        struct hs_rule_count *r = count_of(p, t->not_judged[i].rule);
        if (r)
            r->not_judged++;
    }
    p->n_judged += t->n_judgements;
    p->n_not_judged += t->n_not_judged;
    p->n_failed += t->master.state != HS_FILE_OK && t->master.state != HS_FILE_NONE;
    p->n_failed += t->mix.state != HS_FILE_OK && t->mix.state != HS_FILE_NONE;
    p->n_pairs += t->pair.state == HS_PAIR_ALIGNED || t->pair.state == HS_PAIR_EDITED;
}

/* The clip of each finding, by track and finding, so that pages find it at once. Clips of examples
 * without a finding are found by track and rule (hs_pages_example). */
static void place_clips(struct hs_pages *p)
{
    const struct hs_clips *clips = p->options->clips;
    size_t n = p->audit->job->n_tracks;
    p->clips = HS_ARENA_ARRAY(&p->arena, const struct hs_clip **, n + 1);
    for (size_t i = 0; clips && p->options->clips_dir && i < clips->n; i++) {
        const struct hs_clip *c = &clips->items[i];
        if (!c->made || c->track >= n ||
            c->finding >= p->audit->tracks[c->track].n_findings) /* examples stand elsewhere */
            continue;
        if (!p->clips[c->track])
            p->clips[c->track] = HS_ARENA_ARRAY(&p->arena, const struct hs_clip *,
                                                p->audit->tracks[c->track].n_findings);
        p->clips[c->track][c->finding] = c;
    }
}

/* Pages with a word for the navigation that exist in this report, sorted by place. */
static void list_navigation(struct hs_pages *p)
{
    p->nav = HS_ARENA_ARRAY(&p->arena, const struct hs_page *, hs_n_pages + 1);
    for (size_t i = 0; i < hs_n_pages; i++) {
        const struct hs_page *page = hs_page_table[i];
        if (!page->nav || !hs_pages_of(p, page))
            continue;
        size_t at = p->n_nav++;
        for (; at > 0 && p->nav[at - 1]->place > page->place; at--)
            p->nav[at] = p->nav[at - 1];
        p->nav[at] = page;
    }
}

/* Counts and lists that all pages share, made once. */
void hs_pages_init(struct hs_pages *p, const struct hs_audit *audit,
                   const struct hs_report_options *options)
{
    *p = (struct hs_pages){.audit = audit, .options = options};
    const struct hs_job *job = audit->job;
    list_rules(p);
    for (size_t t = 0; t < job->n_tracks; t++)
        count_track(p, &audit->tracks[t]);
    p->release_file = HS_ARENA_ARRAY(&p->arena, const char *, job->n_releases + 1);
    for (size_t i = 0; i < job->n_releases; i++)
        p->release_file[i] = release_file(&p->arena, job->releases[i].title, i + 1);
    p->row = HS_ARENA_ARRAY(&p->arena, const struct hs_shortlist_row *, job->n_tracks + 1);
    for (size_t i = 0; i < audit->n_shortlist; i++) {
        p->row[audit->shortlist[i].track] = &audit->shortlist[i];
        p->n_listed += audit->shortlist[i].rank > 0;
    }
    hs_sister_levels_init(&p->levels, audit, &p->arena);
    place_clips(p);
    list_navigation(p);
}

void hs_pages_free(struct hs_pages *p)
{
    hs_arena_free(&p->arena);
}

/* How many pages a descriptor makes: as it counts itself, one for each track, or one. */
size_t hs_pages_of(const struct hs_pages *p, const struct hs_page *page)
{
    if (page->count)
        return page->count(p);
    return page->of_track ? p->audit->job->n_tracks : 1;
}

const struct hs_clip *hs_pages_clip(const struct hs_pages *p, const struct hs_track_result *t,
                                    const struct hs_finding *f)
{
    const struct hs_clip **of_track = p->clips[t - p->audit->tracks];
    return of_track ? of_track[f - t->findings] : NULL;
}

const struct hs_release_row *hs_pages_release_row(const struct hs_pages *p, size_t release)
{
    if (release < p->audit->n_release_rows && p->audit->release_rows[release].release == release)
        return &p->audit->release_rows[release]; /* as catalogue/ leaves them */
    for (size_t i = 0; i < p->audit->n_release_rows; i++)
        if (p->audit->release_rows[i].release == release)
            return &p->audit->release_rows[i];
    return NULL;
}

const struct hs_clip *hs_pages_example(const struct hs_pages *p, size_t track, const char *rule)
{
    return p->options->clips_dir ? hs_clips_of(p->options->clips, track, rule) : NULL;
}
