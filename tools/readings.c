/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every rule reads in measured files: `hindsight measure --json` on standard input,
 * lines of path, rule, value and percussiveness, parted by tabs, on standard output. Instead of the
 * value how severe that is, 0 to 4: with --levels of rules with thresholds of their own alone, with
 * --physics by the rules' tests of single files (struct hs_physics). For making the built-in
 * figures (scripts/measure-catalogues, scripts/catalogue-artists); never installed.
 */
#include "core/arena.h"
#include "core/num.h"
#include "core/num_text.h"
#include "judge/rule.h"
#include "judge/scale.h"
#include "measured.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* As it is found in a file by itself. */
static int level_of(const struct hs_rule *rule, const struct hs_reading *r)
{
    struct hs_scale scale = {.rule = rule, .limit_steps = NAN, .thresholds = r->thresholds};
    int level = (int)hs_scale_severity(&scale, r->value), most = (int)r->at_most;
    if (rule->tier == HS_INDICATION && most > HS_MINOR)
        most = HS_MINOR;
    return level < most ? level : most;
}

enum what { VALUES, LEVELS, PHYSICS };

/* What the tests of single files tell; the caller has the case of the file. */
static void print_physics(const char *path, const struct hs_case *c, const char *percussive)
{
    for (size_t i = 0; i < hs_rule_count(); i++) {
        const struct hs_rule *rule = hs_rule_at(i);
        enum hs_severity level = HS_NO_FAULT;
        if (rule->physics.tell && rule->physics.tell(c, &level))
            printf("%s\t%s\t%d\t%s\n", path, rule->id, (int)level, percussive);
    }
}

static void print_rules(const char *path, const struct hs_values *v, enum what what,
                        struct hs_arena *arena)
{
    char value[HS_NUM_TEXT], percussive[HS_NUM_TEXT];
    struct hs_file file = {.state = HS_FILE_OK, .values = *v};
    struct hs_case c = {.role = HS_ROLE_MASTER, .values = v, .file = &file, .arena = arena};
    hs_num_text(percussive, hs_values_or_nan(v, "percussiveness"));
    if (what == PHYSICS)
        print_physics(path, &c, percussive);
    for (size_t i = 0; i < hs_rule_count() && what != PHYSICS; i++) {
        /* Not by hs_rule_read: what has no distribution yet is to be read too. */
        struct hs_reading r = {.at_most = HS_SEVERE};
        if (hs_values_or_nan(v, "duration_s") >= hs_rule_at(i)->min_duration_s)
            hs_rule_at(i)->read(hs_rule_at(i), &c, &r);
        if (r.judged && what == LEVELS && hs_rule_at(i)->thresholds)
            printf("%s\t%s\t%d\t%s\n", path, hs_rule_at(i)->id, level_of(hs_rule_at(i), &r),
                   percussive);
        else if (r.judged && what == VALUES)
            printf("%s\t%s\t%s\t%s\n", path, hs_rule_at(i)->id, hs_num_text(value, r.value),
                   percussive);
    }
}

int main(int argc, char **argv)
{
    enum what what = argc < 2                        ? VALUES
                     : !strcmp(argv[1], "--levels")  ? LEVELS
                     : !strcmp(argv[1], "--physics") ? PHYSICS
                                                     : VALUES;
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
            print_rules(path, &v, what, &arena);
        }
        hs_arena_free(&arena);
    }
    json_decref(files);
    return 0;
}
