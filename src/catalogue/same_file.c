/* SPDX-License-Identifier: Apache-2.0 */
/* Rows are brought into the order of the hashes of their masters, those of one hash in the order
 * of the list; then each run of equal hashes is one file. A row whose track is at fault beside the
 * others of its release keeps its own plan. */
#include "catalogue/same_file.h"

#include "core/alloc.h"
#include "judge/rule.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    uint64_t hash[2];
    size_t row;
};

static int by_hash(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    for (int i = 0; i < 2; i++)
        if (x->hash[i] != y->hash[i])
            return x->hash[i] < y->hash[i] ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static const char *release_of(const struct hs_audit *audit, const struct hs_shortlist_row *row)
{
    const char *title = audit->job->releases[audit->tracks[row->track].track->release].title;
    return title ? title : "another release";
}

/* Work on this row's own file has begun. */
static bool has_work(const struct hs_audit *audit, const struct hs_shortlist_row *row)
{
    const struct hs_track_result *t = &audit->tracks[row->track];
    return t->track->update.path || t->first_plan;
}

/* A fault of the file on this release: on another one it may be none. */
static bool has_fault_of_release(const struct hs_audit *audit, const struct hs_shortlist_row *row)
{
    const struct hs_track_result *t = &audit->tracks[row->track];
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_rule *rule = hs_rule_find(t->findings[i].rule);
        if (rule && rule->dimension->beside_others && hs_finding_counts(&t->findings[i]))
            return true;
    }
    return false;
}

static void leave_to(struct hs_audit *audit, const struct hs_shortlist_row *lead,
                     struct hs_shortlist_row *row)
{
    const char *title = audit->tracks[lead->track].track->title;
    *row = (struct hs_shortlist_row){
        .track = row->track,
        .tier = row->tier,
        .severity = row->severity,
        .fixability = row->fixability,
        .reach = row->reach,
        .confidence = row->confidence,
        .why = hs_arena_printf(&audit->arena, "the same file as %s on %s: it is replaced there",
                               title ? title : audit->tracks[lead->track].track->id,
                               release_of(audit, lead))};
}

/* One file: entries 0 .. n-1. */
static void merge(struct hs_audit *audit, struct hs_shortlist_row *rows, const struct entry *of,
                  size_t n)
{
    struct hs_shortlist_row *lead = NULL;
    for (size_t i = 0; i < n && !lead; i++)
        if (rows[of[i].row].action != HS_LEAVE && !has_fault_of_release(audit, &rows[of[i].row]))
            lead = &rows[of[i].row];
    for (size_t i = 0; lead && i < n; i++) {
        struct hs_shortlist_row *row = &rows[of[i].row];
        if (row == lead || has_fault_of_release(audit, row))
            continue;
        lead->why =
            hs_arena_printf(&audit->arena, "%s; also on %s", lead->why, release_of(audit, row));
        if (row->action != HS_LEAVE && !has_work(audit, row))
            leave_to(audit, lead, row);
    }
}

void hs_same_file_merge(struct hs_audit *audit, struct hs_shortlist_row *rows, size_t n)
{
    struct entry *entries = HS_NEW_ARRAY(struct entry, n + 1);
    size_t known = 0, end;
    for (size_t i = 0; i < n; i++) {
        const uint64_t *hash = audit->tracks[rows[i].track].master.hash;
        if (hash[0] || hash[1])
            entries[known++] = (struct entry){{hash[0], hash[1]}, i};
    }
    if (known)
        qsort(entries, known, sizeof *entries, by_hash);
    for (size_t i = 0; i < known; i = end) {
        for (end = i + 1;
             end < known && !memcmp(entries[end].hash, entries[i].hash, sizeof entries[i].hash);)
            end++;
        if (end - i > 1)
            merge(audit, rows, &entries[i], end - i);
    }
    hs_free(entries);
}
