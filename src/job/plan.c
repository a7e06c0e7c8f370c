/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plan is YAML of a fixed form, read from the tree of job/tree.h key by key. People edit plans:
 * a step may be missing, a number changed, a move may have a name that is not known, but each
 * value must be of its kind. Every slip is a problem with line and column, and all of them are
 * reported at once.
 */
#include "job/plan.h"

#include "core/num.h"
#include "job/tree.h"
#include "job/tree_parse.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One document being read: whose arena, and where problems are noted. */
struct reader {
    struct hs_arena *arena;
    struct hs_problems *problems;
    hs_move_lookup *move_of;
};

/* A problem at the place of the value; at that of the map where the value is missing. */
static void expected(const struct reader *r, const struct hs_node *map, const struct hs_node *value,
                     const char *key, const char *what)
{
    const struct hs_node *at = value ? value : map;
    hs_problem_add(r->problems, at->line, at->column, "found %s for %s, expected %s",
                   value ? hs_tree_describe(r->arena, value) : "nothing", key, what);
}

/* NULL where it is left out or null. */
static const char *take_text(const struct reader *r, const struct hs_node *map, const char *key)
{
    const struct hs_node *value = hs_tree_get(map, key);
    if (!value || hs_tree_empty(value))
        return NULL;
    if (value->kind == HS_NODE_TEXT)
        return value->text;
    expected(r, map, value, key, "text");
    return NULL;
}

/* A text that cannot be left out. */
static const char *need_text(const struct reader *r, const struct hs_node *map, const char *key,
                             const char *what)
{
    const char *text = take_text(r, map, key);
    if (!text)
        expected(r, map, hs_tree_get(map, key), key, what);
    return text;
}

/* NaN where it is left out or null. */
static double take_number(const struct reader *r, const struct hs_node *map, const char *key)
{
    const struct hs_node *value = hs_tree_get(map, key);
    double x;
    if (!value || hs_tree_empty(value))
        return NAN;
    if (value->kind == HS_NODE_TEXT && hs_num_parse(value->text, &x))
        return x;
    expected(r, map, value, key, "a number");
    return NAN;
}

/* 32 hexadecimal digits, the high half first; left at 0 where the plan names none. */
static void take_hash(const struct reader *r, const struct hs_node *map, uint64_t hash[2])
{
    const char *text = map && map->kind == HS_NODE_MAP ? take_text(r, map, "xxh3") : NULL;
    char half[17] = {0};
    if (!text)
        return;
    if (strlen(text) != 32 || strspn(text, "0123456789abcdef") != 32) {
        expected(r, map, hs_tree_get(map, "xxh3"), "xxh3", "32 hexadecimal digits");
        return;
    }
    for (int i = 0; i < 2; i++)
        hash[1 - i] = strtoull(memcpy(half, text + 16 * (size_t)i, 16), NULL, 16);
}

/* Mix or master; a problem for anything else. */
static enum hs_place take_place(const struct reader *r, const struct hs_node *map)
{
    const char *text = need_text(r, map, "where", "mix or master");
    for (int place = HS_PLACE_MIX; text && place <= HS_PLACE_MASTER; place++)
        if (!strcmp(text, hs_place_name((enum hs_place)place)))
            return (enum hs_place)place;
    if (text)
        expected(r, map, hs_tree_get(map, "where"), "where", "mix or master");
    return HS_PLACE_NONE;
}

/* Both channels where the plan says nothing. */
static enum hs_move_channel take_channel(const struct reader *r, const struct hs_node *map)
{
    const char *text = take_text(r, map, "channel");
    for (int channel = 0; text && channel < HS_N_CHANNELS; channel++)
        if (!strcmp(text, hs_move_channel_name((enum hs_move_channel)channel)))
            return (enum hs_move_channel)channel;
    if (text)
        expected(r, map, hs_tree_get(map, "channel"), "channel", "both, mid, side, left or right");
    return HS_CHANNEL_BOTH;
}

/* A person may write a move of his own: it has a name, and nothing more is known of it. */
static const struct hs_move *take_move(const struct reader *r, const struct hs_node *map)
{
    const char *name = need_text(r, map, "move", "the move");
    const struct hs_move *known = name ? r->move_of(name) : NULL;
    if (!name || known)
        return known;
    struct hs_move own = {.name = name};
    return hs_arena_copy(r->arena, &own, sizeof own);
}

/* One correction; what is missing is NaN or a problem, by whether it can be done without. */
static void take_step(const struct reader *r, const struct hs_node *map, struct hs_planned *out)
{
    if (map->kind != HS_NODE_MAP) {
        hs_problem_add(r->problems, map->line, map->column,
                       "found %s, expected a correction with rule, where and move",
                       hs_tree_describe(r->arena, map));
        return;
    }
    *out = (struct hs_planned){.rule = need_text(r, map, "rule", "a rule id"),
                               .where = take_place(r, map),
                               .now = take_number(r, map, "now"),
                               .planned = take_number(r, map, "planned"),
                               .planned_most = take_number(r, map, "planned_most"),
                               .tolerance = take_number(r, map, "tolerance")};
    out->move = (struct hs_correction){.where = out->where,
                                       .move = take_move(r, map),
                                       .channel = take_channel(r, map),
                                       .hz = take_number(r, map, "hz"),
                                       .db = take_number(r, map, "db"),
                                       .db_most = take_number(r, map, "db_most"),
                                       .q = take_number(r, map, "q"),
                                       .after = out->planned,
                                       .after_most = out->planned_most,
                                       .words = take_text(r, map, "words")};
}

/* The list of corrections; none is no slip, since a person may have taken all of them out. */
static void take_steps(const struct reader *r, const struct hs_node *root, struct hs_plan *out)
{
    const struct hs_node *list = hs_tree_get(root, "corrections");
    if (!list || hs_tree_empty(list))
        return;
    if (list->kind != HS_NODE_LIST) {
        expected(r, root, list, "corrections", "a list");
        return;
    }
    struct hs_planned *steps = HS_ARENA_ARRAY(r->arena, struct hs_planned, list->n + 1);
    for (size_t i = 0; i < list->n; i++)
        take_step(r, list->items[i], &steps[i]);
    out->steps = steps;
    out->n_steps = list->n;
}

/* HS_E_FORMAT where anything is wrong; `problems` then has all of it. */
enum hs_status hs_plan_read(struct hs_arena *a, const char *path, const void *data, size_t n,
                            hs_move_lookup *move_of, struct hs_problems *problems,
                            struct hs_plan *out)
{
    struct reader r = {a, problems, move_of};
    const struct hs_node *root = hs_tree_parse(a, data, n, problems);
    *out = (struct hs_plan){.path = path};
    if (!root && !problems->n)
        hs_problem_add(problems, 1, 1, "found nothing, expected a plan");
    if (!root || problems->n)
        return HS_E_FORMAT;
    const char *version = root->kind == HS_NODE_MAP ? take_text(&r, root, "hindsight_plan") : NULL;
    if (!version || strcmp(version, "1"))
        hs_problem_add(problems, root->line, root->column,
                       "found %s, expected a plan that begins with hindsight_plan: 1",
                       hs_tree_describe(a, root));
    else
        take_steps(&r, root, out);
    if (root->kind == HS_NODE_MAP) {
        take_hash(&r, hs_tree_get(root, "master"), out->master_hash);
        take_hash(&r, hs_tree_get(root, "mix"), out->mix_hash);
    }
    return problems->n ? HS_E_FORMAT : HS_OK;
}
