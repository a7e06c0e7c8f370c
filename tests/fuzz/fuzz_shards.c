/* SPDX-License-Identifier: Apache-2.0 */
/* What the shards of a run read: the plan (JSON), a shard, and the orders for clips. Any bytes are
 * taken or refused; names that become paths do not leave their folder. */
#include "core/arena.h"
#include "core/buf.h"
#include "run/clip_desk.h"
#include "shards/plan.h"
#include "shards/shard_file.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* The bytes with the checksum they ought to have, so that what is behind it is reached. */
static struct hs_buf summed(const uint8_t *data, size_t n)
{
    struct hs_buf b = {0};
    uint64_t sum = XXH3_64bits(data, n);
    hs_buf_put(&b, data, n);
    hs_buf_put(&b, &sum, sizeof sum);
    return b;
}

static void try_orders(const void *data, size_t n, struct hs_arena *a)
{
    struct hs_clip_wanted *wanted = NULL;
    size_t count = 0;
    if (!hs_clip_orders_take(data, n, a, &wanted, &count))
        return;
    for (size_t i = 0; i < count; i++)
        if (strchr(wanted[i].name, '/') || wanted[i].name[0] == '.')
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct hs_arena a = {0};
    struct hs_shard_plan plan;
    struct hs_job job;
    struct hs_buf whole = summed(data, n);
    if (n)
        hs_shard_plan_parse("plan.json", (const char *)data, n, &a, &plan);
    if (hs_shard_take(whole.data, whole.len, &a, &job))
        for (size_t i = 0; i < job.n_tracks; i++)
            for (size_t k = 0; k < job.tracks[i].n_mixes; k++)
                if (!job.tracks[i].mixes[k].path)
                    abort();
    try_orders(data, n, &a);
    try_orders(whole.data, whole.len, &a);
    hs_buf_free(&whole);
    hs_arena_free(&a);
    return 0;
}
