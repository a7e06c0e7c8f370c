/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Bytes that are not UTF-8 are escaped before libyaml sees them and put back in scalars
 *    afterwards.
 * 2. Events become nodes, recursively, at most 24 deep and 4,000,000 in all. Each node knows
 *    where it begins and ends.
 * 3. Anchors are kept by name; an alias shares its node. The weight of a node counts what it
 *    would be with all aliases written out, and a document is refused where that exceeds 20 times
 *    what was written.
 * 4. Maps are merged (`<<`) and looked through for duplicate keys by tree_map.c.
 */
#include "job/tree_parse.h"

#include "core/alloc.h"
#include "core/text.h"
#include "job/bytes.h"
#include "job/tree.h"
#include "job/tree_map.h"

#include <string.h>
#include <yaml.h>

/* A job file nests nine deep (job, releases, release, tracks, track, heard, note, at,
 * number); memory and stack are bounded by these. */
enum { MOST_DEPTH = 24, MOST_NODES = 4000000, ALIAS_FACTOR = 20, ALIAS_FREE = 20000 };
enum { ANCHOR_SLOTS = 4096 };

struct anchor {
    const char *name;
    struct hs_node *node; /* NULL while the node is still open */
    struct anchor *next;
};

struct builder {
    yaml_parser_t parser;
    struct hs_arena *arena;
    struct hs_problems *problems;
    struct anchor *anchors[ANCHOR_SLOTS];
    size_t written;      /* nodes in the file */
    size_t unfolded;     /* nodes with aliases written out, of what is complete */
    yaml_mark_t last;    /* behind the last scalar, alias or closing bracket */
    yaml_mark_t closing; /* behind the last end of a list or map */
    bool escaped;        /* bytes that are not UTF-8 were escaped before parsing */
    bool failed;
};

static struct hs_node *read_node(struct builder *b, yaml_event_t *event, int depth);

#define FAIL_AT(b, mark, ...)                                                                      \
    do {                                                                                           \
        if (!(b)->failed)                                                                          \
            hs_problem_add((b)->problems, (int)(mark).line + 1, (int)(mark).column + 1,            \
                           __VA_ARGS__);                                                           \
        (b)->failed = true;                                                                        \
    } while (0)

/* What libyaml says went wrong, in the form of the other messages. */
static void fail_syntax(struct builder *b)
{
    const yaml_parser_t *p = &b->parser;
    yaml_mark_t mark = p->problem_mark;
    if (p->error == YAML_READER_ERROR)
        mark = p->mark;
    FAIL_AT(b, mark, "found broken YAML (%s%s%s), expected a job file",
            p->context ? p->context : "", p->context ? ": " : "",
            p->problem ? p->problem : "out of memory");
}

/* The next event of the parser, with the places that nodes end at. */
static bool next_event(struct builder *b, yaml_event_t *event)
{
    memset(event, 0, sizeof *event);
    if (b->failed)
        return false;
    if (yaml_parser_parse(&b->parser, event)) {
        if (event->type == YAML_SCALAR_EVENT || event->type == YAML_ALIAS_EVENT)
            b->last = event->end_mark;
        if (event->type == YAML_SEQUENCE_END_EVENT || event->type == YAML_MAPPING_END_EVENT)
            b->closing = event->end_mark;
        return true;
    }
    fail_syntax(b);
    return false;
}

/* The chain of anchors that a name belongs to. */
static unsigned slot_of(const char *name)
{
    unsigned h = 2166136261u; /* FNV-1a */
    for (; *name; name++)
        h = (h ^ (unsigned char)*name) * 16777619u;
    return h % ANCHOR_SLOTS;
}

/* The anchor of this name; NULL: none so far. */
static struct anchor *find_anchor(struct builder *b, const char *name)
{
    struct anchor *a = b->anchors[slot_of(name)];
    while (a && strcmp(a->name, name))
        a = a->next;
    return a;
}

/* A name may be anchored again; later aliases mean the later one. */
static struct anchor *open_anchor(struct builder *b, const yaml_char_t *name)
{
    if (!name)
        return NULL;
    struct anchor *a = find_anchor(b, (const char *)name);
    if (!a) {
        struct anchor **slot = &b->anchors[slot_of((const char *)name)];
        a = HS_ARENA_NEW(b->arena, struct anchor);
        a->name = hs_arena_strdup(b->arena, (const char *)name);
        a->next = *slot;
        *slot = a;
    }
    a->node = NULL;
    return a;
}

/* Counts the nodes of the document with all aliases written out, against aliases nested to fill the
 * memory ("billion laughs"): at most 20 times the nodes in the file and 4,000,000; 20,000 always.
 */
static bool weigh(struct builder *b, yaml_mark_t mark, size_t weight)
{
    b->unfolded += weight;
    if (b->unfolded <= ALIAS_FREE ||
        (b->unfolded <= MOST_NODES && b->unfolded <= ALIAS_FACTOR * b->written))
        return true;
    FAIL_AT(b, mark, "%s",
            b->written > MOST_NODES
                ? "found more than 4000000 values, expected a job file"
                : "found aliases that unfold to far more than the file holds, expected a "
                  "few repeats");
    return false;
}

/* A node at this place; it counts towards the limits. */
static struct hs_node *new_node(struct builder *b, enum hs_node_kind kind, yaml_mark_t mark)
{
    struct hs_node *node = HS_ARENA_NEW(b->arena, struct hs_node);
    node->kind = kind;
    node->line = (int)mark.line + 1;
    node->column = (int)mark.column + 1;
    node->weight = 1;
    b->written++;
    weigh(b, mark, 1);
    return node;
}

/* A node ends behind the last token of its content; comments behind it do not belong to it. */
static void set_end(struct builder *b, struct hs_node *node)
{
    node->end_line = (int)b->last.line + 1;
    node->end_column = (int)b->last.column + 1;
}

/* Only the tags of plain YAML are allowed: others would ask for a type. */
static void check_tag(struct builder *b, const yaml_char_t *tag, yaml_mark_t mark)
{
    static const char *const fine[] = {"str", "int", "float", "bool", "null", "map", "seq"};
    static const char prefix[] = "tag:yaml.org,2002:";
    if (!tag || !strcmp((const char *)tag, "!"))
        return;
    const char *t = (const char *)tag;
    for (size_t i = 0; hs_text_starts(t, prefix) && i < sizeof fine / sizeof *fine; i++)
        if (!strcmp(t + strlen(prefix), fine[i]))
            return;
    hs_problem_add(b->problems, (int)mark.line + 1, (int)mark.column + 1,
                   "found the tag \"%.60s\", expected a value without a tag", t);
}

/* A scalar as text, whatever it looks like. */
static struct hs_node *read_text(struct builder *b, const yaml_event_t *event)
{
    struct hs_node *node = new_node(b, HS_NODE_TEXT, event->start_mark);
    const char *value = (const char *)event->data.scalar.value;
    size_t len = event->data.scalar.length;
    check_tag(b, event->data.scalar.tag, event->start_mark);
    if (memchr(value, '\0', len)) {
        hs_problem_add(b->problems, node->line, node->column,
                       "found a NUL character, expected text");
        len = strlen(value);
    }
    char *text = hs_arena_strndup(b->arena, value, len);
    if (b->escaped)
        hs_bytes_unescape(text);
    node->text = text;
    set_end(b, node);
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    return node;
}

/* The node that an alias stands for, shared; its weight counts again. An alias inside of its own
 * node is refused. */
static struct hs_node *read_alias(struct builder *b, const yaml_event_t *event)
{
    const char *name = (const char *)event->data.alias.anchor;
    struct anchor *a = find_anchor(b, name);
    if (a && a->node) {
        b->written++;
        return weigh(b, event->start_mark, a->node->weight) ? a->node : NULL;
    }
    FAIL_AT(b, event->start_mark, "found the alias *%.60s %s, expected an anchor &%.60s before it",
            name, a ? "inside its own anchor" : "without an anchor", name);
    return NULL;
}

/* Moves what was collected into the node, and weighs it. */
static void settle(struct builder *b, struct hs_tree_pairs *g, struct hs_node *node)
{
    node->n = g->n;
    if (node->flow)
        b->last = b->closing;
    set_end(b, node);
    node->items = hs_arena_copy(b->arena, g->items, g->n * sizeof *g->items);
    if (node->kind == HS_NODE_MAP)
        node->keys = hs_arena_copy(b->arena, g->keys, g->n * sizeof *g->keys);
    for (size_t i = 0; i < g->n; i++)
        node->weight += g->items[i]->weight + (node->kind == HS_NODE_MAP);
    hs_free(g->keys);
    hs_free(g->items);
}

/* The items up to the end of the list. */
static struct hs_node *read_list(struct builder *b, const yaml_event_t *start, int depth)
{
    struct hs_node *node = new_node(b, HS_NODE_LIST, start->start_mark);
    struct hs_tree_pairs g = {0};
    yaml_event_t event;
    node->flow = start->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    check_tag(b, start->data.sequence_start.tag, start->start_mark);
    while (next_event(b, &event)) {
        bool end = event.type == YAML_SEQUENCE_END_EVENT;
        struct hs_node *item = end ? NULL : read_node(b, &event, depth + 1);
        yaml_event_delete(&event);
        if (!item)
            break;
        hs_tree_pairs_add(&g, NULL, item);
    }
    settle(b, &g, node);
    return node;
}

/* One "key: value" into g; false at the end of the map or on failure. */
static bool read_pair(struct builder *b, struct hs_tree_pairs *g, int depth)
{
    yaml_event_t event;
    if (!next_event(b, &event))
        return false;
    bool end = event.type == YAML_MAPPING_END_EVENT;
    struct hs_node *key = end ? NULL : read_node(b, &event, depth + 1);
    yaml_event_delete(&event);
    if (!key || !next_event(b, &event))
        return false;
    struct hs_node *item = read_node(b, &event, depth + 1);
    yaml_event_delete(&event);
    if (!item)
        return false;
    if (key->kind == HS_NODE_TEXT)
        hs_tree_pairs_add(g, key, item);
    else
        hs_problem_add(b->problems, key->line, key->column, "found %s as a key, expected text",
                       hs_tree_describe(b->problems->arena, key));
    return true;
}

/* The pairs up to the end of the map, then what it merges. */
static struct hs_node *read_map(struct builder *b, const yaml_event_t *start, int depth)
{
    struct hs_node *node = new_node(b, HS_NODE_MAP, start->start_mark);
    struct hs_tree_pairs g = {0};
    node->flow = start->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    check_tag(b, start->data.mapping_start.tag, start->start_mark);
    while (read_pair(b, &g, depth)) {
    }
    hs_tree_find_duplicates(&g, b->problems);
    hs_tree_merge(&g, b->problems);
    settle(b, &g, node);
    return node;
}

/* One node of any kind; the name that anchors it is open until it is whole. */
static struct hs_node *read_node(struct builder *b, yaml_event_t *event, int depth)
{
    struct hs_node *node = NULL;
    struct anchor *anchor = NULL;
    if (depth > MOST_DEPTH)
        FAIL_AT(b, event->start_mark, "found values nested too deeply, expected a job file");
    if (b->failed)
        return NULL;
    if (event->type == YAML_ALIAS_EVENT)
        return read_alias(b, event);
    if (event->type == YAML_SCALAR_EVENT) {
        anchor = open_anchor(b, event->data.scalar.anchor);
        node = read_text(b, event);
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = open_anchor(b, event->data.sequence_start.anchor);
        node = read_list(b, event, depth);
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = open_anchor(b, event->data.mapping_start.anchor);
        node = read_map(b, event, depth);
    }
    if (anchor)
        anchor->node = node;
    return b->failed ? NULL : node;
}

/* The one document of the file. */
static struct hs_node *read_document(struct builder *b)
{
    struct hs_node *root = NULL;
    yaml_event_t event;
    bool more = true;
    while (more && next_event(b, &event)) {
        if (event.type == YAML_DOCUMENT_START_EVENT && root)
            FAIL_AT(b, event.start_mark, "found a second document, expected one");
        more = event.type != YAML_STREAM_END_EVENT;
        if (more && event.type != YAML_STREAM_START_EVENT &&
            event.type != YAML_DOCUMENT_START_EVENT && event.type != YAML_DOCUMENT_END_EVENT)
            root = read_node(b, &event, 0);
        yaml_event_delete(&event);
    }
    return b->failed ? NULL : root;
}

const struct hs_node *hs_tree_parse(struct hs_arena *a, const void *data, size_t n,
                                    struct hs_problems *problems)
{
    struct builder *b = HS_NEW(struct builder);
    struct hs_node *root = NULL;
    struct hs_buf escaped = {0};
    b->arena = a;
    b->problems = problems;
    b->escaped = hs_bytes_escape(data, n, &escaped);
    if (!yaml_parser_initialize(&b->parser)) {
        hs_problem_add(problems, 0, 0, "out of memory");
        goto out;
    }
    yaml_parser_set_input_string(&b->parser, b->escaped ? (void *)escaped.data : data,
                                 b->escaped ? escaped.len : n);
    root = read_document(b);
    if (!root && !b->failed)
        hs_problem_add(problems, 1, 1, "found nothing, expected a job file (hindsight: 1)");
    yaml_parser_delete(&b->parser);
out:
    hs_buf_free(&escaped);
    hs_free(b);
    return root;
}
