/* SPDX-License-Identifier: Apache-2.0 */
/* Which tracks came on the short list and which left it, by comparing its ranks with those of the
 * last shortlist.csv. People may have edited that file: without a column "id" nothing is said. */
#include "run/digest_list.h"

#include "report/csv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Is the id among the sorted ones? */
static bool holds(const char **sorted, size_t n, const char *id)
{
    return n && bsearch(&id, sorted, n, sizeof *sorted, by_text);
}

/* Ids of ranked rows, sorted. */
static size_t ranked_before(const struct hs_csv_table *t, const char **out)
{
    size_t id = hs_csv_column(t, "id"), rank = hs_csv_column(t, "rank"), n = 0;
    for (size_t i = 1; i < t->n && id != SIZE_MAX && rank != SIZE_MAX; i++)
        if (atoi(hs_csv_cell(t, i, rank)) > 0)
            out[n++] = hs_csv_cell(t, i, id);
    if (n)
        qsort(out, n, sizeof *out, by_text);
    return n;
}

/* The same of this audit. */
static size_t ranked_now(const struct hs_audit *audit, const char **out)
{
    size_t n = 0;
    for (size_t i = 0; i < audit->n_shortlist; i++)
        if (audit->shortlist[i].rank)
            out[n++] = audit->job->tracks[audit->shortlist[i].track].id;
    if (n)
        qsort(out, n, sizeof *out, by_text);
    return n;
}

void hs_digest_list(struct hs_digest *d, const struct hs_audit *audit, const struct hs_buf *csv,
                    struct hs_arena *a)
{
    struct hs_csv_table t;
    if (d->first || !csv->len)
        return;
    hs_csv_parse(csv->data, csv->len, a, &t);
    if (hs_csv_column(&t, "id") == SIZE_MAX)
        return;
    const char **before = HS_ARENA_ARRAY(a, const char *, t.n + 1);
    const char **now = HS_ARENA_ARRAY(a, const char *, audit->n_shortlist + 1);
    size_t n_before = ranked_before(&t, before), n_now = ranked_now(audit, now);
    d->listed = HS_ARENA_ARRAY(a, const char *, n_now + 1);
    d->unlisted = HS_ARENA_ARRAY(a, const char *, n_before + 1);
    for (size_t i = 0; i < n_now; i++)
        if (!holds(before, n_before, now[i]))
            d->listed[d->n_listed++] = now[i];
    for (size_t i = 0; i < n_before; i++)
        if (!holds(now, n_now, before[i]))
            d->unlisted[d->n_unlisted++] = before[i];
}
