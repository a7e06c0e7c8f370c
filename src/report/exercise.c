/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The exercise of a lesson, which can also be printed and filled in.
 * 1. The worst and the best examples of the rule are put into the order of the job, so that the
 *    order does not give the answer away.
 * 2. Each is a passage of ten seconds: where the fault is worst, or from the middle of a track
 *    without it. Sounds have names that say nothing.
 * 3. A table asks for each passage: is it heard, was it in the mix (where that is known of one),
 *    what would be changed?
 * 4. The answers stand in a closed part below: value, verdict, origin, what engineers' lists say,
 *    correction.
 */
#include "report/exercise.h"

#include "report/ear_list.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/player.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>
#include <stdio.h>

enum { PASSAGE_S = 10 };

/* One passage: from the worst with their finding, from the best without. */
struct passage {
    const struct hs_example *example;
    const struct hs_track_result *t;
    const struct hs_finding *f;
};

/* Worst and best examples, inserted in the order of the job; gives their number. */
static size_t collect(struct hs_pages *p, const struct hs_recurrence *x,
                      struct passage out[2 * HS_EXAMPLES])
{
    size_t n = 0;
    for (size_t i = 0; i < x->n_worst + x->n_best; i++) {
        bool worst = i < x->n_worst;
        const struct hs_example *e = worst ? &x->worst[i] : &x->best[i - x->n_worst];
        const struct hs_track_result *t = &p->audit->tracks[e->track];
        struct passage new = {e, t, worst ? hs_track_finding(t, x->rule) : NULL};
        size_t at = n++;
        for (; at > 0 && out[at - 1].example->track > e->track; at--)
            out[at] = out[at - 1];
        out[at] = new;
    }
    return n;
}

/* What is heard; without a sound where the fault is worst, or a passage from the middle. */
static struct hs_passage span_of(const struct passage *s, const struct hs_clip *clip)
{
    if (clip)
        return clip->master;
    if (s->example->n_times)
        return s->example->times[0];
    double length = hs_values_or_nan(&s->t->master.values, "duration_s");
    double from = isfinite(length) ? fmax(0, 0.45 * length) : 0;
    return (struct hs_passage){from, from + PASSAGE_S};
}

static const struct hs_column task_columns[] = {{"no.", NULL},
                                                {"passage", "whole"},
                                                {"do you hear it?", NULL},
                                                {"was it in the mix?", NULL},
                                                {"what I would change", NULL}};
enum { IN_MIX = 3 };

/* Empty boxes with a word each, for pen and paper. */
static void put_boxes(struct hs_html *h, size_t column, const char *const *words, size_t n)
{
    hs_html_td(h, &task_columns[column], NAN);
    hs_html_literal(h, "<span>");
    for (size_t i = 0; i < n; i++) {
        hs_html_literal(h, "<span class=\"nw\"><span class=\"box\"></span> ");
        hs_html_text(h, words[i]);
        hs_html_literal(h, "</span> ");
    }
    hs_html_literal(h, "</span></td>");
}

/* The passage as a sound where there is one; its name says nothing. */
static void put_passage(struct hs_pages *p, struct hs_html *h, const char *rule,
                        const struct passage *s)
{
    const struct hs_clip *clip = hs_pages_example(p, s->example->track, rule);
    struct hs_passage span = span_of(s, clip);
    hs_html_td(h, &task_columns[1], NAN);
    if (clip) {
        char folder[256], suffix[32];
        snprintf(folder, sizeof folder, "%s/", p->options->clips_dir);
        snprintf(suffix, sizeof suffix, "-a.%s", p->options->clips->extension);
        hs_html_literal(h, "<audio controls preload=\"none\"");
        hs_html_url(h, "src", folder, clip->name, suffix);
        hs_html_literal(h, " aria-label=\"Passage\"></audio>");
    }
    hs_html_literal(h, "<span class=\"small\">");
    hs_html_track_link(h, s->t);
    hs_html_literal(h, ", ");
    hs_html_time(h, span.from_s, false);
    hs_html_literal(h, " to ");
    hs_html_time(h, span.to_s, false);
    hs_html_literal(h, "</span></td>");
}

static const char *title_of(const struct hs_rule_count *r)
{
    return r->rule ? r->rule->title : r->id;
}

/* A lesson has its words in the caption: regions of one page have names of their own. */
static void put_table_begin(struct hs_html *h, const char *klass, const char *lesson,
                            const char *what)
{
    struct hs_arena a = {0};
    hs_html_table_begin(h, NULL, klass, hs_arena_printf(&a, "%s (%s).", what, lesson));
    hs_arena_free(&a);
}

/* Whether it is known of any passage where its fault came from: else nobody can answer that. */
static bool has_origins(const struct passage *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i].f && s[i].f->origin != HS_ORIGIN_CANNOT_SAY)
            return true;
    return false;
}

/* Passages without a word on what was measured, with boxes to tick. */
static void put_task(struct hs_pages *p, struct hs_html *h, const char *rule, const char *title,
                     const struct passage *s, size_t n)
{
    static const char *const heard[] = {"no", "a little", "plainly"}, *const mix[] = {"yes", "no"};
    const size_t n_columns = sizeof task_columns / sizeof *task_columns;
    const bool origins = has_origins(s, n);
    struct hs_column columns[sizeof task_columns / sizeof *task_columns];
    size_t n_shown = 0;
    for (size_t i = 0; i < n_columns; i++)
        if (origins || i != IN_MIX)
            columns[n_shown++] = task_columns[i];
    hs_html_literal(h, "<li><h3>Listen, and tick before you read on</h3>");
    put_table_begin(h, "fold passages", title,
                    "Passages, in the order of the records, which gives nothing away");
    hs_html_columns(h, columns, n_shown);
    for (size_t i = 0; i < n; i++) {
        hs_html_literal(h, "<tr><th scope=\"row\">");
        hs_html_textf(h, "%zu", i + 1);
        hs_html_literal(h, "</th>");
        put_passage(p, h, rule, &s[i]);
        put_boxes(h, 2, heard, 3);
        if (origins)
            put_boxes(h, IN_MIX, mix, 2);
        hs_html_td(h, &task_columns[4], NAN);
        hs_html_literal(h, "<span class=\"write\"></span></td></tr>\n");
    }
    hs_html_table_end(h);
    hs_html_literal(h, "</li>");
}

/* The ear note of this track about the rule; NULL: no list says anything of it. */
static const struct hs_ear_note *tick_row(const struct hs_track_result *t, const char *rule)
{
    for (size_t i = 0; i < t->n_ticks; i++)
        if (t->ticks[i].rule && hs_same_rule(t->ticks[i].rule, rule))
            return &t->ticks[i];
    return NULL;
}

static const struct hs_column tick_columns[] = {
    {"song", NULL},        {"measured", "n"},  {"verdict", NULL},     {"came from", NULL},
    {"ear: master", NULL}, {"ear: mix", NULL}, {"correction", "text"}};

/* The answer, which stays hidden until the listener has ticked. */
static void put_value(struct hs_html *h, const struct hs_rule_count *r, const struct passage *s)
{
    const char *unit = s->f ? s->f->unit : r->rule ? r->rule->unit : NULL;
    hs_html_td(h, &tick_columns[1], s->example->value);
    hs_html_quantity(h, s->example->value, hs_unit_digits(unit), unit);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &tick_columns[2], NAN);
    if (s->f)
        hs_html_severity(h, s->f->severity);
    else
        hs_html_literal(h, "among the best");
    hs_html_literal(h, "</td>");
    hs_html_td(h, &tick_columns[3], NAN);
    hs_html_text(h, s->f ? hs_finding_origin(s->f) : "\xe2\x80\x93");
    hs_html_literal(h, "</td>");
}

/* One row of the answers: value and verdict, where it came from, what the ear notes say of master
 * and mix, and the correction. */
static void put_answer(struct hs_html *h, const struct hs_rule_count *r, const struct passage *s)
{
    const struct hs_ear_note *row = tick_row(s->t, r->id);
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_track_link(h, s->t);
    hs_html_literal(h, "</th>");
    put_value(h, r, s);
    for (size_t side = 0; side < 2; side++) {
        hs_html_td(h, &tick_columns[4 + side], NAN);
        hs_html_text(h, !row ? "no list" : hs_tick_sign(side ? row->heard_mix : row->heard_master));
        hs_html_literal(h, "</td>");
    }
    hs_html_td(h, &tick_columns[6], NAN);
    if (s->f && s->f->correction.where)
        hs_html_correction(h, s->f);
    hs_html_literal(h, "</td></tr>\n");
}

/* What was measured, folded away until it is asked for. */
static void put_answers(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                        const struct passage *s, size_t n)
{
    hs_html_literal(h, "<li><h3>Then look, and play again what you took for the other</h3><details "
                       "class=\"ticks\"><summary>What was measured and heard</summary>");
    put_table_begin(h, "fold", title_of(r),
                    "What was measured and heard, in the order of the passages");
    hs_html_columns(h, tick_columns, sizeof tick_columns / sizeof *tick_columns);
    for (size_t i = 0; i < n; i++)
        put_answer(h, r, &s[i]);
    hs_html_table_end(h);
    for (size_t i = 0; i < n; i++) {
        const struct hs_clip *clip = hs_pages_example(p, s[i].example->track, r->id);
        if (!clip)
            continue;
        hs_html_literal(h, "<p class=\"order\">");
        hs_html_textf(h, "%zu. ", i + 1);
        hs_html_track_link(h, s[i].t);
        hs_html_literal(h, "</p>");
        hs_html_player(p, h, clip);
    }
    hs_html_literal(h, "</details></li>");
}

void hs_html_exercise(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
{
    struct passage s[2 * HS_EXAMPLES];
    size_t n = r->recurrence ? collect(p, r->recurrence, s) : 0;
    if (!n)
        return;
    put_task(p, h, r->id, title_of(r), s, n);
    put_answers(p, h, r, s, n);
}
