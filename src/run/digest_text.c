/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One digest in two forms: digest.txt and the mail for people, digest.json for programs. Tracks
 * that came, changed and went stand first, then the short list, then changes of findings by their
 * cause. Titles are found in a sorted copy of the tracks. In a run without changes the JSON is
 * that of a run compared with itself.
 */
#include "run/digest_text.h"
#include "run/digest.h"

#include "core/alloc.h"
#include "core/print.h"
#include "core/text.h"
#include "judge/rule.h"
#include "report/json.h"
#include "report/recurrence.h"
#include "report/words.h"

#include <stdlib.h>
#include <string.h>

static const char *const kind_names[HS_N_CHANGES] = {"new", "worse", "resolved"};
static const char kind_signs[HS_N_CHANGES] = {'+', '!', '-'};
/* As digest.json has had them since its first version. */
static const char *const cause_keys[HS_N_CAUSES] = {"music", "hindsight", "yardstick"};
static const char *const cause_titles[HS_N_CAUSES] = {
    "In the music", "Because hindsight itself has changed",
    "Because what they are held against has changed (references, or the rest of the catalogue)"};

/* The tracks of the job by id, so that each title is found in a few steps. */
struct titles {
    const struct hs_job *job;
    const struct hs_track **by_id;
};

static int by_id(const void *a, const void *b)
{
    return strcmp((*(const struct hs_track *const *)a)->id,
                  (*(const struct hs_track *const *)b)->id);
}

/* The caller frees by_id. */
static struct titles titles_of(const struct hs_job *job)
{
    struct titles t = {job, hs_malloc((job->n_tracks + 1) * sizeof(const struct hs_track *))};
    for (size_t i = 0; i < job->n_tracks; i++)
        t.by_id[i] = &job->tracks[i];
    qsort(t.by_id, job->n_tracks, sizeof *t.by_id, by_id);
    return t;
}

/* "Release / Song" of an id; the id itself where the track has left the job. */
static void put_title(struct hs_buf *out, const struct titles *titles, const char *id)
{
    struct hs_track wanted = {.id = id};
    const struct hs_track *key = &wanted,
                          **found = bsearch(&key, titles->by_id, titles->job->n_tracks,
                                            sizeof *titles->by_id, by_id);
    if (!found) {
        hs_text_put_plain(out, id);
        return;
    }
    hs_text_put_plain(out, titles->job->releases[(*found)->release].title);
    hs_buf_puts(out, " / ");
    hs_text_put_plain(out, (*found)->title);
}

/* A heading and a line for each track, with `sign` before it: + came, - went, ~ changed. */
static void put_tracks(struct hs_buf *out, const struct titles *titles, char sign, const char *what,
                       const char **ids, size_t n)
{
    if (!n)
        return;
    hs_buf_printf(out, "%s: %zu\n", what, n);
    for (size_t i = 0; i < n; i++) {
        hs_buf_printf(out, "  %c ", sign);
        put_title(out, titles, ids[i]);
        hs_buf_putc(out, '\n');
    }
}

/* One change of a finding: sign, song, rule, what happened, and the severities. */
static void put_change(struct hs_buf *out, const struct titles *titles, const struct hs_change *c)
{
    hs_buf_printf(out, "  %c ", kind_signs[c->kind]);
    put_title(out, titles, c->track);
    const struct hs_rule *rule = hs_rule_find(c->rule);
    hs_buf_printf(out, ": %s, %s", rule ? rule->title : c->rule, kind_names[c->kind]);
    if (c->kind == HS_CHANGE_NEW)
        hs_buf_printf(out, " (%s)", hs_severity_name(c->now));
    else if (c->kind == HS_CHANGE_WORSE)
        hs_buf_printf(out, " (%s, was %s)", hs_severity_name(c->now), hs_severity_name(c->before));
    else
        hs_buf_printf(out, " (was %s)", hs_severity_name(c->before));
    hs_buf_putc(out, '\n');
}

/* How many changes have this cause. */
static size_t count_cause(const struct hs_digest *d, enum hs_change_cause cause)
{
    size_t n = 0;
    for (size_t i = 0; i < d->n_changes; i++)
        n += d->changes[i].cause == cause;
    return n;
}

/* At most twenty of what is unfinished or in quarantine, each with its reason. */
static void put_unfinished(struct hs_buf *out, const struct hs_unfinished *items, size_t n)
{
    enum { MOST = 20 };
    if (n)
        hs_buf_printf(out, "Unfinished, or in quarantine: %zu\n", n);
    for (size_t i = 0; i < n && i < MOST; i++) {
        const struct hs_unfinished *u = &items[i];
        hs_buf_puts(out, u->given_up ? "  given up    " : "  tried again ");
        hs_text_put_plain(out, u->what);
        hs_buf_puts(out, ": ");
        hs_text_put_plain(out, u->why);
        hs_buf_putc(out, '\n');
    }
    if (n > MOST)
        hs_buf_puts(out, "  ... all of them stand in audit.json\n");
}

/* How many tracks and findings there are now, whatever changed. */
static void put_standing(struct hs_buf *out, size_t n_tracks, size_t n_findings)
{
    hs_buf_printf(out, "\n%zu track%s, %zu finding%s.\n", n_tracks, n_tracks == 1 ? "" : "s",
                  n_findings, n_findings == 1 ? " stands" : "s stand");
}

/* " until 2003", where a release began or ended it. */
static void put_since(struct hs_buf *out, const struct hs_audit *audit, const struct hs_since *s)
{
    hs_buf_printf(out, " %s %d", s->began ? "since" : "until",
                  audit->job->releases[hs_since_release(audit, s)].year);
}

/* "Recurs: too bright (B. Master), muddy until 2003": as the first screen names them. */
static void put_verdict(struct hs_buf *out, const struct hs_audit *audit, enum hs_verdict verdict,
                        const char *words)
{
    size_t said = 0;
    for (size_t i = 0; i < audit->n_recurring; i++) {
        const struct hs_recurrence *r = &audit->recurring[i];
        if (r->verdict != verdict)
            continue;
        const struct hs_group *whose = hs_group_to_name(r);
        hs_buf_printf(out, "%s%s", said++ ? ", " : words, hs_recurrence_title(r));
        if (whose) {
            hs_buf_puts(out, " (");
            hs_text_put_plain(out, whose->name);
            hs_buf_puts(out, ")");
        }
        if (r->of_stretch)
            put_since(out, audit, &r->since);
    }
    hs_buf_puts(out, said ? "\n" : "");
}

/* "Changed: dual mono since 2003": what began or ended and has no verdict above. */
static void put_changed(struct hs_buf *out, const struct hs_audit *audit)
{
    size_t said = 0;
    for (size_t i = 0; i < audit->n_recurring; i++) {
        const struct hs_recurrence *r = &audit->recurring[i];
        if (!hs_since_alone(r))
            continue;
        hs_buf_printf(out, "%s%s", said++ ? ", " : "Changed: ", hs_since_title(r));
        put_since(out, audit, &r->since);
    }
    hs_buf_puts(out, said ? "\n" : "");
}

/* Verdicts over the catalogue, the strongest first, then changes. */
static void put_habits(struct hs_buf *out, const struct hs_audit *audit)
{
    put_verdict(out, audit, HS_RECURS, "Recurs: ");
    put_verdict(out, audit, HS_LEANS, "Leans, a sound or a habit: ");
    put_verdict(out, audit, HS_ON_ONE_RELEASE, "On one release: ");
    put_changed(out, audit);
}

/* The digest of a run in which nothing was recomputed, with the date of the report that stands. */
void hs_digest_text_unchanged(const struct hs_run *last, const struct hs_job *job,
                              const struct hs_unfinished *unfinished, size_t n_unfinished,
                              const char *since, struct hs_buf *out)
{
    size_t n = 0;
    for (size_t i = 0; i < last->n_tracks; i++)
        n += last->tracks[i].n_findings;
    hs_buf_puts(out, "hindsight: ");
    hs_text_put_plain(out, job->artist ? job->artist : job->name);
    put_standing(out, last->n_tracks, n);
    put_unfinished(out, unfinished, n_unfinished);
    hs_buf_printf(out, "Nothing has changed since %s.\n", since);
}

void hs_digest_text(const struct hs_digest *d, const struct hs_audit *audit, struct hs_buf *out)
{
    hs_buf_puts(out, "hindsight: ");
    hs_text_put_plain(out, audit->job->artist ? audit->job->artist : audit->job->name);
    put_standing(out, d->n_tracks, d->n_findings);
    put_habits(out, audit);
    put_unfinished(out, audit->unfinished, audit->n_unfinished);
    if (d->first) {
        hs_buf_puts(out, "First run: there is nothing to compare with yet.\n");
        return;
    }
    if (hs_digest_quiet(d)) {
        hs_buf_puts(out, "Nothing has changed since the last run.\n");
        return;
    }
    struct titles titles = titles_of(audit->job);
    put_tracks(out, &titles, '+', "New tracks", d->new_tracks, d->n_new);
    put_tracks(out, &titles, '~', "Changed tracks", d->changed_tracks, d->n_changed);
    put_tracks(out, &titles, '-', "Removed tracks", d->removed_tracks, d->n_removed);
    put_tracks(out, &titles, '+', "On the short list now", d->listed, d->n_listed);
    put_tracks(out, &titles, '-', "Off the short list now", d->unlisted, d->n_unlisted);
    /* changes of findings by their cause, so that a new program is not taken for new faults */
    for (int cause = 0; cause < HS_N_CAUSES; cause++) {
        size_t n = count_cause(d, (enum hs_change_cause)cause);
        if (!n)
            continue;
        hs_buf_printf(out, "%s: %zu finding%s\n", cause_titles[cause], n, n == 1 ? "" : "s");
        for (size_t i = 0; i < d->n_changes; i++)
            if ((int)d->changes[i].cause == cause)
                put_change(out, &titles, &d->changes[i]);
    }
    hs_free(titles.by_id);
}

/* A key with an array of ids. */
static void put_ids(struct hs_buf *out, const char *key, const char **ids, size_t n)
{
    hs_buf_printf(out, ",\"%s\":[", key);
    for (size_t i = 0; i < n; i++) {
        hs_buf_puts(out, i ? "," : "");
        hs_json_quote(out, ids[i]);
    }
    hs_buf_putc(out, ']');
}

void hs_digest_json(const struct hs_digest *d, const struct hs_job *job, size_t unfinished,
                    struct hs_buf *out)
{
    hs_buf_puts(out, "{\"format\":\"hindsight-digest/1\",\"job\":");
    hs_json_quote(out, job->name);
    hs_buf_puts(out, ",\"artist\":");
    if (job->artist)
        hs_json_quote(out, job->artist);
    else
        hs_buf_puts(out, "null");
    hs_buf_printf(out,
                  ",\"unfinished\":%zu,\"first\":%s,\"tracks\":%zu,"
                  "\"findings\":%zu",
                  unfinished, d->first ? "true" : "false", d->n_tracks, d->n_findings);
    put_ids(out, "new_tracks", d->new_tracks, d->n_new);
    put_ids(out, "changed_tracks", d->changed_tracks, d->n_changed);
    put_ids(out, "removed_tracks", d->removed_tracks, d->n_removed);
    put_ids(out, "listed", d->listed, d->n_listed);
    put_ids(out, "unlisted", d->unlisted, d->n_unlisted);
    for (int cause = 0; cause < HS_N_CAUSES; cause++) {
        bool first = true;
        hs_buf_printf(out, ",\"%s\":[", cause_keys[cause]);
        for (size_t i = 0; i < d->n_changes; i++) {
            const struct hs_change *c = &d->changes[i];
            if ((int)c->cause != cause)
                continue;
            hs_buf_printf(out, "%s{\"change\":\"%s\",\"track\":", first ? "" : ",",
                          kind_names[c->kind]);
            hs_json_quote(out, c->track);
            hs_buf_printf(out, ",\"rule\":\"%s\",\"before\":\"%s\",\"now\":\"%s\"}", c->rule,
                          hs_severity_name(c->before), hs_severity_name(c->now));
            first = false;
        }
        hs_buf_putc(out, ']');
    }
    hs_buf_puts(out, "}\n");
}

/* By comparing the last run with itself, so that all keys are there. */
void hs_digest_json_unchanged(const struct hs_run *last, const struct hs_job *job,
                              size_t unfinished, struct hs_arena *a, struct hs_buf *out)
{
    struct hs_digest d;
    hs_digest_make(last, last, a, &d);
    d.first = false;
    hs_digest_json(&d, job, unfinished, out);
}

enum hs_status hs_digest_print(const struct hs_digest *d, const struct hs_job *job,
                               size_t unfinished, struct hs_error *err)
{
    struct hs_buf out = {0};
    hs_digest_json(d, job, unfinished, &out);
    enum hs_status status = hs_print(out.data, out.len, err);
    hs_buf_free(&out);
    return status;
}

enum hs_status hs_digest_print_unchanged(const struct hs_run *last, const struct hs_job *job,
                                         size_t unfinished, struct hs_arena *a,
                                         struct hs_error *err)
{
    struct hs_buf out = {0};
    hs_digest_json_unchanged(last, job, unfinished, a, &out);
    enum hs_status status = hs_print(out.data, out.len, err);
    hs_buf_free(&out);
    return status;
}
