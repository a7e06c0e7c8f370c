/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every rule reads in measured files: `hindsight measure --json` on standard input,
 * lines of path, rule, value and percussiveness, parted by tabs, on standard output. For
 * making the built-in distribution (scripts/measure-catalogues); never installed.
 */
#include "core/arena.h"
#include "core/num.h"
#include "core/num_text.h"
#include "judge/rule.h"
#include "measured.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

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
    json_array_foreach(files, i, file)
    {
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
