/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `hindsight preview MIX...`: what mastering will expose, and from which loudness on. A job is
 * made in memory from the mixes; with --job they are added to that job, its references and its
 * store are used, and the back-test on its pairs is printed. The mixes are measured, mastered in
 * house at the targets, judged at each of them, and printed with their plan.
 */
#include "catalogue/backtest.h"
#include "catalogue/preview_verdict.h"
#include "cli/preview_job.h"
#include "cli/print.h"
#include "core/num_text.h"
#include "core/text.h"
#include "job/job.h"
#include "judge/judge.h"
#include "judge/previewed.h"
#include "pool/signals.h"
#include "report/json_preview.h"
#include "report/preview_words.h"
#include "run/exit.h"
#include "run/gather_couples.h"
#include "run/load_job.h"
#include "run/previews.h"
#include "run/results.h"
#include "run/state.h"

#include <math.h>

struct session {
    const struct hs_options *o;
    const struct hs_log *log;
    struct hs_job *loaded; /* of --job; NULL */
    struct hs_job job;
    size_t first; /* of the mixes, among the tracks */
    struct hs_audit audit;
    struct hs_state state;
    struct hs_store *store;
    struct hs_gather gather;
    struct hs_results results;
    struct hs_error err;
};

/* Without a job a store in memory; else that of its audit, under its lock. */
static enum hs_status open_store(struct session *s)
{
    const struct hs_state_request wanted = {
        .job = s->loaded, .store = s->o->store, .stop = hs_signals_watch(), .log = s->log};
    if (!s->loaded)
        return hs_store_open_memory(&s->store, &s->err);
    enum hs_status status = hs_state_open(&s->state, &wanted, &s->err);
    s->store = s->state.store;
    return status;
}

/* A job in memory, or a copy of the given one, with the mixes added as a release of their own. */
static enum hs_status set_up(struct session *s)
{
    s->job =
        (struct hs_job){.name = "preview", .artist = "", .profile = "popular", .budget_hours = NAN};
    if (s->loaded)
        s->job = *s->loaded;
    s->first = s->job.n_tracks;
    return hs_preview_job_set(s->o, &s->audit.arena, &s->job, &s->err);
}

/* Measures what the store has not yet: the mixes, the references, and with --job its pairs for the
 * back-test. */
static enum hs_status gather(struct session *s)
{
    s->gather = (struct hs_gather){
        .store = s->store, .log = s->log, .jobs = s->o->jobs, .stop = hs_signals_watch()};
    hs_entries_of_job(&s->gather.entries, &s->job);
    hs_gather_look(&s->gather);
    return hs_gather_job(&s->gather, &s->job, &s->err);
}

/* Judges the previews, then the back-test on pairs, then the forecast for the mixes, which the
 * back-test corrects. */
static void judge(struct session *s)
{
    s->audit.job = &s->job;
    s->results = (struct hs_results){.store = s->store, .arena = &s->audit.arena};
    hs_results_files(&s->results, &s->gather.entries);
    hs_results_tracks(&s->results, &s->gather.entries, &s->audit);
    hs_previews_read(s->store, &s->gather.entries, &s->audit);
    hs_judge_previews(&s->audit);
    hs_backtest_make(&s->audit);
    hs_preview_verdict_make(&s->audit);
}

/* In a column of fixed width; "-" where it is not known. */
static void put_number(struct hs_buf *out, double x, int width, int digits)
{
    char text[HS_NUM_TEXT];
    hs_buf_printf(out, " %*s", width, isfinite(x) ? hs_num_fixed(text, x, digits) : "-");
}

/* Faults of this target that the mix has not. */
static void put_faults(struct hs_buf *out, const struct hs_preview_target *t)
{
    bool any = false;
    for (size_t i = 0; i < t->n_standings; i++) {
        const struct hs_standing *s = &t->standings[i];
        if (!s->fault || s->mix_to_limit >= 1)
            continue;
        hs_buf_printf(out, "%s%s", any ? ", " : "  ", s->rule);
        any = true;
    }
}

/* One row for each target: loudness asked for and reached, gain, clipper and limiter in dB, peak to
 * loudness, new faults. */
static void put_targets(struct hs_buf *out, const struct hs_preview *p)
{
    hs_buf_puts(out, "  target reached   gain  clip  limiter p50  p95  max    PLR  new faults\n");
    for (size_t i = 0; i < p->n_targets; i++) {
        const struct hs_preview_target *t = &p->targets[i];
        put_number(out, t->target_lufs, 7, 1);
        put_number(out, t->reached_lufs, 7, 1);
        put_number(out, t->gain_db, 6, 1);
        put_number(out, t->clip_db, 5, 1);
        put_number(out, t->gr_p50_db, 12, 1);
        put_number(out, t->gr_p95_db, 4, 1);
        put_number(out, t->gr_max_db, 4, 1);
        put_number(out, t->plr_db, 6, 1);
        put_faults(out, t);
        if (t->reach != HS_PREVIEW_REACHED)
            hs_buf_printf(out, "  (%s)", hs_preview_reach_name(t->reach));
        hs_buf_putc(out, '\n');
    }
}

/* What the chain does before its limiter. */
static void put_chain(struct hs_buf *out, const struct hs_preview *p)
{
    char text[HS_NUM_TEXT];
    double most = 0;
    for (size_t b = 0; p->has_eq && b < HS_BANDS; b++)
        most = fmax(most, fabs(p->eq_db[b]));
    hs_buf_printf(out, "  %s LUFS as it is; ", hs_num_fixed(text, p->mix_lufs, 1));
    if (p->has_eq)
        hs_buf_printf(out, "equaliser up to %s dB, ", hs_num_fixed(text, most, 1));
    else
        hs_buf_puts(out, "no equaliser, ");
    hs_buf_printf(out, "compressor %s dB or more in 5 %% of the time\n",
                  hs_num_fixed(text, p->compressor_p95_db, 1));
}

/* From which loudness on each fault appears; without a proof by the back-test it is an indication.
 */
static void put_first(struct hs_buf *out, const struct hs_audit *audit, const struct hs_preview *p)
{
    for (size_t i = 0; i < p->n_first; i++) {
        const struct hs_first_fault *f = &p->first[i];
        const struct hs_backtest_row *row = hs_backtest_row_of(audit->backtest, f->rule);
        hs_buf_puts(out, "  ");
        hs_preview_first_words(f, out);
        if (!f->in_mix)
            hs_buf_printf(out, "%s: %s", row && row->proven ? "" : ", an indication", f->why);
        hs_buf_putc(out, '\n');
    }
}

/* The steps as a list; says so where there are none. */
static void put_steps(struct hs_buf *out, const char *what, const struct hs_mix_step *steps,
                      size_t n)
{
    hs_buf_printf(out, "  %s%s\n", what, n ? ":" : ": nothing, by what was measured");
    for (size_t i = 0; i < n; i++)
        hs_buf_printf(out, "    %s\n", steps[i].words);
}

/* All that is printed of one mix. */
static void put_plain(struct hs_buf *out, const struct hs_audit *audit,
                      const struct hs_track_result *t)
{
    const struct hs_preview *p = t->preview;
    hs_text_put_plain(out, t->track->title);
    if (!p || !p->there) {
        hs_buf_puts(out, ": ");
        hs_text_put_plain(out, p ? p->why : t->mix.error ? t->mix.error : "could not be measured");
        hs_buf_putc(out, '\n');
        return;
    }
    hs_buf_putc(out, '\n');
    if (p->n_warnings) {
        hs_buf_puts(out, "  ");
        hs_preview_warning_words(p, out);
        hs_buf_putc(out, '\n');
    }
    /* the master as it would be made, then what it costs */
    put_chain(out, p);
    put_targets(out, p);
    put_first(out, audit, p);
    hs_buf_puts(out, "  ");
    hs_preview_carries_words(p, out);
    hs_buf_putc(out, '\n');
    put_steps(out, "In the mix, before it goes out", p->plan, p->n_plan);
    put_steps(out, "A mastering engineer will ask for", p->asks, p->n_asks);
}

/* The mixes that were given, not the tracks of the job. */
static void put_json(struct session *s, struct hs_buf *out)
{
    struct hs_json j = {.out = out, .top = true};
    hs_json_array(&j, NULL);
    for (size_t i = s->first; i < s->job.n_tracks; i++) {
        const struct hs_track_result *t = &s->audit.tracks[i];
        hs_json_object(&j, NULL);
        hs_json_text(&j, "path", t->track->title);
        hs_json_text(&j, "status", hs_file_state_name(t->mix.state));
        hs_json_text(&j, "error", t->mix.error);
        hs_json_put_preview(&j, "preview", t->preview, s->audit.backtest);
        hs_json_object_end(&j);
    }
    hs_json_array_end(&j);
    hs_buf_putc(out, '\n');
}

/* What the equaliser was to match and could not be read: false. */
static bool have_references(const struct session *s)
{
    bool all = true;
    for (size_t i = 0; i < s->job.n_references; i++) {
        const struct hs_file *f = &s->audit.references[i];
        if (f->state != HS_FILE_OK)
            hs_log_warn(s->log, "%s: %s: %s; the equaliser goes without it", f->source->path,
                        hs_file_state_name(f->state), f->error);
        all = all && f->state == HS_FILE_OK;
    }
    return all;
}

/* Songs in the order given; what could not be measured makes the exit code 3. */
static int print_all(struct session *s)
{
    struct hs_buf out = {0};
    bool whole = have_references(s) && !s->gather.n_unfinished;
    int code = whole ? HS_EXIT_OK : HS_EXIT_PARTIAL;
    for (size_t i = s->first; i < s->job.n_tracks; i++) {
        const struct hs_track_result *t = &s->audit.tracks[i];
        if (t->mix.state != HS_FILE_OK)
            code = HS_EXIT_PARTIAL;
        if (!s->o->json)
            put_plain(&out, &s->audit, t);
    }
    if (s->o->json) {
        put_json(s, &out);
    } else {
        hs_preview_backtest_words(s->audit.backtest, &out);
        hs_buf_printf(&out, "\n%s\n", hs_preview_disclaimer);
    }
    return hs_cli_print(&out, s->log) ? code : HS_EXIT_FAILED;
}

/* Also after a failure: every part takes being empty. */
static void close_down(struct session *s)
{
    hs_results_free(&s->results);
    hs_gather_free(&s->gather);
    if (s->loaded)
        hs_state_close(&s->state);
    else
        hs_store_close(s->store);
    hs_arena_free(&s->audit.arena);
    hs_job_free(s->loaded);
}

/* Mixes of the command line, on their own or with the references of a job. */
int hs_cmd_preview(const struct hs_options *o, const struct hs_log *log)
{
    struct session s = {.o = o, .log = log};
    int code = HS_EXIT_USAGE;
    if (o->job && !(s.loaded = hs_run_load_job(o->job, log, &code)))
        return code;
    enum hs_status status = set_up(&s);
    if (status == HS_OK)
        status = open_store(&s);
    if (status == HS_OK)
        status = gather(&s);
    code = hs_exit_of(status);
    if (status == HS_OK) {
        judge(&s);
        code = print_all(&s);
    } else {
        hs_log_error(log, "%s", s.err.msg);
    }
    close_down(&s);
    return code;
}
