/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `hindsight compare MIX MASTER`: what mastering did to one mix, or to those of a folder. The job
 * that was made in memory is run (cli/compare_job.h). One pair is printed in sentences, numbers
 * with their bounds, a table of third octaves, levels of stems, and findings; two folders as one
 * row a pair. Exit code 3 where it cannot be said whether files belong together.
 */
#include "cli/compare_job.h"
#include "cli/options.h"
#include "core/fs.h"
#include "core/num.h"
#include "core/num_text.h"
#include "core/print.h"
#include "core/text.h"
#include "judge/evidence.h"
#include "pair/values.h"
#include "pool/signals.h"
#include "report/instruments.h"
#include "report/json.h"
#include "report/json_file.h"
#include "report/json_finding.h"
#include "report/json_instruments.h"
#include "report/pair_did.h"
#include "report/pair_words.h"
#include "run/exit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Path, length, sample rate and loudness of one of the two files. */
static void put_name(struct hs_buf *out, const char *label, const struct hs_file *f)
{
    char length[HS_NUM_TEXT], rate[HS_NUM_TEXT];
    hs_buf_printf(out, "%-8s", label);
    hs_text_put_plain(out, f->source->shown);
    double lufs;
    hs_buf_printf(out, "  (%s s, %s Hz",
                  hs_num_fixed(length, hs_values_or_nan(&f->values, "duration_s"), 1),
                  hs_num_fixed(rate, hs_values_or_nan(&f->values, "sample_rate_hz"), 0));
    if (hs_values_read(&f->values, "integrated_lufs", &lufs))
        hs_buf_printf(out, ", %s LUFS", hs_num_fixed(length, lufs, 1));
    hs_buf_puts(out, ")\n");
}

/* What people should know of how a file was read. */
static void put_remarks(struct hs_buf *out, const char *label, const struct hs_file *f)
{
    const char *line;
    struct hs_arena a = {0};
    for (size_t i = 0, n; (line = hs_values_line(&f->values, "remarks", i, &n)); i++) {
        hs_buf_printf(out, "The %s: ", label);
        hs_text_put_plain(out, hs_arena_strndup(&a, line, n));
        hs_buf_puts(out, ".\n");
    }
    hs_arena_free(&a);
}

/* "1.2 dB (+- 0.1)", or the reason why not. */
static void put_number(struct hs_buf *out, const struct hs_values *v, const struct hs_measure *m)
{
    char text[HS_NUM_TEXT];
    const struct hs_value *x = hs_values_get(v, m->key);
    hs_buf_printf(out, "  %-32s", m->title);
    if (!x || x->kind == HS_ABSENT) {
        hs_buf_puts(out, "- (");
        hs_text_put_plain(out, hs_values_why(v, m->key));
        hs_buf_puts(out, ")\n");
        return;
    }
    if (x->kind == HS_FLAG)
        hs_buf_puts(out, x->number != 0 ? "yes" : "no");
    else if (x->kind == HS_TEXT)
        hs_text_put_plain(out, x->text);
    else if (x->kind == HS_ARRAY)
        for (size_t i = 0; i < x->n; i++)
            hs_buf_printf(out, "%s%s", i ? ", " : "", hs_num_fixed(text, x->array[i], m->digits));
    else
        hs_buf_printf(out, "%s%s%s", hs_num_fixed(text, x->number, m->digits), *m->unit ? " " : "",
                      m->unit);
    /* uncertainty that would be rounded to 0 is not shown */
    if (x->kind == HS_NUMBER && isfinite(x->bound) && x->bound >= 0.5 * pow(10, -m->digits))
        hs_buf_printf(out, " (+- %s)", hs_num_fixed(text, x->bound, m->digits));
    hs_buf_putc(out, '\n');
}

/* A number of a table, "-" where it is not known. */
static void put_cell(struct hs_buf *out, const double *x, size_t band, int digits)
{
    char text[HS_NUM_TEXT];
    hs_buf_printf(out, "  %6s", x && isfinite(x[band]) ? hs_num_fixed(text, x[band], digits) : "-");
}

/* Equalisation of mid and side and coherence in third octaves; nothing where the pair was not
 * aligned. */
static void put_bands(struct hs_buf *out, const struct hs_values *v)
{
    const double *mid = hs_values_doubles(v, "eq_db", HS_BANDS);
    const double *side = hs_values_doubles(v, "side_eq_db", HS_BANDS);
    const double *coherence = hs_values_doubles(v, "coherence", HS_BANDS);
    if (!mid)
        return;
    hs_buf_puts(out, "\n  band Hz   mid dB  side dB  coherence\n");
    for (size_t b = 0; b < HS_BANDS; b++) {
        hs_buf_printf(out, "  %-7s", hs_band_name(b));
        put_cell(out, mid, b, 1);
        put_cell(out, side, b, 1);
        put_cell(out, coherence, b, 2);
        hs_buf_putc(out, '\n');
    }
}

static void put_level(struct hs_buf *out, const struct hs_instrument *in)
{
    char text[HS_NUM_TEXT];
    double level = in && !in->why ? in->number[HS_INSTRUMENT_LEVEL_LU] : NAN;
    hs_buf_printf(out, "  %8s", isfinite(level) ? hs_num_fixed(text, level, 1) : "-");
}

/* A row for each stem: its level against the whole, and why there is none. */
static void put_instruments(struct hs_buf *out, const struct hs_track_result *r)
{
    char text[HS_NUM_TEXT];
    struct hs_instrument_change c;
    for (size_t i = 0; hs_instruments_change(r, i, &c); i++) {
        const struct hs_instrument *in = c.master ? c.master : c.mix;
        if (!i)
            hs_buf_puts(out, "\n    mix LU    master    change  within  instrument\n");
        put_level(out, c.mix);
        put_level(out, c.master);
        hs_buf_printf(out, "  %8s", isfinite(c.lu) ? hs_num_fixed(text, c.lu, 1) : "-");
        double within = in->why ? (double)NAN : in->number[HS_INSTRUMENT_BOUND_LU];
        hs_buf_printf(out, "  %6s  ", isfinite(within) ? hs_num_fixed(text, within, 1) : "-");
        hs_text_put_plain(out, c.name);
        if (in->why) {
            hs_buf_puts(out, " (");
            hs_text_put_plain(out, in->why);
            hs_buf_puts(out, ")");
        }
        hs_buf_putc(out, '\n');
    }
}

/* Each finding with its severity, its origin and the sentence of its evidence. */
static void put_findings(struct hs_buf *out, const struct hs_track_result *r)
{
    struct hs_arena scratch = {0};
    hs_buf_puts(out, r->n_findings ? "\nfindings\n" : "\nno findings\n");
    for (size_t i = 0; i < r->n_findings; i++) {
        const struct hs_finding *f = &r->findings[i];
        hs_buf_printf(out, "  %-16s %-9s %-11s ", f->rule, hs_severity_name(f->severity),
                      hs_origin_name(f->origin));
        const char *evidence = hs_finding_evidence(f, &scratch);
        hs_text_put_plain(out, evidence ? evidence : "");
        hs_buf_putc(out, '\n');
    }
    hs_arena_free(&scratch);
}

/* Files, sentences, shared segments, values of the comparison, third octaves, instruments,
 * findings. */
static void put_plain(struct hs_buf *out, const struct hs_track_result *r)
{
    const struct hs_pair *p = &r->pair;
    put_name(out, "mix", &r->mix);
    put_name(out, "master", &r->master);
    hs_buf_putc(out, '\n');
    put_remarks(out, "mix", &r->mix);
    put_remarks(out, "master", &r->master);
    hs_pair_words(r, out);
    hs_buf_putc(out, '\n');
    for (size_t i = 0; i < p->n_segments; i++)
        hs_buf_printf(out, "  mix %9.3f s = master %9.3f s, for %.3f s\n", p->segments[i].mix_s,
                      p->segments[i].master_s, p->segments[i].len_s);
    if (p->state == HS_PAIR_ALIGNED || p->state == HS_PAIR_EDITED) {
        for (size_t i = 0; i < hs_n_pair_measures; i++)
            if (hs_pair_measures[i].where == HS_IN_JSON && hs_pair_measures[i].kind != HS_ARRAY)
                put_number(out, &p->values, &hs_pair_measures[i]);
        put_bands(out, &p->values);
    }
    put_instruments(out, r);
    put_findings(out, r);
}

/* Files, pair and findings as one object, with the keys of audit.json. */
static void put_json(struct hs_buf *out, const struct hs_track_result *r)
{
    hs_buf_puts(out, "{\"mix\": ");
    hs_json_file(&r->mix, out);
    hs_buf_puts(out, ",\n\"master\": ");
    hs_json_file(&r->master, out);
    hs_buf_puts(out, ",\n\"pair\": ");
    hs_json_pair(&r->pair, out);
    hs_buf_puts(out, ",\n\"findings\": ");
    hs_json_findings(r->findings, r->n_findings, out);
    if (hs_track_has_instruments(r)) {
        hs_buf_puts(out, ",\n\"instruments\": ");
        hs_json_instruments(r, out);
    }
    hs_buf_puts(out, "}\n");
}

static void put_all_json(struct hs_buf *out, const struct hs_compare_job *j)
{
    hs_buf_puts(out, "[");
    for (size_t i = 0; i < j->job.n_tracks; i++) {
        hs_buf_puts(out, i ? ",\n" : "");
        put_json(out, &j->audit.tracks[i]);
    }
    hs_buf_puts(out, "]\n");
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* One row per pair: what it is, gain, reduction, what is left, findings by mastering. */
static void put_row(struct hs_buf *out, const struct hs_track_result *r)
{
    char text[HS_NUM_TEXT];
    const struct hs_values *v = &r->pair.values;
    struct hs_buf chain = {0};
    size_t brought = 0;
    /* faults that mastering brought in */
    for (size_t i = 0; i < r->n_findings; i++)
        brought +=
            hs_finding_counts(&r->findings[i]) && r->findings[i].origin == HS_ORIGIN_MASTERING;
    hs_pair_chain_words(&r->pair, &chain);
    hs_buf_printf(out, "%-10s ", hs_pair_state_name(r->pair.state));
    hs_buf_printf(out, "%7s ", hs_num_fixed(text, hs_values_or_nan(v, "gain_db"), 1));
    hs_buf_printf(out, "%9s ", hs_num_fixed(text, hs_values_or_nan(v, "residual_db"), 1));
    hs_buf_printf(out, "%8zu  ", brought);
    hs_text_put_plain(out, base_name(r->mix.source ? r->mix.source->shown : ""));
    hs_buf_puts(out, " -> ");
    hs_text_put_plain(out, base_name(r->master.source->shown));
    if (chain.len) {
        hs_buf_puts(out, "  ");
        hs_buf_put(out, chain.data, chain.len);
    }
    hs_buf_putc(out, '\n');
    hs_buf_free(&chain);
}

static void put_table(struct hs_buf *out, const struct hs_compare_job *j)
{
    hs_buf_puts(out, "status     gain dB  residual  brought  mix -> master  devices\n");
    for (size_t i = 0; i < j->job.n_tracks; i++)
        put_row(out, &j->audit.tracks[i]);
}

/* Of two files alone a file that cannot be read is the failure. */
static enum hs_status check_read(const struct hs_compare_job *j, struct hs_error *err)
{
    const struct hs_track_result *r = &j->audit.tracks[0];
    const struct hs_file *files[] = {&r->mix, &r->master};
    for (int i = 0; i < 2; i++)
        if (files[i]->state != HS_FILE_OK)
            hs_fail(err, HS_E_FAILED, "%s: %s", files[i]->source->shown, files[i]->error);
    if (err->status == HS_OK && j->gather.n_unfinished)
        hs_fail(err, HS_E_FAILED, "%s: %s", j->gather.unfinished[0].what,
                j->gather.unfinished[0].why);
    return err->status;
}

/* Stems that could not be read are left out, and said. */
static void tell_unread_stems(const struct hs_compare_job *j, const struct hs_log *log)
{
    const struct hs_track_result *r = &j->audit.tracks[0];
    for (size_t i = 0; r->stems && i < j->tracks[0].n_stems; i++)
        if (r->stems[i].state != HS_FILE_OK)
            hs_log_warn(log, "%s: %s", r->stems[i].source->shown, r->stems[i].error);
}

/* A pair that was not compared or of which nothing can be said makes the exit code 3. */
static bool any_open(const struct hs_compare_job *j)
{
    for (size_t i = 0; i < j->job.n_tracks; i++) {
        enum hs_pair_state state = j->audit.tracks[i].pair.state;
        if (state == HS_PAIR_CANNOT_SAY || state == HS_PAIR_NONE)
            return true;
    }
    return false;
}

/* Two files, or two folders whose files are paired by name as `init` does. */
int hs_cmd_compare(const struct hs_options *o, const struct hs_log *log)
{
    struct hs_compare_job j = {.gather = {.log = log, .jobs = o->jobs, .stop = hs_signals_watch()}};
    struct hs_buf out = {0};
    struct hs_error err = {0};
    const bool folders = hs_fs_is_dir(o->operands[0]) && hs_fs_is_dir(o->operands[1]);
    enum hs_status status = HS_OK;
    if (folders)
        status = hs_compare_folders(&j, o->operands[0], o->operands[1], &err);
    else
        hs_compare_files(&j, o->operands[0], o->operands[1]);
    if (status == HS_OK && o->stems)
        status = folders ? hs_fail(&err, HS_E_USAGE, "--stems is for one mix and its master")
                         : hs_compare_stems(&j, o->stems, &err);
    if (status == HS_OK)
        status = hs_compare_run(&j, &err);
    /* of two files a failure is the answer; of many it is a row */
    if (status == HS_OK && !folders)
        status = check_read(&j, &err);
    if (status == HS_OK && o->stems)
        tell_unread_stems(&j, log);
    if (status == HS_OK) {
        if (folders)
            (o->json ? put_all_json : put_table)(&out, &j);
        else
            (o->json ? put_json : put_plain)(&out, &j.audit.tracks[0]);
        status = hs_print(out.data, out.len, &err);
    }
    if (status != HS_OK)
        hs_log_error(log, "%s", err.msg);
    int code = status != HS_OK ? hs_exit_of(status) : any_open(&j) ? HS_EXIT_PARTIAL : HS_EXIT_OK;
    hs_buf_free(&out);
    hs_compare_free(&j);
    return code;
}
