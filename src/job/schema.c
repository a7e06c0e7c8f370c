/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A map is read in the order of the table, not of the file, so that a key may rely on those before
 * it. A key that is not known here is reported with the place where it belongs, else with the
 * nearest name, else with all names of this place.
 */
#include "job/schema.h"

#include "core/alloc.h"
#include "core/text.h"

#include <string.h>

/* The place in words, for messages and for the manual. */
const char *hs_schema_place(unsigned where)
{
    switch (where) {
    case HS_IN_JOB:
        return "the job";
    case HS_IN_TARGETS:
        return "targets";
    case HS_IN_DEFAULTS:
        return "defaults";
    case HS_IN_RELEASE:
        return "a release";
    case HS_IN_TRACK:
        return "a track";
    case HS_IN_HEARD:
        return "a note of heard";
    case HS_IN_BUDGET:
        return "budget";
    case HS_IN_RULE:
        return "the setting of a rule";
    case HS_IN_CHANNELS:
        return "a pair of channels";
    case HS_IN_SEPARATE:
        return "separate";
    case HS_IN_FILE:
        return "a part of a file";
    default:
        return "update";
    }
}

/* "found X for KEY, expected FORM": the one form of all such messages. */
void hs_schema_mismatch(struct hs_load *l, const struct hs_job_key *key,
                        const struct hs_node *value)
{
    hs_problem_add(l->problems, value->line, value->column, "found %s for %s, expected %s",
                   hs_tree_describe(l->problems->arena, value), key->name, key->form);
}

bool hs_schema_is_map(struct hs_load *l, const struct hs_job_key *key, const struct hs_node *value)
{
    if (hs_tree_empty(value))
        return false;
    if (value->kind != HS_NODE_MAP)
        hs_schema_mismatch(l, key, value);
    return value->kind == HS_NODE_MAP;
}

/* The keys that this place knows. */
static size_t names_of(const struct hs_load *l, unsigned where, const char **names)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n_keys; i++)
        if (l->keys[i].where & where)
            names[n++] = l->keys[i].name;
    return n;
}

/* Where a key that is not known here may stand, or NULL. */
static const char *place_of(const struct hs_load *l, const char *name)
{
    for (size_t i = 0; i < l->n_keys; i++)
        for (unsigned bit = 1; bit <= HS_LAST_PLACE; bit <<= 1)
            if ((l->keys[i].where & bit) && !strcmp(l->keys[i].name, name))
                return hs_schema_place(bit);
    return NULL;
}

/* Says where a key would be right, else which one is the nearest, else which there are. */
static void unknown_key(struct hs_load *l, const struct hs_node *key, unsigned where)
{
    struct hs_arena *a = l->problems->arena;
    const char **names = hs_arena_alloc(a, l->n_keys * sizeof *names);
    const char *place = place_of(l, key->text), *here = hs_schema_place(where);
    size_t n = names_of(l, where, names);
    const char *nearest = hs_text_nearest(key->text, names, n);
    struct hs_buf known = {0};
    if (place) {
        hs_problem_add(l->problems, key->line, key->column, "found %s in %s, expected it in %s",
                       hs_tree_describe(a, key), here, place);
        return;
    }
    for (size_t i = 0; i < n && !nearest; i++)
        hs_buf_printf(&known, "%s%s", i ? ", " : "one of ", names[i]);
    hs_problem_add(l->problems, key->line, key->column,
                   "found the unknown key %s in %s, expected %s", hs_tree_describe(a, key), here,
                   nearest ? hs_arena_printf(a, "\"%s\"", nearest) : known.data);
    hs_buf_free(&known);
}

/* May the key stand in this place? */
static bool is_known(const struct hs_load *l, const char *name, unsigned where)
{
    for (size_t i = 0; i < l->n_keys; i++)
        if ((l->keys[i].where & where) && !strcmp(l->keys[i].name, name))
            return true;
    return false;
}

/* Unknown keys first, then each known key through its reader, then whether required ones are
 * missing. */
void hs_schema_read(struct hs_load *l, const struct hs_node *map, unsigned where, void *base)
{
    if (map->kind != HS_NODE_MAP) {
        hs_problem_add(l->problems, map->line, map->column, "found %s, expected %s as a map",
                       hs_tree_describe(l->problems->arena, map), hs_schema_place(where));
        return;
    }
    for (size_t i = 0; i < map->n && !hs_problems_full(l->problems); i++)
        if (!is_known(l, map->keys[i]->text, where))
            unknown_key(l, map->keys[i], where);
    for (size_t i = 0; i < l->n_keys; i++) {
        const struct hs_job_key *key = &l->keys[i];
        if (!(key->where & where) || hs_problems_full(l->problems))
            continue;
        const struct hs_node *value = hs_tree_get(map, key->name);
        if (value)
            key->read(l, key, value, base);
        if (!(key->required & where))
            continue;
        if (!value || (hs_tree_empty(value) && !((key->required & HS_ANY_TEXT) && *value->text)))
            hs_problem_add(l->problems, map->line, map->column,
                           "found %s without %s, expected %s: %s", hs_schema_place(where),
                           key->name, key->name, key->form);
    }
}
