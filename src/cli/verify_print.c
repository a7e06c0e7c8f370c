/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each update is printed with one word for the whole (done, not done, strayed, cannot tell), then
 * a line a correction: before, planned, after, outcome; then changes that nobody asked for, and
 * the delivery sheet where all is as planned. JSON has the same, with numbers in full.
 */
#include "cli/verify_print.h"

#include "catalogue/delivery.h"

#include "core/num.h"
#include "core/num_text.h"
#include "core/text.h"
#include "report/json.h"
#include "report/json_file.h"

#include <math.h>

static const char *kind_name(enum hs_update_kind kind)
{
    return kind == HS_UPDATE_MIX ? "mix" : "master";
}

/* Did anything change that nobody asked for and that is a fault? */
static bool has_strayed(const struct hs_verification *v)
{
    for (size_t i = 0; i < v->n_side_effects; i++)
        if (!v->side_effects[i].remark)
            return true;
    return false;
}

/* In one word how the update as a whole stands to its plan. */
static const char *verdict(const struct hs_verification *v)
{
    size_t done = 0, partly = 0, not_done = 0;
    for (size_t i = 0; i < v->n_corrections; i++) {
        done += v->corrections[i].outcome == HS_DONE;
        not_done += v->corrections[i].outcome == HS_NOT_DONE;
        partly +=
            v->corrections[i].outcome == HS_PARTLY || v->corrections[i].outcome == HS_OVERSHOT;
    }
    if (v->why && !v->failed)
        return "cannot_tell";
    if (v->failed)
        return has_strayed(v) ? "strayed" : not_done || !partly ? "not_done" : "overshot";
    if (done == v->n_corrections)
        return v->n_corrections ? "done" : "no_plan";
    return partly ? "partly" : "cannot_tell";
}

/* A value with its unit as people read it: shares of samples in percent. */
static void put_value(double x, const char *unit, struct hs_buf *out)
{
    char text[HS_NUM_TEXT];
    int digits = 2;
    unit = hs_num_readable(&x, &digits, unit);
    hs_buf_printf(out, "%s%s%s", hs_num_fixed(text, x, digits), unit && *unit ? " " : "",
                  unit ? unit : "");
}

/* One correction: its outcome, before, planned, measured. */
static void put_correction(const struct hs_verified *c, struct hs_buf *out)
{
    hs_buf_printf(out, "  %-16s %-12s", c->rule, hs_outcome_words(c->outcome));
    if (c->outcome == HS_CANNOT_TELL && c->why) {
        hs_text_put_plain(out, c->why);
        hs_buf_putc(out, '\n');
        return;
    }
    hs_buf_puts(out, "planned from ");
    put_value(c->before, c->unit, out);
    hs_buf_puts(out, " to ");
    put_value(c->planned, c->unit, out);
    if (isfinite(c->measured)) {
        hs_buf_puts(out, ", measured ");
        put_value(c->measured, c->unit, out);
    }
    if (c->fader)
        hs_buf_printf(out, "; %s", c->fader);
    hs_buf_putc(out, '\n');
}

/* Once all is as planned: a mix is to be mastered, a master uploaded, and in place of what. */
static void put_delivery(const struct hs_audit *audit, const struct hs_verification *v,
                         struct hs_buf *out)
{
    struct hs_arena a = {0};
    struct hs_delivery d;
    char now[HS_NUM_TEXT], before[HS_NUM_TEXT];
    if (v->track->update_verified && v->kind == HS_UPDATE_MIX)
        hs_buf_puts(out, "  verified: have it mastered\n");
    if (v->track->update_verified && hs_delivery_make(audit, v->track, &a, &d)) {
        hs_buf_puts(out, "  verified: upload\n");
        for (size_t i = 0; i < d.n_figures; i++) {
            const struct hs_delivered *f = &d.figure[i];
            if (isnan(f->now))
                continue;
            hs_buf_printf(out, "    %-22s %s %s", f->title, hs_num_fixed(now, f->now, f->digits),
                          f->unit);
            if (!isnan(f->before))
                hs_buf_printf(out, " (the old one %s)", hs_num_fixed(before, f->before, f->digits));
            hs_buf_putc(out, '\n');
        }
        hs_buf_printf(out, "    %-22s %s; %s\n", "ISRC", d.isrc ? d.isrc : "not in the job",
                      d.isrc_why);
        for (size_t i = 0; i < d.n_replaces; i++) {
            hs_buf_printf(out, "    %-22s ", i ? "" : "Replaces");
            hs_text_put_plain(out, d.replaces[i]);
            hs_buf_putc(out, '\n');
        }
    }
    hs_arena_free(&a);
}

/* One update: song, file, plan, corrections, side effects, delivery sheet. */
static void put_update(const struct hs_audit *audit, const struct hs_verification *v,
                       struct hs_buf *out)
{
    hs_text_put_plain(out, v->track->track->title);
    hs_buf_puts(out, " (");
    hs_text_put_plain(out, audit->job->releases[v->track->track->release].title);
    hs_buf_printf(out, "), new %s: ", kind_name(v->kind));
    hs_text_put_plain(out, v->track->track->update.shown ? v->track->track->update.shown
                                                         : v->track->track->update.path);
    hs_buf_putc(out, '\n');
    /* which plan it is held against, and why there is nothing to compare */
    if (v->from) {
        hs_buf_puts(out, "  plan: ");
        hs_text_put_plain(out, v->from->path);
        hs_buf_putc(out, '\n');
    }
    if (v->why) {
        hs_buf_puts(out, "  not compared: ");
        hs_text_put_plain(out, v->why);
        hs_buf_putc(out, '\n');
    }
    if (!v->n_corrections)
        hs_buf_puts(out, "  nothing was planned for it\n");
    for (size_t i = 0; i < v->n_corrections; i++)
        put_correction(&v->corrections[i], out);
    for (size_t i = 0; i < v->n_side_effects; i++)
        hs_buf_printf(out, "  %s: %s: %s\n", v->side_effects[i].remark ? "also" : "strayed",
                      v->side_effects[i].what, v->side_effects[i].words);
    put_delivery(audit, v, out);
}

void hs_verify_put_text(const struct hs_audit *audit, const struct hs_verification *v, size_t n,
                        struct hs_buf *out)
{
    hs_buf_puts(out, "");
    for (size_t i = 0; i < n; i++)
        put_update(audit, &v[i], out);
}

/* Before, planned and measured value of one correction. */
static void json_correction(struct hs_json *j, const struct hs_verified *c)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "rule", c->rule);
    hs_json_text(j, "outcome", hs_outcome_name(c->outcome));
    hs_json_number(j, "before", c->before);
    hs_json_number(j, "planned", c->planned);
    hs_json_number(j, "measured", c->measured);
    hs_json_number(j, "tolerance", c->tolerance);
    hs_json_text(j, "unit", c->unit);
    hs_json_text(j, "move", c->move);
    hs_json_bool(j, "past_centre", c->past_centre);
    hs_json_number(j, "fader_db", c->fader_db);
    hs_json_text(j, "fader", c->fader);
    hs_json_text(j, "why", c->why);
    hs_json_object_end(j);
}

/* Side effects that are faults ("strayed"), or those that are only worth knowing ("remarks"). */
static void json_side_effects(struct hs_json *j, const char *key, const struct hs_verification *v,
                              bool remark)
{
    hs_json_array(j, key);
    for (size_t i = 0; i < v->n_side_effects; i++) {
        const struct hs_side_effect *s = &v->side_effects[i];
        if (s->remark != remark)
            continue;
        hs_json_object(j, NULL);
        hs_json_text(j, "what", s->what);
        hs_json_number(j, "change", s->change);
        hs_json_number(j, "step", s->step);
        hs_json_text(j, "unit", s->unit);
        hs_json_text(j, "words", s->words);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

/* null until every correction is verified. */
static void json_delivery(struct hs_json *j, const struct hs_audit *audit,
                          const struct hs_verification *v)
{
    struct hs_arena a = {0};
    struct hs_delivery d;
    if (!v->track->update_verified || !hs_delivery_make(audit, v->track, &a, &d)) {
        hs_json_null(j, "delivery");
        hs_arena_free(&a);
        return;
    }
    hs_json_object(j, "delivery");
    hs_json_text(j, "file", d.file);
    hs_json_text(j, "codec", d.codec);
    for (size_t i = 0; i < d.n_figures; i++)
        hs_json_number(j, d.figure[i].key, d.figure[i].now);
    hs_json_text(j, "isrc", d.isrc);
    hs_json_text(j, "isrc_is", d.isrc_kept ? "kept" : "new");
    hs_json_text(j, "isrc_why", d.isrc_why);
    hs_json_array(j, "replaces");
    for (size_t i = 0; i < d.n_replaces; i++)
        hs_json_text(j, NULL, d.replaces[i]);
    hs_json_array_end(j);
    hs_json_object_end(j);
    hs_arena_free(&a);
}

/* One update with its pair, so that a script need not read the audit. */
static void json_update(struct hs_json *j, const struct hs_audit *audit,
                        const struct hs_verification *v)
{
    const struct hs_track *t = v->track->track;
    hs_json_object(j, NULL);
    hs_json_text(j, "id", t->id);
    hs_json_text(j, "title", t->title);
    hs_json_text(j, "update", t->update.shown ? t->update.shown : t->update.path);
    hs_json_text(j, "status", hs_file_state_name(v->track->update.state));
    hs_json_text(j, "replaces", kind_name(v->kind));
    hs_json_text(j, "outcome", verdict(v));
    hs_json_text(j, "plan", v->from ? v->from->path : NULL);
    hs_json_bool(j, "failed", v->failed);
    hs_json_text(j, "why", v->why);
    /* the pair of the old file and the new one */
    hs_json_put_pair(j, "pair", &v->pair);
    hs_json_array(j, "corrections");
    for (size_t i = 0; i < v->n_corrections; i++)
        json_correction(j, &v->corrections[i]);
    hs_json_array_end(j);
    json_side_effects(j, "strayed", v, false);
    json_side_effects(j, "remarks", v, true);
    hs_json_bool(j, "verified", v->track->update_verified);
    json_delivery(j, audit, v);
    hs_json_object_end(j);
}

/* All updates of the job. */
void hs_verify_put_json(const struct hs_audit *audit, const struct hs_verification *v, size_t n,
                        struct hs_buf *out)
{
    struct hs_json j = {.out = out};
    hs_json_object(&j, NULL);
    hs_json_text(&j, "format", "hindsight-verify/1");
    hs_json_text(&j, "artist", audit->job->artist);
    hs_json_array(&j, "tracks");
    for (size_t i = 0; i < n; i++)
        json_update(&j, audit, &v[i]);
    hs_json_array_end(&j);
    hs_json_object_end(&j);
    hs_buf_putc(out, '\n');
}
