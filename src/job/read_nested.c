/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Readers of maps and lists: each checks the kind of node, hands maps to the schema with the
 * place they stand in, and fills an array in the arena of the job. Releases and tracks inherit:
 * the defaults of the job go to all releases, those of a release to its tracks, and each track
 * begins as a copy of what it inherits.
 */
#include "job/read_nested.h"

#include "core/alloc.h"
#include "job/read_value.h"
#include "model/survival.h"

#include <math.h>
#include <string.h>
#include <strings.h>

/* References and profile. */
HS_READER(hs_read_targets)
{
    (void)key;
    if (!hs_tree_empty(value))
        hs_schema_read(l, value, HS_IN_TARGETS, base);
}

/* Hours of work that the short list may spend. */
HS_READER(hs_read_budget)
{
    (void)key;
    if (!hs_tree_empty(value))
        hs_schema_read(l, value, HS_IN_BUDGET, base);
}

/* A set of destinations, as a list or one word; it replaces the default. */
HS_READER(hs_read_survival)
{
    struct hs_job *job = base;
    bool list = value->kind == HS_NODE_LIST;
    if (hs_tree_empty(value))
        return;
    if (value->kind == HS_NODE_MAP) {
        hs_schema_mismatch(l, key, value);
        return;
    }
    job->survival = 0;
    for (size_t i = 0; i < (list ? value->n : 1) && !hs_problems_full(l->problems); i++) {
        const struct hs_node *item = list ? value->items[i] : value;
        const char *word = item->kind == HS_NODE_TEXT ? item->text : "";
        unsigned set = hs_destination_find(word, strlen(word));
        job->survival |= set;
        if (!set)
            hs_schema_mismatch(l, key, item);
    }
}

/* Services with their loudness target, -40 to 0 LUFS, or off (NaN). */
HS_READER(hs_read_platforms)
{
    struct hs_job *job = base;
    const double low = -40, high = 0;
    if (!hs_schema_is_map(l, key, value))
        return;
    struct hs_platform_setting *out =
        HS_ARENA_ARRAY(l->arena, struct hs_platform_setting, value->n + 1);
    for (size_t i = 0; i < value->n && !hs_problems_full(l->problems); i++) {
        const struct hs_node *item = value->items[i];
        out[i] = (struct hs_platform_setting){hs_arena_strdup(l->arena, value->keys[i]->text), NAN};
        if (item->kind != HS_NODE_TEXT || strcasecmp(item->text, "off"))
            hs_schema_number(l, key, item, low, high, &out[i].target_lufs);
    }
    job->platforms = out;
    job->n_platforms = value->n;
}

/* The job's go to all releases, a release's own to its tracks. */
HS_READER(hs_read_defaults)
{
    (void)key;
    if (hs_tree_empty(value))
        return;
    bool of_job = base == (void *)l->job;
    hs_schema_read(l, value, HS_IN_DEFAULTS, of_job ? &l->defaults : base);
}

/* off, on, or a map with a limit. */
static void read_rule(struct hs_load *l, const struct hs_job_key *key, const struct hs_node *value,
                      struct hs_rule_setting *out)
{
    const char *word = value->kind == HS_NODE_TEXT ? value->text : NULL;
    if (value->kind == HS_NODE_MAP)
        hs_schema_read(l, value, HS_IN_RULE, out);
    else if (word &&
             (!strcasecmp(word, "off") || !strcasecmp(word, "no") || !strcasecmp(word, "false")))
        out->off = true;
    else if (!word ||
             (strcasecmp(word, "on") && strcasecmp(word, "yes") && strcasecmp(word, "true")))
        hs_problem_add(l->problems, value->line, value->column,
                       "found %s in %s, expected off, on or {limit: STEPS}",
                       hs_tree_describe(l->problems->arena, value), key->name);
}

/* Settings by rule id. An id that is not known is a problem and has no setting. */
HS_READER(hs_read_rules)
{
    struct hs_job *job = base;
    if (!hs_schema_is_map(l, key, value))
        return;
    struct hs_rule_setting *rules = HS_ARENA_ARRAY(l->arena, struct hs_rule_setting, value->n);
    for (size_t i = 0; i < value->n && !hs_problems_full(l->problems); i++) {
        rules[i].rule = hs_arena_strdup(l->arena, value->keys[i]->text);
        rules[i].limit_steps = NAN;
        if (hs_schema_is_rule(l, value->keys[i]))
            read_rule(l, key, value->items[i], &rules[i]);
    }
    job->rules = rules;
    job->n_rules = value->n;
}

/* Findings that are on purpose, by rule, each with its reason. */
HS_READER(hs_read_accept)
{
    struct hs_track *track = &((struct hs_inherited *)base)->track;
    if (!hs_schema_is_map(l, key, value))
        return;
    struct hs_accept *accept = HS_ARENA_ARRAY(l->arena, struct hs_accept, value->n);
    for (size_t i = 0; i < value->n && !hs_problems_full(l->problems); i++) {
        hs_schema_is_rule(l, value->keys[i]);
        accept[i].rule = hs_arena_strdup(l->arena, value->keys[i]->text);
        accept[i].why = hs_schema_text(l, key, value->items[i]);
        if (!accept[i].why)
            accept[i].why = "";
    }
    track->accept = accept;
    track->n_accept = value->n;
}

/* Ear notes: plain texts, or maps with answers for master and mix. */
HS_READER(hs_read_heard)
{
    static const struct hs_job_key note = {.name = "heard", .form = "text or {note: ...}"};
    struct hs_track *track = &((struct hs_inherited *)base)->track;
    bool list = value->kind == HS_NODE_LIST;
    if (hs_tree_empty(value))
        return;
    if (value->kind == HS_NODE_MAP) {
        hs_schema_mismatch(l, key, value);
        return;
    }
    size_t n = list ? value->n : 1;
    struct hs_heard *heard = HS_ARENA_ARRAY(l->arena, struct hs_heard, n);
    for (size_t i = 0; i < n && !hs_problems_full(l->problems); i++) {
        const struct hs_node *item = list ? value->items[i] : value;
        if (item->kind == HS_NODE_MAP)
            hs_schema_read(l, item, HS_IN_HEARD, &heard[i]);
        else
            heard[i].note = hs_schema_text(l, &note, item);
        if (!heard[i].note)
            heard[i].note = "";
    }
    track->heard = heard;
    track->n_heard = n;
}

/* A list of texts, or one; NULL (and 0) where nothing was written. */
static const char *const *read_texts(struct hs_load *l, const struct hs_job_key *key,
                                     const struct hs_node *value, bool rules, size_t *n)
{
    bool list = value->kind == HS_NODE_LIST;
    *n = 0;
    if (hs_tree_empty(value))
        return NULL;
    if (value->kind == HS_NODE_MAP) {
        hs_schema_mismatch(l, key, value);
        return NULL;
    }
    size_t items = list ? value->n : 1;
    const char **texts = HS_ARENA_ARRAY(l->arena, const char *, items + 1);
    for (size_t i = 0; i < items && !hs_problems_full(l->problems); i++) {
        const struct hs_node *item = list ? value->items[i] : value;
        const char *text = hs_schema_text(l, key, item);
        if (text && (!rules || hs_schema_is_rule(l, item)))
            texts[(*n)++] = text;
    }
    return texts;
}

/* Rules whose finding this ear does not hear. */
HS_READER(hs_read_not_heard)
{
    struct hs_track *track = &((struct hs_inherited *)base)->track;
    track->not_heard = read_texts(l, key, value, true, &track->n_not_heard);
}

/* Words such as dry or dark; judge/ knows which findings they make intended. */
HS_READER(hs_read_intended)
{
    struct hs_track *track = &((struct hs_inherited *)base)->track;
    track->intended = read_texts(l, key, value, false, &track->n_intended);
}

/* The tracks of a release, each a copy of what it inherits; title and plays are not inherited. A
 * track needs a master, or a mix where it is unreleased. */
HS_READER(hs_read_tracks)
{
    const struct hs_inherited *release = base;
    if (value->kind != HS_NODE_LIST) {
        if (!hs_tree_empty(value))
            hs_schema_mismatch(l, key, value);
        return;
    }
    for (size_t i = 0; i < value->n && !hs_problems_full(l->problems); i++) {
        const struct hs_node *node = value->items[i];
        struct hs_inherited entry = *release;
        entry.track.title = NULL;
        entry.track.plays = NAN;
        entry.track.line = node->line;
        entry.track.column = node->column;
        hs_schema_read(l, node, HS_IN_TRACK, &entry);
        const struct hs_node *master = hs_tree_get(node, "master");
        if (node->kind == HS_NODE_MAP && (!master || hs_tree_empty(master)) && !entry.track.n_mixes)
            hs_problem_add(l->problems, node->line, node->column,
                           "found a track without master, expected master: a file, or {left: "
                           "FILE, right: FILE}; or mix: alone, where it is unreleased");
        l->tracks = hs_grow(l->tracks, l->job->n_tracks, &l->cap_tracks, sizeof *l->tracks);
        l->tracks[l->job->n_tracks++] = entry.track;
    }
}

/* The releases with their tracks, which lie one after another in the job. */
HS_READER(hs_read_releases)
{
    struct hs_job *job = base;
    if (value->kind != HS_NODE_LIST || !value->n) {
        hs_schema_mismatch(l, key, value);
        return;
    }
    for (size_t i = 0; i < value->n && !hs_problems_full(l->problems); i++) {
        struct hs_inherited entry = l->defaults;
        size_t first = job->n_tracks;
        entry.track.release = i;
        hs_schema_read(l, value->items[i], HS_IN_RELEASE, &entry);
        l->releases = hs_arena_grow(l->arena, l->releases, job->n_releases, &l->cap_releases,
                                    sizeof *l->releases);
        l->releases[job->n_releases++] = (struct hs_release){
            .title = entry.track.title ? entry.track.title : "",
            .catalogue_number = entry.catalogue_number,
            .label = entry.track.label,
            .format = entry.track.format,
            .barcode = entry.track.barcode,
            .studio = entry.track.studio,
            .year = entry.track.year,
            .first_track = first,
            .n_tracks = job->n_tracks - first,
        };
    }
}
