/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The verdicts on measures, without audio: for benchmarks over many pieces of music
 * (scripts/bench-verdicts); never installed. Standard input:
 *
 *     {"files": {NAME: measures}, "cases": [{"id": ..., "of": NAME, "set": measures,
 *                                            "references": [NAME]}]}
 *
 * A case is the file with some measures set otherwise. On standard output a line for each
 * finding: id, rule, severity, steps, the rule it is part of or "-", parted by tabs; and one with
 * what the short list would say: id, "action", its name, 0, "-".
 */
#include "catalogue/shortlist.h"
#include "core/alloc.h"
#include "core/num.h"
#include "core/num_text.h"
#include "judge/judge.h"
#include "measured.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The measures of the files, by their order in the object. */
struct shelf {
    struct hs_arena arena;
    json_t *files;
    struct hs_file *file;
};

static void shelf_fill(struct shelf *s, json_t *files)
{
    const char *name;
    json_t *measures;
    size_t i = 0;
    s->files = files;
    s->file = HS_ARENA_ARRAY(&s->arena, struct hs_file, json_object_size(files) + 1);
    json_object_foreach(files, name, measures)
    {
        s->file[i].state = HS_FILE_OK;
        hs_values_init(&s->file[i].values, &s->arena);
        take_values(&s->file[i++].values, "", measures, &s->arena);
    }
}

static const struct hs_file *shelf_find(const struct shelf *s, const char *wanted)
{
    const char *name;
    json_t *measures;
    size_t i = 0;
    json_object_foreach(s->files, name, measures)
    {
        if (wanted && !strcmp(name, wanted))
            return &s->file[i];
        i++;
    }
    fprintf(stderr, "no file is called %s\n", wanted ? wanted : "so");
    exit(1);
}

static void print_findings(const char *id, const struct hs_track_result *t)
{
    char steps[HS_NUM_TEXT];
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        printf("%s\t%s\t%s\t%s\t%s\n", id, f->rule, hs_severity_name(f->severity),
               hs_num_text(steps, f->steps), f->explained_by ? f->explained_by : "-");
    }
}

static void judge_case(const struct shelf *s, json_t *one)
{
    struct hs_audit audit = {0};
    json_t *names = json_object_get(one, "references"), *name;
    const char *of = json_string_value(json_object_get(one, "of"));
    json_t *measures = json_copy(json_object_get(s->files, of));
    size_t n = json_array_size(names), i;
    struct hs_file *references = HS_ARENA_ARRAY(&audit.arena, struct hs_file, n + 1);
    const struct hs_release release = {.title = "case", .n_tracks = 1};
    const struct hs_track track = {.id = "case", .title = "case", .plays = NAN};
    struct hs_job job = {.profile = "popular",
                         .n_references = n,
                         .tracks = &track,
                         .n_tracks = 1,
                         .releases = &release,
                         .n_releases = 1,
                         .budget_hours = NAN};
    struct hs_track_result t = {.track = &track, .master.state = HS_FILE_OK};
    json_object_update(measures, json_object_get(one, "set"));
    json_array_foreach(names, i, name) references[i] = *shelf_find(s, json_string_value(name));
    hs_values_init(&t.master.values, &audit.arena);
    hs_values_init(&t.mix.values, &audit.arena);
    hs_values_init(&t.pair.values, &audit.arena);
    take_values(&t.master.values, "", measures, &audit.arena);
    audit.job = &job;
    audit.references = references;
    hs_judge_pair(&audit, &t);
    print_findings(json_string_value(json_object_get(one, "id")), &t);
    audit.tracks = &t;
    hs_shortlist_make(&audit);
    printf("%s\taction\t%s\t0\t-\n", json_string_value(json_object_get(one, "id")),
           hs_action_name(audit.shortlist[0].action));
    json_decref(measures);
    hs_arena_free(&audit.arena);
}

int main(void)
{
    json_error_t error;
    json_t *input = json_loadf(stdin, 0, &error), *one;
    struct shelf s = {0};
    size_t i;
    if (!input) {
        fprintf(stderr, "standard input:%d: %s\n", error.line, error.text);
        return 1;
    }
    shelf_fill(&s, json_object_get(input, "files"));
    json_array_foreach(json_object_get(input, "cases"), i, one) judge_case(&s, one);
    hs_arena_free(&s.arena);
    json_decref(input);
    return 0;
}
