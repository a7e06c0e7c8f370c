/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every rule reads in measured files: `hindsight measure --json` on standard input,
 * lines of path, rule, value and percussiveness, parted by tabs, on standard output. For
 * making the built-in distribution (scripts/measure-catalogues); never installed.
 */
#include "core/arena.h"
#include "core/num.h"
#include "judge/rule.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static void take_value(struct hs_values *v, const char *key, const json_t *x)
{
    if (json_is_number(x))
        hs_values_number(v, key, json_number_value(x));
    else if (json_is_boolean(x))
        hs_values_flag(v, key, json_is_true(x));
    else if (json_is_string(x))
        hs_values_text(v, key, json_string_value(x));
    else if (json_is_array(x)) {
        size_t n = json_array_size(x);
        double items[64];
        for (size_t i = 0; i < n && i < 64; i++) {
            const json_t *e = json_array_get(x, i);
            items[i] = json_is_number(e) ? json_number_value(e) : NAN;
        }
        hs_values_array(v, key, items, n < 64 ? n : 64);
    } else if (!json_is_object(x))
        hs_values_absent(v, key, "absent");
}

/* Objects within objects have keys with dots. */
static void take_values(struct hs_values *v, const char *prefix, json_t *object,
                        struct hs_arena *arena)
{
    const char *key;
    json_t *x;
    json_object_foreach(object, key, x) {
        const char *whole = hs_arena_printf(arena, "%s%s", prefix, key);
        take_value(v, whole, x);
        if (json_is_object(x))
            take_values(v, hs_arena_printf(arena, "%s.", whole), x, arena);
    }
}

static void print_rules(const char *path, const struct hs_values *v, struct hs_arena *arena)
{
    char value[HS_NUM_TEXT], percussive[HS_NUM_TEXT];
    struct hs_file file = {.state = HS_FILE_OK, .values = *v};
    struct hs_case c = {.role = HS_ROLE_MASTER, .values = v, .file = &file, .arena = arena};
    hs_num_text(percussive, hs_values_or_nan(v, "percussiveness"));
    for (size_t i = 0; i < hs_rule_count(); i++) {
        /* Not by hs_rule_read: what has no distribution yet is to be read too. */
        struct hs_reading r = {.at_most = HS_SEVERE};
        if (hs_values_or_nan(v, "duration_s") >= hs_rule_at(i)->min_duration_s)
            hs_rule_at(i)->read(hs_rule_at(i), &c, &r);
        if (r.judged)
            printf("%s\t%s\t%s\t%s\n", path, hs_rule_at(i)->id, hs_num_text(value, r.value),
                   percussive);
    }
}

int main(void)
{
    json_error_t error;
    json_t *files = json_loadf(stdin, 0, &error), *file;
    size_t i;
    if (!files) {
        fprintf(stderr, "standard input:%d: %s\n", error.line, error.text);
        return 1;
    }
    json_array_foreach(files, i, file) {
        struct hs_arena arena = {0};
        struct hs_values v;
        json_t *measures = json_object_get(file, "measures");
        const char *path = json_string_value(json_object_get(file, "path"));
        hs_values_init(&v, &arena);
        if (path && json_is_object(measures)) {
            take_values(&v, "", measures, &arena);
            print_rules(path, &v, &arena);
        }
        hs_arena_free(&arena);
    }
    json_decref(files);
    return 0;
}
