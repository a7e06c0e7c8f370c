/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of `separate:`: the command, its outputs and its limits. Times and sizes take a unit behind
 * the number. */
#include "job/read_separate.h"

#include "core/fs.h"
#include "core/num.h"
#include "job/read_value.h"
#include "model/separate.h"

#include <string.h>

/* half an hour for one file, where the job says nothing */
static const double limit_s = 1800;

/* Whether one of the words holds the file that is to be taken apart. */
static bool names_file(const char *const *words)
{
    for (; *words; words++)
        if (strstr(*words, "{in}"))
            return true;
    return false;
}

/* Without command or outputs there is a problem already, and no separator. */
HS_READER(hs_read_separate)
{
    if (hs_tree_empty(value))
        return;
    struct hs_separate *s = HS_ARENA_NEW(l->arena, struct hs_separate);
    s->limit_s = limit_s;
    hs_schema_read(l, value, HS_IN_SEPARATE, s);
    if (s->command && !names_file(s->command))
        hs_problem_add(l->problems, value->line, value->column,
                       "the command of separate has no \"{in}\", which stands for the file to take "
                       "apart");
    if (s->command && s->n_outputs)
        *(const struct hs_separate **)((char *)base + key->offset) = s;
}

/* A list of words, as the command is run without a shell. The array ends in NULL. */
HS_READER(hs_read_words)
{
    if (value->kind != HS_NODE_LIST || !value->n) {
        hs_schema_mismatch(l, key, value);
        return;
    }
    const char **words = HS_ARENA_ARRAY(l->arena, const char *, value->n + 1);
    for (size_t i = 0; i < value->n; i++) {
        const char *word = hs_schema_text(l, key, value->items[i]);
        words[i] = word ? word : "";
    }
    *(const char *const **)((char *)base + key->offset) = words;
}

/* Whether a pattern of an output stays inside the folder that the separator was given. */
static bool stays_inside(const char *pattern)
{
    return *pattern != '/' && !strstr(pattern, "..");
}

/* What the command makes, by instrument. Patterns must not lead out of its folder. */
HS_READER(hs_read_outputs)
{
    struct hs_separate *s = base;
    if (value->kind != HS_NODE_MAP || !value->n) {
        hs_schema_mismatch(l, key, value);
        return;
    }
    struct hs_separated_output *out =
        HS_ARENA_ARRAY(l->arena, struct hs_separated_output, value->n);
    for (size_t i = 0; i < value->n; i++) {
        const char *name = hs_schema_text(l, key, value->keys[i]);
        const char *pattern = hs_schema_text(l, key, value->items[i]);
        if (!name || !pattern)
            return;
        if (!stays_inside(pattern))
            hs_schema_mismatch(l, key, value->items[i]);
        out[i] = (struct hs_separated_output){name, hs_stem_role_of(name), pattern};
    }
    s->outputs = out;
    s->n_outputs = value->n;
}

struct unit {
    char letter;
    double is;
};

/* A number with a unit behind it, such as 30m or 8G. */
static void read_scaled(struct hs_load *l, const struct hs_job_key *key,
                        const struct hs_node *value, const struct unit *units, size_t n,
                        double *out)
{
    const char *text = value->kind == HS_NODE_TEXT ? value->text : "";
    size_t length = strlen(text);
    double x, by = 1;
    for (size_t i = 0; i < n && length; i++)
        if (text[length - 1] == units[i].letter) {
            by = units[i].is;
            length--;
            break;
        }
    if (hs_num_parse(hs_arena_strndup(l->arena, text, length), &x) && x > 0 && x * by < 1e15)
        *out = x * by;
    else
        hs_schema_mismatch(l, key, value);
}

/* A time in seconds, minutes or hours. */
HS_READER(hs_read_span)
{
    static const struct unit units[] = {{'s', 1}, {'m', 60}, {'h', 3600}};
    read_scaled(l, key, value, units, 3, (double *)((char *)base + key->offset));
}

/* A size in bytes; k, M and G are powers of ten. */
HS_READER(hs_read_size)
{
    static const struct unit units[] = {{'k', 1e3}, {'M', 1e6}, {'G', 1e9}};
    read_scaled(l, key, value, units, 3, (double *)((char *)base + key->offset));
}

/* A folder relative to the job file. */
HS_READER(hs_read_keep)
{
    const char *folder = hs_schema_text(l, key, value);
    if (folder && *folder)
        ((struct hs_separate *)base)->keep = hs_path_join(l->arena, l->folder, folder);
}

/* `jobs: 1` is the only value, because the separator uses all threads by itself. */
HS_READER(hs_read_one)
{
    double x;
    (void)base;
    if (value->kind != HS_NODE_TEXT || !hs_num_parse(value->text, &x) || !(x == 1))
        hs_schema_mismatch(l, key, value);
}
