/* SPDX-License-Identifier: Apache-2.0 */
/* Results whose series and long texts stay in the store until somebody looks at them. */
#include "core/wire.h"
#include "judge/rule.h"
#include "pair/pack.h"
#include "pool/tasks.h"
#include "run/collect.h"

#include <string.h>

struct stored {
    enum hs_result_kind kind;
    uint64_t key[4], version;
    size_t key_n;
};

/* The layouts are those of collect.c and collect_pairs.c. */
static bool unpack(const struct stored *id, const struct hs_buf *data, struct hs_values *out)
{
    if (id->kind == HS_RESULT_PAIR) {
        struct hs_pair pair;
        bool whole = hs_reply_pair(data->data, data->len, out->arena, &pair, NULL) == HS_OK;
        if (whole)
            *out = pair.values;
        return whole;
    }
    size_t n;
    struct hs_file file = {0};
    struct hs_cursor c = hs_cursor(data->data, data->len);
    hs_wire_take_blob(&c, &n); /* the versions of the analysers */
    if (c.bad || hs_wire_take_file_result(c.p, c.left, out->arena, &file, NULL) != HS_OK)
        return false;
    *out = file.values;
    return true;
}

static bool read_stored(void *ctx, const void *id, struct hs_values *out)
{
    const struct hs_collect *c = ctx;
    const struct stored *s = id;
    struct hs_buf data = {0};
    bool found = c->store &&
                 hs_store_find(c->store, s->kind, s->key, s->key_n, s->version, &data) &&
                 unpack(s, &data, out);
    hs_buf_free(&data);
    return found;
}

/* What a rule reads it reads of every track, twice. */
static bool is_needed(void *ctx, const char *key)
{
    (void)ctx;
    for (size_t t = 0; t < hs_n_rules; t++)
        for (size_t r = 0; r < hs_rule_tables[t]->n; r++) {
            const char *const *needs = hs_rule_tables[t]->rules[r].needs;
            for (size_t k = 0; k < HS_MAX_NEEDS && needs[k]; k++)
                if (!strcmp(needs[k], key))
                    return true;
        }
    return false;
}

struct hs_bulk *hs_collect_bulk(struct hs_collect *c)
{
    c->bulk.stays = is_needed;
    c->bulk.read = read_stored;
    c->bulk.ctx = c;
    return c->store ? &c->bulk : NULL;
}

const void *hs_collect_bulk_id(struct hs_collect *c, enum hs_result_kind kind, const void *key,
                               size_t key_n, uint64_t version)
{
    struct stored *s = HS_ARENA_NEW(c->arena, struct stored);
    *s = (struct stored){.kind = kind, .version = version, .key_n = key_n};
    memcpy(s->key, key, key_n);
    return s;
}

void hs_collect_free(struct hs_collect *c)
{
    char how[64];
    hs_child_end(&c->worker, false, how, sizeof how);
    hs_bulk_free(&c->bulk);
    hs_entries_free(&c->entries);
}
