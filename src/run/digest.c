/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a run keeps of each track, and what changed from one run to the next.
 * 1. A track keeps the hashes of its master and mix and the findings that count. Tracks are
 *    sorted by id.
 * 2. A rule that fired in the last run and is more than 0.5 audible steps now, but fires no more,
 *    is kept as a note. So a value near its limit is not reported anew in each run.
 * 3. A track without an answer in this run keeps what the last run knew of it.
 * 4. Findings of both runs are compared by track and rule: new, worse (higher severity), or
 *    resolved. A lower severity is no change.
 * 5. The cause of a change is the music where the track is new or a hash differs, else the program
 *    where its version differs, else the reference model.
 */
#include "run/digest.h"

#include "core/alloc.h"
#include "core/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How far inside its limit (in audible steps) a finding must be to count as resolved. */
static const double resolved_margin_steps = 0.5;
/* The lowest severity, a note, begins at one audible step. */
static const double limit_steps = 1;

/* The track of an id by halving; tracks are sorted by it. NULL: it was not there. */
static const struct hs_run_track *track_of(const struct hs_run *r, const char *id)
{
    size_t lo = 0, hi = r->n_tracks;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int d = strcmp(r->tracks[mid].track, id);
        if (!d)
            return &r->tracks[mid];
        if (d < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

/* The finding of a rule in what a run kept of a track; NULL: it did not fire. */
static const struct hs_run_finding *finding_of(const struct hs_run_track *t, const char *rule)
{
    for (size_t i = 0; t && i < t->n_findings; i++)
        if (!strcmp(t->findings[i].rule, rule))
            return &t->findings[i];
    return NULL;
}

/* Is the rule among these findings? */
static bool fires(const struct hs_run_finding *items, size_t n, const char *rule)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(items[i].rule, rule))
            return true;
    return false;
}

/* A rule that fired last time and stands just inside its limit now is kept as a note. */
static size_t carry_over(const struct hs_track_result *t, const struct hs_run_track *old,
                         struct hs_run_finding *items, size_t n)
{
    for (size_t i = 0; old && i < t->n_judgements; i++) {
        const struct hs_judgement *j = &t->judgements[i];
        if (!finding_of(old, j->of->rule) || fires(items, n, j->of->rule) || isnan(j->steps) ||
            (double)j->steps <= limit_steps - resolved_margin_steps)
            continue;
        items[n++] =
            (struct hs_run_finding){.rule = j->of->rule, .severity = HS_NOTE, .steps = j->steps};
    }
    return n;
}

/* What is kept of a track: hashes, and the findings that count; of a track without an answer
 * what the last run knew. */
static void record_track(const struct hs_track_result *t, const struct hs_run *before,
                         struct hs_arena *a, struct hs_run_track *out)
{
    struct hs_run_finding *items =
        HS_NEW_ARRAY(struct hs_run_finding, t->n_findings + t->n_judgements + 1);
    const struct hs_run_track *old = track_of(before, t->track->id);
    size_t n = 0;
    if (t->unfinished && old) { /* no answer is no news */
        *out = *old;
        hs_free(items);
        return;
    }
    *out = (struct hs_run_track){.track = t->track->id};
    memcpy(out->master, t->master.hash, sizeof out->master);
    memcpy(out->mix, t->mix.hash, sizeof out->mix);
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        if (hs_finding_counts(f) && !fires(items, n, f->rule))
            items[n++] =
                (struct hs_run_finding){f->rule, f->severity, isnan(f->steps) ? 0 : f->steps};
    }
    out->n_findings = carry_over(t, old, items, n);
    out->findings = hs_arena_copy(a, items, out->n_findings * sizeof *items);
    hs_free(items);
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct hs_run_track *)a)->track, ((const struct hs_run_track *)b)->track);
}

/* What this run leaves for the next one to compare with. */
void hs_run_of_audit(const struct hs_audit *audit, const struct hs_run *before, struct hs_arena *a,
                     struct hs_run *out)
{
    size_t n = audit->job->n_tracks;
    struct hs_run_track *tracks = HS_ARENA_ARRAY(a, struct hs_run_track, n);
    for (size_t i = 0; i < n; i++)
        record_track(&audit->tracks[i], before, a, &tracks[i]);
    if (n)
        qsort(tracks, n, sizeof *tracks, by_id);
    out->tracks = tracks;
    out->n_tracks = n;
}

/* Severities are HS_NO_FAULT on the side where the finding is not. */
static void add_change(struct hs_digest *d, enum hs_change_cause cause, enum hs_change_kind kind,
                       const char *track, const char *rule, int before, int now)
{
    d->changes = hs_grow(d->changes, d->n_changes, &d->cap, sizeof *d->changes);
    d->changes[d->n_changes++] = (struct hs_change){
        cause, kind, track, rule, (enum hs_severity)before, (enum hs_severity)now};
}

/* New and worse findings of a track against those before, then those that are gone. */
static void compare_track(struct hs_digest *d, enum hs_change_cause cause,
                          const struct hs_run_track *old, const struct hs_run_track *now)
{
    for (size_t i = 0; i < now->n_findings; i++) {
        const struct hs_run_finding *f = &now->findings[i], *was = finding_of(old, f->rule);
        if (!was)
            add_change(d, cause, HS_CHANGE_NEW, now->track, f->rule, 0, f->severity);
        else if (f->severity > was->severity)
            add_change(d, cause, HS_CHANGE_WORSE, now->track, f->rule, was->severity, f->severity);
    }
    for (size_t i = 0; old && i < old->n_findings; i++)
        if (!finding_of(now, old->findings[i].rule))
            add_change(d, cause, HS_CHANGE_RESOLVED, now->track, old->findings[i].rule,
                       old->findings[i].severity, 0);
}

void hs_digest_make(const struct hs_run *before, const struct hs_run *now, struct hs_arena *a,
                    struct hs_digest *d)
{
    *d = (struct hs_digest){.first = !before->n_tracks, .n_tracks = now->n_tracks};
    d->new_tracks = HS_ARENA_ARRAY(a, const char *, now->n_tracks + 1);
    d->changed_tracks = HS_ARENA_ARRAY(a, const char *, now->n_tracks + 1);
    d->removed_tracks = HS_ARENA_ARRAY(a, const char *, before->n_tracks + 1);
    for (size_t i = 0; i < now->n_tracks; i++) {
        const struct hs_run_track *t = &now->tracks[i], *old = track_of(before, t->track);
        bool moved = old && (memcmp(old->master, t->master, sizeof t->master) ||
                             memcmp(old->mix, t->mix, sizeof t->mix));
        /* the music explains a change first, then the program, then what it is held against */
        enum hs_change_cause cause = !old || moved                     ? HS_BY_MUSIC
                                     : before->program != now->program ? HS_BY_PROGRAM
                                                                       : HS_BY_REFERENCE_MODEL;
        if (!old)
            d->new_tracks[d->n_new++] = t->track;
        if (moved)
            d->changed_tracks[d->n_changed++] = t->track;
        d->n_findings += t->n_findings;
        compare_track(d, cause, old, t);
    }
    for (size_t i = 0; i < before->n_tracks; i++)
        if (!track_of(now, before->tracks[i].track))
            d->removed_tracks[d->n_removed++] = before->tracks[i].track;
    struct hs_change *grown = d->changes;
    d->changes = hs_arena_copy(a, grown, d->n_changes * sizeof *grown);
    hs_free(grown);
}

/* The highest severity among what is new or worse: --fail-on asks for it. */
enum hs_severity hs_digest_worst(const struct hs_digest *d)
{
    enum hs_severity worst = HS_NO_FAULT;
    for (size_t i = 0; i < d->n_changes; i++)
        if (d->changes[i].kind != HS_CHANGE_RESOLVED && d->changes[i].now > worst)
            worst = d->changes[i].now;
    return worst;
}

/* Nothing changed at all, so no notice is due. */
bool hs_digest_quiet(const struct hs_digest *d)
{
    return !d->n_changes && !d->n_new && !d->n_changed && !d->n_removed;
}
