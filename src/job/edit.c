/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The job is parsed as a tree with the place of each node, and what it must say afterwards is
 *    worked out (job/expect.h).
 * 2. For each track and key an insertion is planned: an item behind the last one, a new list in
 *    the style that is there (block or brackets), a single text turned into a list, or a new key
 *    behind the last one. Line ends and indents follow the lines around.
 * 3. Insertions are put into the text in the order of their places; nothing else is touched.
 * 4. The new text is parsed again and must say exactly what was worked out, else the edit is
 *    refused.
 * 5. The difference is printed line by line. Lines are only inserted or replaced, so looking
 *    ahead for the next equal line is enough.
 */
#include "job/edit.h"

#include "core/alloc.h"
#include "job/answers.h"
#include "job/diff.h"
#include "job/expect.h"
#include "job/job.h"
#include "job/tree_parse.h"

#include <stdlib.h>
#include <string.h>

/* One insertion into the text. */
struct insertion {
    size_t at, cut; /* cut: bytes that it replaces */
    const char *text;
    size_t order;
};

struct editor {
    struct hs_arena *arena;
    struct hs_problems *problems;
    const char *text;
    size_t len;
    const size_t *lines; /* where each line begins */
    size_t n_lines;
    struct insertion *items;
    size_t n, cap;
};

/* Where each line of the text begins. */
static void find_lines(struct editor *e)
{
    size_t n = 1;
    for (size_t i = 0; i < e->len; i++)
        n += e->text[i] == '\n';
    size_t *lines = HS_ARENA_ARRAY(e->arena, size_t, n + 1);
    size_t k = 1;
    for (size_t i = 0; i < e->len; i++)
        if (e->text[i] == '\n')
            lines[k++] = i + 1;
    e->lines = lines;
    e->n_lines = n;
}

/* Columns count characters, not bytes. */
static size_t offset_of(const struct editor *e, int line, int column)
{
    if ((size_t)line > e->n_lines)
        return e->len;
    size_t at = e->lines[line - 1];
    if (line == 1 && e->len >= 3 && !memcmp(e->text, "\xef\xbb\xbf", 3))
        at += 3;
    for (int c = 1; c < column && at < e->len; c++) {
        at++;
        while (at < e->len && ((unsigned char)e->text[at] & 0xc0) == 0x80)
            at++;
    }
    return at;
}

/* Plans an insertion; those at one place keep their order. */
static void insert(struct editor *e, size_t at, size_t cut, const char *text)
{
    e->items = hs_arena_grow(e->arena, e->items, e->n, &e->cap, sizeof *e->items);
    e->items[e->n] = (struct insertion){at, cut, text, e->n};
    e->n++;
}

/* At most 48, which is deeper than a job file nests. */
static const char *spaces(struct editor *e, int n)
{
    char *out = hs_arena_strndup(e->arena, "                                                ", 48);
    out[n < 48 ? n : 48] = 0;
    return out;
}

/* "\n" or "\r\n", as the line before has it. */
static const char *end_before(const struct editor *e, size_t at)
{
    return at > 1 && e->text[at - 1] == '\n' && e->text[at - 2] == '\r' ? "\r\n" : "\n";
}

/* A whole line behind the last one of a node, before the comments that follow it. */
static void insert_line(struct editor *e, const struct hs_node *behind, int indent,
                        const char *words)
{
    int line = behind->end_column == 1 && behind->end_line > behind->line ? behind->end_line - 1
                                                                          : behind->end_line;
    size_t at = (size_t)line < e->n_lines ? e->lines[line] : e->len;
    bool open = at == e->len && e->len && e->text[e->len - 1] != '\n';
    insert(e, at, 0,
           hs_arena_printf(e->arena, "%s%s%s%s", open ? "\n" : "", spaces(e, indent), words,
                           open ? "" : end_before(e, at)));
}

/* Before the closing bracket of a list or map in brackets. */
static void insert_inside(struct editor *e, const struct hs_node *node, const char *words)
{
    size_t at = offset_of(e, node->end_line, node->end_column) - 1, k = at;
    while (k > 0 && strchr(" \t\r\n", e->text[k - 1]))
        k--;
    char before = k ? e->text[k - 1] : 0;
    bool first = before == '[' || before == '{' || before == ',';
    insert(e, k, 0, hs_arena_printf(e->arena, "%s%s", first ? "" : ", ", words));
}

/* Double quotes with JSON's escapes, which YAML shares. */
static const char *quoted(struct hs_arena *a, const char *s)
{
    struct hs_buf b = {0};
    hs_buf_putc(&b, '"');
    for (const unsigned char *p = (const unsigned char *)s; *p; p++)
        if (*p == '"' || *p == '\\')
            hs_buf_printf(&b, "\\%c", *p);
        else if (*p < 0x20 || *p == 0x7f)
            hs_buf_printf(&b, "\\u%04x", *p);
        else
            hs_buf_putc(&b, (char)*p);
    hs_buf_putc(&b, '"');
    const char *out = hs_arena_strdup(a, b.data);
    hs_buf_free(&b);
    return out;
}

/* Keys of a track stand below its first key. */
static int indent_of_entry(const struct hs_node *track)
{
    return track->n ? track->keys[0]->column - 1 : track->column - 1;
}

/* A key that the track does not have yet. */
static void add_key(struct editor *e, const struct hs_node *track, const char *words)
{
    if (track->flow)
        insert_inside(e, track, words);
    else
        insert_line(e, track, indent_of_entry(track), words);
}

/* One text becomes a list of two. */
static void to_list(struct editor *e, const struct hs_node *value, const char *words)
{
    size_t from = offset_of(e, value->line, value->column);
    size_t to = offset_of(e, value->end_line, value->end_column);
    insert(e, from, to - from,
           hs_arena_printf(e->arena, "[%s, %s]", quoted(e->arena, value->text), words));
}

/* `words` joins the list that a key has, or the key is made. */
static void add_to_list(struct editor *e, const struct hs_node *track, const char *key,
                        const char *words)
{
    const struct hs_node *value = hs_tree_get(track, key);
    if (!value)
        add_key(e, track, hs_arena_printf(e->arena, "%s: [%s]", key, words));
    else if (hs_tree_empty(value))
        insert(e, offset_of(e, value->line, value->column), strlen(value->text),
               hs_arena_printf(e->arena, " [%s]", words));
    else if (value->kind == HS_NODE_TEXT)
        to_list(e, value, words);
    else if (value->flow)
        insert_inside(e, value, words);
    else
        insert_line(e, value, value->column - 1, hs_arena_printf(e->arena, "- %s", words));
}

/* The entry joins the map that the key has, in its style, or the key is made. */
static void add_to_map(struct editor *e, const struct hs_node *track, const char *key,
                       const char *words)
{
    const struct hs_node *value = hs_tree_get(track, key);
    if (!value)
        add_key(e, track, hs_arena_printf(e->arena, "%s: {%s}", key, words));
    else if (hs_tree_empty(value))
        insert(e, offset_of(e, value->line, value->column), strlen(value->text),
               hs_arena_printf(e->arena, " {%s}", words));
    else if (value->flow)
        insert_inside(e, value, words);
    else
        insert_line(e, value, value->column - 1, words);
}

/* The entries of one key of one track that go in together: one text, in their order. */
static void write_key(struct editor *e, const struct hs_expect_track *t, enum hs_expect_key key)
{
    struct hs_buf words = {0};
    const struct hs_node *value = hs_tree_get(t->node, hs_expect_names[key]);
    bool block = value && !value->flow && value->kind != HS_NODE_TEXT;
    for (size_t i = 0; i < t->n_added[key]; i++) {
        const struct hs_expected_entry *x = &t->added[key][i];
        struct hs_arena *a = e->arena;
        const char *one =
            key == HS_EXPECT_ACCEPT ? hs_arena_printf(a, "%s: %s", x->word, quoted(a, x->words))
            : x->words ? hs_arena_printf(a, "{note: %s, words: %s}", x->word, quoted(a, x->words))
            : x->free_text ? quoted(a, x->word)
                           : x->word;
        if (!block) {
            hs_buf_printf(&words, "%s%s", i ? ", " : "", one);
        } else if (key == HS_EXPECT_ACCEPT) {
            insert_line(e, value, value->column - 1, one);
        } else {
            insert_line(e, value, value->column - 1, hs_arena_printf(a, "- %s", one));
        }
    }
    if (words.len && key == HS_EXPECT_ACCEPT)
        add_to_map(e, t->node, hs_expect_names[key], hs_arena_strdup(e->arena, words.data));
    else if (words.len)
        add_to_list(e, t->node, hs_expect_names[key], hs_arena_strdup(e->arena, words.data));
    hs_buf_free(&words);
}

/* By place, then in the order in which they were planned. */
static int by_place(const void *a, const void *b)
{
    const struct insertion *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

/* The text with all insertions, in the order of their places. */
static void put_result(struct editor *e, struct hs_buf *out)
{
    size_t at = 0;
    if (e->n)
        qsort(e->items, e->n, sizeof *e->items, by_place);
    for (size_t i = 0; i < e->n; i++) {
        hs_buf_put(out, e->text + at, e->items[i].at - at);
        hs_buf_puts(out, e->items[i].text);
        at = e->items[i].at + e->items[i].cut;
    }
    hs_buf_put(out, e->text + at, e->len - at);
}

/* The new text must say exactly what was expected; comments and order are kept by construction. */
static enum hs_status read_back(const struct hs_expect *expect, const struct hs_buf *out,
                                struct hs_problems *problems, struct hs_error *err)
{
    const struct hs_node *root = hs_tree_parse(problems->arena, out->data, out->len, problems);
    if (root && !problems->n && hs_expect_is(expect, root))
        return HS_OK;
    return hs_fail(err, HS_E_USAGE,
                   "the answers cannot be written without changing something else; write them by "
                   "hand, or leave answers.yaml beside the job file");
}

/* Nothing is written here: the caller takes `out` only on success. */
enum hs_status hs_job_edit(const char *path, const struct hs_buf *text, const char *answers_path,
                           const struct hs_buf *answers, const char *const *rules, size_t n_rules,
                           struct hs_buf *out, struct hs_buf *diff, struct hs_edit_count *count,
                           struct hs_buf *messages, struct hs_error *err)
{
    struct hs_arena a = {0};
    struct hs_problems problems = {.arena = &a, .file = path};
    struct hs_problems of_answers = {.arena = &a, .file = answers_path};
    struct hs_job *job = NULL;
    struct editor e = {.arena = &a, .problems = &problems, .text = text->data, .len = text->len};
    enum hs_status s =
        hs_job_parse(path, text->data, text->len, rules, n_rules, &job, messages, err);
    if (s)
        goto out;
    struct hs_load load = {.job = job,
                           .arena = &job->arena,
                           .problems = &of_answers,
                           .rules = rules,
                           .n_rules = n_rules};
    const struct hs_said *said;
    size_t n_said;
    /* The answers, and what the job must say once they are in it. */
    hs_answers_read(&load, answers->data, answers->len, &said, &n_said, &count->unknown);
    const struct hs_node *root = hs_tree_parse(&a, text->data, text->len, &problems);
    struct hs_expect expect;
    hs_expect_make(&expect, root, job, said, n_said, &a, &of_answers);
    if (hs_problems_print(&of_answers, messages)) {
        s = hs_fail(err, HS_E_USAGE, "%s: the answers cannot be taken", answers_path);
        goto out;
    }
    /* The text is changed in memory, read again and compared. */
    find_lines(&e);
    for (size_t i = 0; i < expect.n_tracks; i++)
        for (enum hs_expect_key k = 0; k < HS_N_EXPECT; k++)
            write_key(&e, &expect.tracks[i], k);
    put_result(&e, out);
    count->added = expect.n_added;
    count->there = expect.n_there;
    count->contradictions = expect.n_contradictions;
    s = read_back(&expect, out, &problems, err);
    if (!s)
        hs_diff_put(text, out, &a, diff);
out:
    hs_job_free(job);
    hs_arena_free(&a);
    return s;
}
