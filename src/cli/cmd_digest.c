/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `hindsight digest REPORT...`: one overview over the last night of many jobs. Of each report
 * digest.json and run.json are read; a report that cannot be read says so in its line. Changes
 * are counted by kind, whatever caused them. A job is called by its artist, else by its file; by
 * the folder of the report where the file is only called "job".
 */
#include "cli/options.h"
#include "cli/print.h"
#include "core/alloc.h"
#include "core/fs.h"
#include "core/text.h"
#include "job/tree.h"
#include "job/tree_parse.h"
#include "report/json.h"
#include "run/exit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 256 << 20, MOST_NAME = 48 };

/* What one report says of its last night. */
struct night {
    const char *report, *job, *called; /* `called`: for people */
    const char *why;                   /* NULL: read */
    size_t added, worse, resolved, unfinished, listed, unlisted, tracks, findings;
    bool first;
};

/* The root of a JSON file in a report; NULL where it cannot be read. */
static const struct hs_node *read_json(struct hs_arena *a, const char *dir, const char *name)
{
    struct hs_buf text = {0};
    struct hs_problems problems = {.arena = a, .file = name};
    const struct hs_node *root = NULL;
    const char *path = hs_path_join(a, dir, name);
    if (hs_fs_read(path, MOST_BYTES, &text, NULL) == HS_OK) /* JSON is YAML */
        root = hs_tree_parse(a, text.data ? text.data : "", text.len, &problems);
    hs_buf_free(&text);
    return problems.n ? NULL : root;
}

/* The length of a list; 0 where it is not there. */
static size_t length_of(const struct hs_node *map, const char *key)
{
    const struct hs_node *list = hs_tree_get(map, key);
    return list && list->kind == HS_NODE_LIST ? list->n : 0;
}

/* A number of digest.json; 0 where it is not there. */
static size_t number_of(const struct hs_node *map, const char *key)
{
    const struct hs_node *x = hs_tree_get(map, key);
    return x && x->kind == HS_NODE_TEXT ? (size_t)strtoull(x->text, NULL, 10) : 0;
}

/* Changes by their kind, whatever moved them. */
static void count_changes(const struct hs_node *list, struct night *n)
{
    const struct {
        const char *word;
        size_t *count;
    } kinds[] = {{"new", &n->added}, {"worse", &n->worse}, {"resolved", &n->resolved}};
    for (size_t i = 0; list && list->kind == HS_NODE_LIST && i < list->n; i++) {
        const struct hs_node *change = hs_tree_get(list->items[i], "change");
        for (size_t k = 0; change && change->kind == HS_NODE_TEXT && k < 3; k++)
            *kinds[k].count += !strcmp(change->text, kinds[k].word);
    }
}

static const char *text_of(const struct hs_node *node)
{
    return node && node->kind == HS_NODE_TEXT && !hs_tree_empty(node) ? node->text : NULL;
}

/* The artist, else the job, else the name of the report's folder. */
static const char *name_of(struct hs_arena *a, const char *artist, const char *job,
                           const char *report)
{
    size_t n = strlen(report);
    if (artist && *artist)
        return hs_arena_strdup(a, artist);
    if (job && *job && strcmp(job, "job") != 0)
        return hs_arena_strdup(a, job);
    while (n > 1 && report[n - 1] == '/')
        n--;
    return hs_arena_strdup(a, hs_path_base(hs_arena_strndup(a, report, n)));
}

/* What the report's digest.json says of the last night; `why` where there is none. */
static void read_night(struct hs_arena *a, const char *report, struct night *n)
{
    static const char *const causes[] = {"music", "hindsight", "yardstick"};
    struct hs_arena scratch = {0};
    *n = (struct night){.report = report, .job = report, .called = report};
    const struct hs_node *digest = read_json(&scratch, report, "digest.json");
    if (!digest || digest->kind != HS_NODE_MAP || !hs_tree_get(digest, "tracks")) {
        n->why = hs_fs_is_dir(report) ? "no report of hindsight" : "no such folder";
        hs_arena_free(&scratch);
        return;
    }
    /* of a first run all is new, which is no news */
    const struct hs_node *first = hs_tree_get(digest, "first");
    n->first = first && first->kind == HS_NODE_TEXT && !strcmp(first->text, "true");
    for (size_t i = 0; i < 3 && !n->first; i++)
        count_changes(hs_tree_get(digest, causes[i]), n);
    n->listed = length_of(digest, "listed");
    n->unlisted = length_of(digest, "unlisted");
    n->unfinished = number_of(digest, "unfinished");
    n->tracks = number_of(digest, "tracks");
    n->findings = number_of(digest, "findings");
    const char *job = text_of(hs_tree_get(digest, "job"));
    n->called = name_of(a, text_of(hs_tree_get(digest, "artist")), job, report);
    n->job = hs_arena_strdup(a, job && *job ? job : n->called);
    hs_arena_free(&scratch);
}

/* Letters of UTF-8, each of which a terminal gives one place. */
static size_t width_of(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

/* A name, and blanks up to the next column. */
static void put_name(struct hs_buf *out, const char *name, size_t width)
{
    struct hs_buf plain = {0};
    hs_text_put_plain(&plain, name);
    size_t n = width_of(plain.data ? plain.data : "");
    hs_buf_printf(out, "%s%*s", plain.data ? plain.data : "", (int)(n < width ? width - n : 0) + 1,
                  "");
    hs_buf_free(&plain);
}

/* One line: counts, or why the report cannot be read. A first run has nothing to compare with. */
static void put_plain(struct hs_buf *out, const struct night *n, size_t width)
{
    put_name(out, n->called, width);
    if (n->why)
        hs_buf_printf(out, "%s: ", n->why);
    else if (n->first)
        hs_buf_printf(out, "%5s %5s %8s %10zu  ", "first", "-", "-", n->unfinished);
    else
        hs_buf_printf(out, "%5zu %5zu %8zu %10zu  ", n->added, n->worse, n->resolved,
                      n->unfinished);
    hs_text_put_plain(out, n->report);
    hs_buf_puts(out, n->why ? "\n" : "/index.html\n");
}

/* Several jobs of one artist are told apart by their files. */
static void tell_apart(struct hs_arena *a, struct night *nights, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *shared = nights[i].called;
        bool alike = false;
        for (size_t k = i + 1; k < n; k++)
            if (!strcmp(nights[k].called, shared)) {
                nights[k].called = hs_arena_printf(a, "%s (%s)", shared, nights[k].job);
                alike = true;
            }
        if (alike)
            nights[i].called = hs_arena_printf(a, "%s (%s)", shared, nights[i].job);
    }
}

/* One report of the night. */
static void put_json(struct hs_json *j, const struct night *n)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "job", n->job);
    hs_json_text(j, "called", n->called);
    hs_json_text(j, "report", n->report);
    hs_json_text(j, "error", n->why);
    hs_json_bool(j, "first", n->first);
    hs_json_number(j, "new", (double)n->added);
    hs_json_number(j, "worse", (double)n->worse);
    hs_json_number(j, "resolved", (double)n->resolved);
    hs_json_number(j, "unfinished", (double)n->unfinished);
    hs_json_number(j, "listed", (double)n->listed);
    hs_json_number(j, "unlisted", (double)n->unlisted);
    hs_json_number(j, "tracks", (double)n->tracks);
    hs_json_number(j, "findings", (double)n->findings);
    hs_json_object_end(j);
}

/* One line for each report; one that cannot be read makes the exit code 3. */
static void put_table(struct hs_buf *out, const struct night *nights, size_t n)
{
    size_t width = strlen("job");
    for (size_t i = 0; i < n; i++)
        if (width_of(nights[i].called) > width)
            width = width_of(nights[i].called);
    width = width < MOST_NAME ? width : MOST_NAME;
    put_name(out, "job", width);
    hs_buf_printf(out, "%5s %5s %8s %10s  %s\n", "new", "worse", "resolved", "unfinished",
                  "report");
    for (size_t i = 0; i < n; i++)
        put_plain(out, &nights[i], width);
}

static void put_list(struct hs_buf *out, const struct night *nights, size_t n)
{
    struct hs_json j = {.out = out};
    hs_json_array(&j, NULL);
    for (size_t i = 0; i < n; i++)
        put_json(&j, &nights[i]);
    hs_json_array_end(&j);
    hs_buf_putc(out, '\n');
}

int hs_cmd_digest(const struct hs_options *o, const struct hs_log *log)
{
    struct hs_arena a = {0};
    struct hs_buf out = {0};
    struct night *nights = HS_ARENA_ARRAY(&a, struct night, o->n_operands);
    int code = HS_EXIT_OK;
    for (size_t i = 0; i < o->n_operands; i++) {
        read_night(&a, o->operands[i], &nights[i]);
        if (!nights[i].why)
            continue;
        hs_log_warn(log, "%s: %s", nights[i].report, nights[i].why);
        code = HS_EXIT_PARTIAL;
    }
    tell_apart(&a, nights, o->n_operands);
    if (o->json)
        put_list(&out, nights, o->n_operands);
    else
        put_table(&out, nights, o->n_operands);
    if (!hs_cli_print(&out, log))
        code = HS_EXIT_FAILED;
    hs_arena_free(&a);
    return code;
}
