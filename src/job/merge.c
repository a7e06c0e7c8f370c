/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The text is parsed into a tree with the place of each node. Text in UTF-16 is refused.
 * 2. A release or a track goes behind the last one of its list: as lines with the indent of the
 *    dashes that are there, or before the closing bracket of a list in brackets. A mix goes
 *    behind the master of its track. A note goes to the end of the file.
 * 3. A place that is written through an alias belongs to several nodes; nothing is added there.
 * 4. All insertions are put in in one pass, in the order of their places.
 */
#include "job/merge.h"

#include "core/alloc.h"
#include "core/text.h"
#include "job/tree.h"
#include "job/tree_parse.h"

#include <stdlib.h>
#include <string.h>

/* Text to put in before the byte `at`; `order` keeps those of one place in order. */
struct edit {
    size_t at, order;
    const char *text;
};

struct merging {
    struct hs_arena arena;
    const char *data;
    size_t n;
    const size_t *lines; /* byte offset of each line, n_lines of them */
    size_t n_lines;
    struct edit *edits;
    size_t n_edits, cap_edits;
};

/* Where each line of the text begins. */
static void index_lines(struct merging *m)
{
    size_t *lines = NULL, cap = 0;
    lines = hs_arena_grow(&m->arena, lines, 0, &cap, sizeof *lines);
    lines[m->n_lines++] = 0;
    for (size_t i = 0; i < m->n; i++) {
        if (m->data[i] != '\n')
            continue;
        lines = hs_arena_grow(&m->arena, lines, m->n_lines, &cap, sizeof *lines);
        lines[m->n_lines++] = i + 1;
    }
    m->lines = lines;
}

/* Where a line begins; the end of the file behind the last one. Lines from 1. */
static size_t line_start(const struct merging *m, int line)
{
    return (size_t)line <= m->n_lines ? m->lines[line - 1] : m->n;
}

/* The byte of a place; columns count characters, ill-formed bytes one each. */
static size_t place(const struct merging *m, int line, int column)
{
    size_t at = line_start(m, line);
    if (line == 1 && m->n >= 3 && !memcmp(m->data, "\xef\xbb\xbf", 3))
        at += 3;
    for (int c = 1; c < column && at < m->n; c++) {
        uint32_t code;
        size_t len = hs_utf8_decode(m->data + at, m->n - at, &code);
        at += hs_utf8_valid(m->data + at, len) ? len : 1;
    }
    return at;
}

/* Plans an insertion before the byte `at`. */
static void add_edit(struct merging *m, size_t at, const char *text)
{
    m->edits = hs_arena_grow(&m->arena, m->edits, m->n_edits, &m->cap_edits, sizeof *m->edits);
    m->edits[m->n_edits] = (struct edit){at, m->n_edits, text};
    m->n_edits++;
}

/* Whole lines behind the line in which `after` ends, moved in by `indent`. */
static void add_lines(struct merging *m, const struct hs_node *after, int indent, const char *block)
{
    int line = after->end_column == 1 ? after->end_line : after->end_line + 1;
    size_t at = line_start(m, line);
    struct hs_buf text = {0};
    if (at == m->n && m->n && m->data[m->n - 1] != '\n')
        hs_buf_putc(&text, '\n');
    while (*block) {
        size_t n = strcspn(block, "\n");
        if (n)
            hs_buf_printf(&text, "%*s%.*s", indent, "", (int)n, block);
        hs_buf_putc(&text, '\n');
        block += n + (block[n] == '\n');
    }
    add_edit(m, at, hs_arena_strdup(&m->arena, text.data ? text.data : ""));
    hs_buf_free(&text);
}

/* Is the node written inside of the other one (and not reached by an alias)? */
static bool within(const struct hs_node *inner, const struct hs_node *outer)
{
    bool begins =
        inner->line > outer->line || (inner->line == outer->line && inner->column >= outer->column);
    bool ends = inner->end_line < outer->end_line ||
                (inner->end_line == outer->end_line && inner->end_column <= outer->end_column);
    return begins && ends;
}

/* How far the dashes of a block list are moved in. */
static int dash_indent(const struct merging *m, const struct hs_node *list)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct hs_node *item = list->items[i];
        const char *line = m->data + line_start(m, item->line);
        size_t n = strspn(line, " ");
        if (within(item, list) && line[n] == '-' && (int)n + 1 < item->column)
            return (int)n;
    }
    return list->column - 1;
}

/* An item at the end of a list. */
static void add_item(struct merging *m, const struct hs_node *list, const struct hs_addition *a)
{
    if (!list->flow && list->n) {
        add_lines(m, list, dash_indent(m, list), a->block);
        return;
    }
    size_t at = place(m, list->end_line, list->end_column) - 1;
    add_edit(m, at, hs_arena_printf(&m->arena, "%s%s", list->n ? ", " : "", a->flow));
}

/* A mix behind the master of its track. False where the track is written through an alias. */
static bool add_mix(struct merging *m, const struct hs_node *tracks, const struct hs_node *track,
                    const struct hs_addition *a)
{
    const struct hs_node *master = hs_tree_get(track, "master");
    for (size_t i = 0; i < a->track; i++)
        if (tracks->items[i] == track) /* an alias: the place belongs to the first */
            return false;
    if (!master || !within(track, tracks) || !within(master, track))
        return false;
    if (track->flow)
        add_edit(m, place(m, master->end_line, master->end_column),
                 hs_arena_printf(&m->arena, ", %s", a->flow));
    else
        add_lines(m, master, track->column - 1, a->block);
    return true;
}

/* Finds the place of an addition in the tree. False where it is written through an alias. */
static bool apply(struct merging *m, const struct hs_node *root, const struct hs_addition *a)
{
    if (a->kind == HS_ADD_NOTE) {
        bool broken = m->n && m->data[m->n - 1] != '\n';
        add_edit(m, m->n, hs_arena_printf(&m->arena, "%s%s", broken ? "\n" : "", a->block));
        return true;
    }
    const struct hs_node *releases = hs_tree_get(root, "releases");
    if (!releases || releases->kind != HS_NODE_LIST || !within(releases, root))
        return false;
    if (a->kind == HS_ADD_RELEASE) {
        add_item(m, releases, a);
        return true;
    }
    if (a->release >= releases->n)
        return false;
    const struct hs_node *release = releases->items[a->release];
    const struct hs_node *tracks = hs_tree_get(release, "tracks");
    if (!tracks || tracks->kind != HS_NODE_LIST || !within(release, releases) ||
        !within(tracks, release))
        return false;
    if (a->kind == HS_ADD_TRACK) {
        add_item(m, tracks, a);
        return true;
    }
    return a->track < tracks->n && add_mix(m, tracks, tracks->items[a->track], a);
}

/* By place, then in the order of the additions. */
static int by_place(const void *x, const void *y)
{
    const struct edit *a = x, *b = y;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

/* `placed` of each addition says whether it found its place. The old text is only ever inserted
 * into. */
enum hs_status hs_job_merge(const char *path, const void *data, size_t n, struct hs_addition *adds,
                            size_t n_adds, struct hs_buf *out, struct hs_error *err)
{
    struct merging m = {.data = data, .n = n};
    struct hs_problems problems = {.arena = &m.arena, .file = path};
    enum hs_status status = HS_OK;
    bool utf16 = n >= 2 && (!memcmp(data, "\xff\xfe", 2) || !memcmp(data, "\xfe\xff", 2));
    const struct hs_node *root = hs_tree_parse(&m.arena, data, n, &problems);
    if (!root || utf16) {
        status = hs_fail(err, HS_E_USAGE, "%s: not a job file in UTF-8", path);
        goto out;
    }
    /* Each addition finds its place in the old text; several may share one. */
    index_lines(&m);
    for (size_t i = 0; i < n_adds; i++)
        adds[i].placed = apply(&m, root, &adds[i]);
    if (m.n_edits)
        qsort(m.edits, m.n_edits, sizeof *m.edits, by_place);
    /* The old text with the additions between its parts. */
    size_t at = 0;
    for (size_t i = 0; i < m.n_edits; i++) {
        hs_buf_put(out, m.data + at, m.edits[i].at - at);
        hs_buf_puts(out, m.edits[i].text);
        at = m.edits[i].at;
    }
    hs_buf_put(out, m.data + at, n - at);
out:
    hs_arena_free(&m.arena);
    return status;
}
