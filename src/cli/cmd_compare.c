/* SPDX-License-Identifier: Apache-2.0 */
/* `hindsight compare MIX MASTER`: one pair, alignment and what mastering did. */
#include "cli/options.h"
#include "core/alloc.h"
#include "core/num.h"
#include "core/num_text.h"
#include "core/text.h"
#include "judge/judge.h"
#include "pair/values.h"
#include "pool/signals.h"
#include "report/json.h"
#include "report/json_audit.h"
#include "report/json_file.h"
#include "run/audit.h"
#include "run/gather.h"
#include "run/results.h"

#include <math.h>
#include <stdio.h>

struct pair_job {
    struct hs_audit audit;
    struct hs_job job;
    struct hs_track track;
    struct hs_release release;
    struct hs_source source[2]; /* mix, master */
    struct hs_gather gather;
    struct hs_results results;
};

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
    if (x->kind == HS_NUMBER && isfinite(x->bound) && x->bound >= 0.5 * pow(10, -m->digits))
        hs_buf_printf(out, " (+- %s)", hs_num_fixed(text, x->bound, m->digits));
    hs_buf_putc(out, '\n');
}

static void put_cell(struct hs_buf *out, const double *x, size_t band, int digits)
{
    char text[HS_NUM_TEXT];
    hs_buf_printf(out, "  %6s", x && isfinite(x[band]) ? hs_num_fixed(text, x[band], digits) : "-");
}

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

static void put_findings(struct hs_buf *out, const struct hs_track_result *r)
{
    hs_buf_puts(out, r->n_findings ? "\nfindings\n" : "\nno findings\n");
    for (size_t i = 0; i < r->n_findings; i++) {
        const struct hs_finding *f = &r->findings[i];
        hs_buf_printf(out, "  %-16s %-9s %-11s ", f->rule, hs_severity_name(f->severity),
                      hs_origin_name(f->origin));
        hs_text_put_plain(out, f->evidence ? f->evidence : "");
        hs_buf_putc(out, '\n');
    }
}

static void put_plain(struct hs_buf *out, const struct hs_track_result *r)
{
    char text[HS_NUM_TEXT];
    const struct hs_pair *p = &r->pair;
    put_name(out, "mix", &r->mix);
    put_name(out, "master", &r->master);
    hs_buf_printf(out, "\n%s, confidence %s", hs_pair_state_name(p->state),
                  hs_num_fixed(text, p->confidence, 2));
    if (p->why) {
        hs_buf_puts(out, ": ");
        hs_text_put_plain(out, p->why);
    }
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
    put_findings(out, r);
}

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
    hs_buf_puts(out, "}\n");
}

/* Both files and the pair of them, in the worker: what they do to it ends there. */
static enum hs_status gather(struct pair_job *j, struct hs_error *err)
{
    struct hs_gather *g = &j->gather;
    enum hs_status status = hs_store_open_memory(&g->store, err);
    hs_entries_of_job(&g->entries, &j->job);
    if (status == HS_OK) {
        hs_gather_look(g);
        status = hs_gather_job(g, &j->job, err);
    }
    return status;
}

static enum hs_status read_results(struct pair_job *j, struct hs_error *err)
{
    j->results = (struct hs_results){.store = j->gather.store, .arena = &j->audit.arena};
    hs_results_files(&j->results, &j->gather.entries);
    hs_results_tracks(&j->results, &j->gather.entries, &j->audit);
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

static void fill_job(struct pair_job *j, const struct hs_options *o)
{
    for (int i = 0; i < 2; i++)
        j->source[i] =
            (struct hs_source){.path = o->operands[i], .shown = o->operands[i], .exists = true};
    j->track = (struct hs_track){.id = "pair",
                                 .title = "pair",
                                 .plays = NAN,
                                 .master = j->source[1],
                                 .mixes = &j->source[0],
                                 .n_mixes = 1};
    j->release = (struct hs_release){.title = "", .n_tracks = 1};
    j->job = (struct hs_job){.name = "pair",
                             .artist = "",
                             .profile = "popular",
                             .budget_hours = NAN,
                             .releases = &j->release,
                             .n_releases = 1,
                             .tracks = &j->track,
                             .n_tracks = 1};
    j->audit.job = &j->job;
}

int hs_cmd_compare(const struct hs_options *o, const struct hs_log *log)
{
    struct pair_job j = {.gather = {.log = log, .jobs = o->jobs, .stop = hs_signals_watch()}};
    struct hs_buf out = {0};
    struct hs_error err = {0};
    fill_job(&j, o);
    enum hs_status status = gather(&j, &err);
    if (status == HS_OK)
        status = read_results(&j, &err);
    if (status == HS_OK) {
        hs_judge_pair(&j.audit, &j.audit.tracks[0]);
        (o->json ? put_json : put_plain)(&out, &j.audit.tracks[0]);
        if (fwrite(out.data, 1, out.len, stdout) != out.len || fflush(stdout))
            status = hs_fail(&err, HS_E_IO, "standard output cannot be written");
    }
    if (status != HS_OK)
        hs_log_error(log, "%s", err.msg);
    hs_buf_free(&out);
    hs_results_free(&j.results);
    hs_gather_free(&j.gather);
    hs_store_close(j.gather.store);
    hs_arena_free(&j.audit.arena);
    return hs_exit_of(status);
}
