/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `hindsight measure FILE...`: the measures of single files, no verdicts. Files are gathered into
 * a store in memory, the same way as in an audit. Output is one of: twelve lines that are asked
 * first, all measures with units and reasons (--all), one row a file (--csv), or JSON;
 * destinations that were asked for follow.
 */
#include "cli/options.h"
#include "cli/print.h"
#include "core/alloc.h"
#include "core/num.h"
#include "core/num_text.h"
#include "core/text.h"
#include "measure/analyser.h"
#include "model/measure.h"
#include "pool/signals.h"
#include "report/csv.h"
#include "report/json_file.h"
#include "report/survival.h"
#include "run/exit.h"
#include "run/gather.h"
#include "run/gather_measure.h"
#include "run/results.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Workers may run in another folder, so paths are made absolute; the file keeps its given path as
 * its name. */
static const char *absolute(struct hs_arena *a, const char *path)
{
    char here[4096];
    if (path[0] == '/' || !getcwd(here, sizeof here))
        return path;
    return hs_arena_printf(a, "%s/%s", here, path);
}

/* Key and value with its unit, or the reason why it is absent. Arrays of third octaves show the
 * frequency of each band. */
static void put_value(struct hs_buf *out, const struct hs_measure *m, const struct hs_value *v)
{
    char text[HS_NUM_TEXT];
    hs_buf_printf(out, "  %-26s ", m->key);
    switch (v->kind) {
    case HS_NUMBER:
        hs_buf_printf(out, "%s %s", hs_num_fixed(text, v->number, m->digits), m->unit);
        break;
    case HS_FLAG:
        hs_buf_puts(out, v->number != 0 ? "yes" : "no");
        break;
    case HS_TEXT:
        hs_text_put_plain(out, v->text);
        break;
    case HS_ARRAY:
        for (size_t i = 0; i < v->n; i++) {
            const char *band = v->n == HS_BANDS ? hs_band_name(i) : NULL; /* with their Hz */
            hs_buf_printf(out, "%s%s%s%s", i ? " " : "", band ? band : "", band ? ":" : "",
                          isnan(v->array[i]) ? "-" : hs_num_fixed(text, v->array[i], m->digits));
        }
        hs_buf_printf(out, " %s", m->unit);
        break;
    case HS_ABSENT:
        hs_buf_puts(out, "- (");
        hs_text_put_plain(out, v->why);
        hs_buf_puts(out, ")");
        break;
    case HS_SERIES:
        break;
    }
    hs_buf_putc(out, '\n');
}

/* What people should know of how the file was read. */
static void put_remarks(struct hs_buf *out, const struct hs_values *values)
{
    const char *line;
    struct hs_arena a = {0};
    for (size_t i = 0, n; (line = hs_values_line(values, "remarks", i, &n)); i++) {
        hs_buf_printf(out, "  %-26s ", "remark");
        hs_text_put_plain(out, hs_arena_strndup(&a, line, n));
        hs_buf_putc(out, '\n');
    }
    hs_arena_free(&a);
}

/* What a person asks first of a file: twelve lines, in this order. */
static const char *const short_keys[] = {"duration_s",     "sample_rate_hz",  "channels",
                                         "codec",          "integrated_lufs", "loudness_range_lu",
                                         "true_peak_dbtp", "plr_db",          "tilt_db_per_oct",
                                         "correlation",    "side_mid_db",     "clipped_ppm"};
enum { N_SHORT = sizeof short_keys / sizeof *short_keys };

/* The row of a measure in the tables of the analysers; NULL: none. */
static const struct hs_measure *measure_of(const char *key)
{
    for (size_t i = 0; i < hs_n_analysers; i++)
        for (size_t k = 0; k < hs_analysers[i]->n_measures; k++)
            if (!strcmp(hs_analysers[i]->measures[k].key, key))
                return &hs_analysers[i]->measures[k];
    return NULL;
}

/* The twelve measures that are asked for first. */
static void put_short(struct hs_buf *out, const struct hs_file *file)
{
    for (size_t i = 0; i < N_SHORT; i++) {
        const struct hs_measure *m = measure_of(short_keys[i]);
        const struct hs_value *v = m ? hs_values_get(&file->values, m->key) : NULL;
        if (v)
            put_value(out, m, v);
    }
}

/* One row a file; what is no number of its own is left to JSON. */
static void put_csv_names(struct hs_csv *w)
{
    hs_csv_text(w, "path");
    hs_csv_text(w, "status");
    for (size_t i = 0; i < hs_n_analysers; i++)
        for (size_t k = 0; k < hs_analysers[i]->n_measures; k++) {
            const struct hs_measure *m = &hs_analysers[i]->measures[k];
            if (m->where == HS_IN_JSON && m->kind != HS_SERIES && m->kind != HS_ARRAY)
                hs_csv_text(w, m->key);
        }
    hs_csv_end_row(w);
}

/* One row in the order of put_csv_names; absent values are empty cells. */
static void put_csv(struct hs_csv *w, const struct hs_file *file)
{
    hs_csv_text(w, file->source->shown);
    hs_csv_text(w, hs_file_state_name(file->state));
    for (size_t i = 0; i < hs_n_analysers; i++)
        for (size_t k = 0; k < hs_analysers[i]->n_measures; k++) {
            const struct hs_measure *m = &hs_analysers[i]->measures[k];
            if (m->where != HS_IN_JSON || m->kind == HS_SERIES || m->kind == HS_ARRAY)
                continue;
            const struct hs_value *v = hs_values_get(&file->values, m->key);
            if (v && v->kind == HS_TEXT)
                hs_csv_text(w, v->text);
            else
                hs_csv_number(w,
                              v && (v->kind == HS_NUMBER || v->kind == HS_FLAG) ? v->number : NAN);
        }
    hs_csv_end_row(w);
}

/* A file that could not be read is one line with the reason. */
static void put_plain(struct hs_buf *out, const struct hs_file *file, bool all)
{
    hs_text_put_plain(out, file->source->shown);
    if (file->state != HS_FILE_OK) {
        hs_buf_printf(out, ": %s: ", hs_file_state_name(file->state));
        hs_text_put_plain(out, file->error);
        hs_buf_putc(out, '\n');
        return;
    }
    hs_buf_putc(out, '\n');
    put_remarks(out, &file->values);
    if (!all) {
        put_short(out, file);
        return;
    }
    for (size_t i = 0; i < hs_n_analysers; i++)
        for (size_t k = 0; k < hs_analysers[i]->n_measures; k++) {
            const struct hs_measure *m = &hs_analysers[i]->measures[k];
            const struct hs_value *v = hs_values_get(&file->values, m->key);
            if (v && m->where == HS_IN_JSON && v->kind != HS_SERIES)
                put_value(out, m, v);
        }
}

/* Where it holds up, a line a destination. */
static void put_survival(struct hs_buf *out, const struct hs_file *file, unsigned asked)
{
    char text[HS_NUM_TEXT];
    for (int i = 0; i < HS_N_SURVIVAL_PLACES && file->state == HS_FILE_OK; i++) {
        const struct hs_survival_kind *k = &hs_survival_kinds[i];
        double x = hs_survival_value((enum hs_survival_place)i, file);
        if (!(k->destination & asked))
            continue;
        hs_buf_printf(out, "  %s, %s: ", k->name, k->what);
        if (isfinite(x))
            hs_buf_printf(out, "%s %s\n", hs_num_fixed(text, x, 1), k->unit);
        else
            hs_buf_puts(out, "cannot say\n");
    }
}

/* Files in the order given. One that could not be read makes the exit code 3, and the others
 * are printed. */
static int print_all(const struct hs_options *o, const struct hs_entries *entries,
                     const struct hs_source *sources, const struct hs_log *log)
{
    struct hs_buf out = {0};
    int code = HS_EXIT_OK;
    struct hs_csv csv = {.out = &out};
    if (o->csv)
        put_csv_names(&csv);
    hs_buf_puts(&out, o->json ? "[" : "");
    for (size_t i = 0; i < o->n_operands; i++) {
        struct hs_file f = hs_entries_file(entries, &sources[i]);
        if (f.state != HS_FILE_OK)
            code = HS_EXIT_PARTIAL;
        /* one format for all files */
        if (o->csv) {
            put_csv(&csv, &f);
        } else if (o->json) {
            hs_buf_puts(&out, i ? ",\n" : "");
            hs_json_file_asked(&f, o->survival, &out);
        } else {
            put_plain(&out, &f, o->all);
            put_survival(&out, &f, o->survival);
        }
    }
    hs_buf_puts(&out, o->json ? "]\n" : "");
    if (!hs_cli_print(&out, log))
        code = HS_EXIT_FAILED;
    return code;
}

/* Into a store in memory, as everything that is measured. */
static enum hs_status measure_all(struct hs_gather *g, struct hs_results *r, struct hs_error *err)
{
    enum hs_status status = hs_store_open_memory(&g->store, err);
    if (status == HS_OK) {
        hs_gather_look(g);
        status = hs_gather_files(g, err);
    }
    r->store = g->store;
    if (status == HS_OK)
        hs_results_files(r, &g->entries);
    return status;
}

/* The store is in memory: nothing is kept. */
int hs_cmd_measure(const struct hs_options *o, const struct hs_log *log)
{
    if (o->json && o->csv) {
        hs_log_error(log, "measure: found both --json and --csv, expected one of them");
        return HS_EXIT_USAGE;
    }
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct hs_source *sources = HS_ARENA_ARRAY(&a, struct hs_source, o->n_operands);
    struct hs_gather g = {
        .survival = o->survival, .log = log, .jobs = o->jobs, .stop = hs_signals_watch()};
    struct hs_results r = {.arena = &a};
    for (size_t i = 0; i < o->n_operands; i++) {
        sources[i] =
            (struct hs_source){.path = absolute(&a, o->operands[i]), .shown = o->operands[i]};
        hs_entries_add(&g.entries, &sources[i]);
    }
    enum hs_status status = measure_all(&g, &r, &err);
    int code = hs_exit_of(status);
    if (status == HS_OK)
        code = print_all(o, &g.entries, sources, log);
    else
        hs_log_error(log, "%s", err.msg);
    hs_results_free(&r);
    hs_gather_free(&g);
    hs_store_close(g.store);
    hs_arena_free(&a);
    return code;
}
