/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The variables of the engines stand in a table with the number from which each counts. LSF says
 * 0 and Grid Engine "undefined" to a task of no array: both are passed over, and the next
 * variable is asked.
 */
#include "shards/numbers.h"

#include "core/num.h"

#include <math.h>
#include <stdlib.h>

/* As job arrays take them: "17,203-205". */
void hs_shard_list(const bool *in, size_t n, struct hs_buf *out)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        size_t last = i;
        if (!in[i])
            continue;
        while (last + 1 < n && in[last + 1])
            last++;
        hs_buf_printf(out, any ? ",%zu" : "%zu", i);
        if (last > i)
            hs_buf_printf(out, "-%zu", last);
        any = true;
        i = last;
    }
}

/* The variables in which engines tell a task its index, and from where they count. */
static const struct index_variable {
    const char *name;
    int first;
} variables[] = {
    {"HINDSIGHT_SHARD", 0}, {"SLURM_ARRAY_TASK_ID", 0},  {"PBS_ARRAY_INDEX", 0},
    {"PBS_ARRAYID", 0},     {"JOB_COMPLETION_INDEX", 0}, {"AWS_BATCH_JOB_ARRAY_INDEX", 0},
    {"LSB_JOBINDEX", 1},    {"SGE_TASK_ID", 1},
};

/* From the engine's count to one from 0. */
static bool parse(const char *text, int first, size_t n, size_t *out)
{
    double x;
    if (!hs_num_parse(text, &x) || x != floor(x) || x < first || x >= (double)n + first)
        return false;
    *out = (size_t)(x - first);
    return true;
}

/* What was said, else the first variable of an engine that has a number. */
enum hs_status hs_shard_number(const char *text, size_t n, size_t *out, struct hs_error *err)
{
    const char *name = "the shard";
    int first = 0;
    for (size_t i = 0; !text && i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i].name);
        double x; /* LSF says 0, Grid Engine "undefined" where there is no array */
        if (!value || !hs_num_parse(value, &x) || x < variables[i].first)
            continue;
        text = value;
        name = variables[i].name;
        first = variables[i].first;
    }
    if (!text)
        return hs_fail(err, HS_E_USAGE,
                       "found no number of a shard, and no variable of a job array that says it; "
                       "expected one from 0 to %zu",
                       n - 1);
    if (!parse(text, first, n, out))
        return hs_fail(err, HS_E_USAGE, "found \"%.40s\" for %s, expected a number from %d to %zu",
                       text, name, first, n - 1 + (size_t)first);
    return HS_OK;
}
