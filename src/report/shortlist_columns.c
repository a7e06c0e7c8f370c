/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One macro makes the function that prints a column, one table lists the columns in their order
 * and says what stands there for a track that has left the job. What has more than one field
 * behind it (reasons, formats, corrections, benefit) has a function of its own.
 */
#include "report/shortlist_columns.h"

#include "report/csv.h"

#include <math.h>
#include <stdio.h>

/* Years, discs and track numbers that are not known are 0, and their cells empty. */
static double positive(int x)
{
    return x > 0 ? x : NAN;
}

/* A measure of the master; empty where it could not be read. */
static void master_number(struct hs_csv *w, const struct hs_csv_line *l, const char *key)
{
    hs_csv_number(w, l->t->master.state == HS_FILE_OK ? hs_values_or_nan(&l->t->master.values, key)
                                                      : NAN);
}

/* The path as the job writes it, or the new name of an anonymous report. */
static const char *shown_path(const struct hs_source *s)
{
    return !s ? NULL : s->shown ? s->shown : s->path;
}

#define CELL(name) static void cell_##name(struct hs_csv *w, const struct hs_csv_line *l)
#define TEXT(name, expression)                                                                     \
    CELL(name)                                                                                     \
    {                                                                                              \
        hs_csv_text(w, expression);                                                                \
    }
#define NUMBER(name, expression)                                                                   \
    CELL(name)                                                                                     \
    {                                                                                              \
        hs_csv_number(w, expression);                                                              \
    }

NUMBER(rank, positive(l->row->rank))
NUMBER(priority, l->row->rank ? l->row->priority : NAN)
TEXT(action, hs_action_name(l->row->action))
NUMBER(confidence, l->n_leads ? l->row->confidence : NAN)
NUMBER(severity, l->row->severity)
NUMBER(fixability, l->n_leads ? l->row->fixability : NAN)
NUMBER(reach, l->row->reach)
NUMBER(hours, l->row->hours)
NUMBER(rank_low, l->row->rank ? l->row->rank_low : NAN)
NUMBER(rank_high, l->row->rank ? l->row->rank_high : NAN)
TEXT(in_budget, l->row->rank ? l->row->in_budget ? "yes" : "no" : NULL)
TEXT(why, l->row->why)
TEXT(id, l->track->id)
TEXT(artist, hs_track_artist(l->audit->job, l->track))
TEXT(title, l->track->title)
TEXT(version_title, l->track->version_title)
TEXT(album, l->release->title)
NUMBER(disc, positive(l->track->disc))
NUMBER(track, positive(l->track->track))
NUMBER(year, positive(l->track->year ? l->track->year : l->release->year))
TEXT(label, l->track->label ? l->track->label : l->release->label)
TEXT(catalogue_number, l->release->catalogue_number)
TEXT(barcode, l->track->barcode ? l->track->barcode : l->release->barcode)
TEXT(isrc, l->track->isrc)
TEXT(mixed_by, l->track->mixed_by)
TEXT(mastered_by, l->track->mastered_by)
TEXT(studio, l->track->studio ? l->track->studio : l->release->studio)
TEXT(master_path, shown_path(l->t->master.source))
TEXT(mix_path, l->t->mix.state == HS_FILE_NONE ? NULL : shown_path(l->t->mix.source))
NUMBER(issue_count, l->n_leads)
TEXT(worst_issue, l->worst ? l->worst->rule : NULL)
TEXT(worst_severity, l->worst ? hs_severity_name(l->worst->severity) : NULL)
NUMBER(worst_value, l->worst ? l->worst->value : NAN)
TEXT(worst_unit, l->worst ? l->worst->unit : NULL)
NUMBER(worst_uncertainty, l->worst ? l->worst->uncertainty : NAN)
TEXT(worst_origin, l->worst ? hs_origin_name(l->worst->origin) : NULL)

CELL(reasons)
{
    struct hs_buf b = {0};
    for (size_t i = 0; i < l->t->n_findings; i++) {
        const struct hs_finding *f = &l->t->findings[i];
        if (hs_finding_counts(f) && f->severity >= HS_MINOR)
            hs_buf_printf(&b, "%s%s", b.len ? " " : "", f->rule);
    }
    hs_csv_text(w, b.data);
    hs_buf_free(&b);
}

CELL(master_xxh)
{
    char text[40] = "";
    const struct hs_file *f = &l->t->master;
    if (f->hash[0] | f->hash[1])
        snprintf(text, sizeof text, "%016llx%016llx", (unsigned long long)f->hash[1],
                 (unsigned long long)f->hash[0]);
    hs_csv_text(w, text);
}

/* "flac 44100 Hz 16 bit" */
static void put_format(struct hs_csv *w, const struct hs_file *f)
{
    struct hs_buf b = {0};
    const struct hs_value *codec = hs_values_get(&f->values, "codec");
    double rate = hs_values_or_nan(&f->values, "sample_rate_hz");
    double bits = hs_values_or_nan(&f->values, "bits");
    if (f->state == HS_FILE_OK && codec && codec->kind == HS_TEXT)
        hs_buf_puts(&b, codec->text);
    if (f->state == HS_FILE_OK && isfinite(rate))
        hs_buf_printf(&b, "%s%.0f Hz", b.len ? " " : "", rate);
    if (f->state == HS_FILE_OK && bits > 0)
        hs_buf_printf(&b, "%s%.0f bit", b.len ? " " : "", bits);
    hs_csv_text(w, b.data);
    hs_buf_free(&b);
}

CELL(master_format)
{
    put_format(w, &l->t->master);
}

CELL(mix_format)
{
    put_format(w, &l->t->mix);
}

CELL(mix_available)
{
    bool doubt = l->t->pair.state == HS_PAIR_DIFFERENT || l->t->pair.state == HS_PAIR_CANNOT_SAY;
    hs_csv_text(w, l->t->mix.state != HS_FILE_OK ? "no" : doubt ? "suspect" : "yes");
}

CELL(multitrack_available)
{
    static const char *const words[] = {NULL, "session", "stems", "no", "no"};
    hs_csv_text(w, words[l->track->recall]);
}

CELL(integrated_lufs)
{
    master_number(w, l, "integrated_lufs");
}

CELL(loudness_range_lu)
{
    master_number(w, l, "loudness_range_lu");
}

CELL(true_peak_dbtp)
{
    master_number(w, l, "true_peak_dbtp");
}

CELL(plr_db)
{
    master_number(w, l, "plr_db");
}

CELL(corrections)
{
    struct hs_buf b = {0};
    for (size_t i = 0; i < l->row->n_plan; i++) {
        const struct hs_finding *f = &l->t->findings[l->row->plan[i].finding];
        const struct hs_correction *c = &f->correction;
        hs_buf_printf(&b, "%s%s: ", b.len ? "; " : "", f->rule);
        if (c->words)
            hs_buf_puts(&b, c->words);
        else
            hs_buf_printf(&b, "%s in the %s", hs_move_name(c->move),
                          hs_place_name(l->row->plan[i].where));
    }
    hs_csv_text(w, b.data);
    hs_buf_free(&b);
}

CELL(fix_at)
{
    static const char *const where[] = {"not needed", "file", "master", "mix"};
    hs_csv_text(w, where[l->row->action]);
}

/* Audible steps that the largest planned correction brings a value back; a defect that is to be
 * gone has none. */
CELL(estimated_benefit_steps)
{
    double most = NAN;
    for (size_t i = 0; i < l->row->n_plan; i++) {
        const struct hs_plan_step *s = &l->row->plan[i];
        const struct hs_finding *f = &l->t->findings[s->finding];
        double steps = fabs(s->planned - s->now) / f->jnd;
        most = isfinite(steps) && isfinite(f->correction.after) ? fmax(most, steps) : most;
    }
    hs_csv_number(w, most);
}

const struct hs_csv_column hs_csv_columns[] = {
#define COLUMN_OF(name, gone)                                                                      \
    {                                                                                              \
#name, cell_##name, gone                                                                   \
    }
#define COLUMN(name) COLUMN_OF(name, HS_GONE_EMPTY)
    COLUMN(rank),
    COLUMN(priority),
    COLUMN(action),
    COLUMN(confidence),
    COLUMN(reasons),
    COLUMN_OF(why, HS_GONE_WHY),
    COLUMN_OF(id, HS_GONE_KEPT),
    COLUMN_OF(artist, HS_GONE_KEPT),
    COLUMN_OF(title, HS_GONE_KEPT),
    COLUMN(version_title),
    COLUMN_OF(album, HS_GONE_KEPT),
    COLUMN(disc),
    COLUMN(track),
    COLUMN(year),
    COLUMN(label),
    COLUMN(catalogue_number),
    COLUMN(barcode),
    COLUMN(isrc),
    COLUMN(mixed_by),
    COLUMN(mastered_by),
    COLUMN(studio),
    COLUMN(master_path),
    COLUMN(master_xxh),
    COLUMN(master_format),
    COLUMN(mix_path),
    COLUMN(mix_format),
    COLUMN(mix_available),
    COLUMN(multitrack_available),
    COLUMN(integrated_lufs),
    COLUMN(loudness_range_lu),
    COLUMN(true_peak_dbtp),
    COLUMN(plr_db),
    COLUMN(worst_issue),
    COLUMN(worst_severity),
    COLUMN(worst_value),
    COLUMN(worst_unit),
    COLUMN(worst_uncertainty),
    COLUMN(worst_origin),
    COLUMN(issue_count),
    COLUMN(corrections),
    COLUMN(fix_at),
    COLUMN(estimated_benefit_steps),
    COLUMN(severity),
    COLUMN(fixability),
    COLUMN(reach),
    COLUMN(hours),
    COLUMN(rank_low),
    COLUMN(rank_high),
    COLUMN(in_budget),
#undef COLUMN
#undef COLUMN_OF
};
const size_t hs_n_csv_columns = sizeof hs_csv_columns / sizeof *hs_csv_columns;
