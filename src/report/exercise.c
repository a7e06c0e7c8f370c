/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The exercise of a lesson: passages of the worst and the best tracks in the order of the
 * job, which gives nothing away, a list to write, and then the ticks, closed until asked
 * for: on paper the page is the sheet to fill in.
 */
#include "report/exercise.h"

#include "report/chart_rule.h"
#include "report/ear_list.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/player.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>

enum { PASSAGE_S = 10 };

/* One passage: from the worst with their finding, from the best without. */
struct passage {
    const struct hs_example *example;
    const struct hs_track_result *t;
    const struct hs_finding *f;
};

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

/* Where the fault is worst; where there is none, a passage from the middle. */
static struct hs_passage span_of(const struct passage *s)
{
    if (s->example->n_times)
        return s->example->times[0];
    double length = hs_values_or_nan(&s->t->master.values, "duration_s");
    double from = isfinite(length) ? fmax(0, 0.45 * length) : 0;
    return (struct hs_passage){from, from + PASSAGE_S};
}

static void put_task(struct hs_html *h, const struct hs_rule_count *r, const struct passage *s,
                     size_t n)
{
    hs_html_literal(h, "<ol class=\"steps\"><li>Play these passages at equal loudness, in this "
                       "order:<ol class=\"passages\">");
    for (size_t i = 0; i < n; i++) {
        struct hs_passage span = span_of(&s[i]);
        hs_html_literal(h, "<li>");
        hs_html_track_link(h, s[i].t);
        hs_html_literal(h, ", from ");
        hs_html_time(h, span.from_s, false);
        hs_html_literal(h, " to ");
        hs_html_time(h, span.to_s, false);
        hs_html_literal(h, "</li>");
    }
    hs_html_literal(h, "</ol></li><li>Write for each of them, before you look on: is it ");
    hs_html_text(h, hs_rule_title(r->id));
    hs_html_literal(h, ", a little or plainly? Was it in the mix already? What would you "
                       "change, and by how much?</li><li>Then open the ticks and compare; play "
                       "again what you took for the other.</li></ol>");
}

static const struct hs_ear_note *tick_row(const struct hs_track_result *t, const char *rule)
{
    for (size_t i = 0; i < t->n_ticks; i++)
        if (t->ticks[i].rule && hs_same_rule(t->ticks[i].rule, rule))
            return &t->ticks[i];
    return NULL;
}

static void put_value(struct hs_html *h, const struct hs_rule_count *r, const struct passage *s)
{
    const char *unit = s->f ? s->f->unit : r->rule ? r->rule->unit : NULL;
    hs_html_literal(h, "<td class=\"num\">");
    hs_html_quantity(h, s->example->value, hs_unit_digits(unit), unit);
    hs_html_literal(h, "</td><td>");
    if (s->f)
        hs_html_severity(h, s->f->severity);
    else
        hs_html_literal(h, "among the best");
    hs_html_literal(h, "</td><td>");
    hs_html_text(h, s->f ? hs_origin_words(s->f->origin) : "\xe2\x80\x93");
    hs_html_literal(h, "</td>");
}

static void put_answer(struct hs_html *h, const struct hs_rule_count *r, const struct passage *s)
{
    const struct hs_ear_note *row = tick_row(s->t, r->id);
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_track_link(h, s->t);
    hs_html_literal(h, "</th>");
    put_value(h, r, s);
    if (row) {
        hs_html_answer(h, row->heard_master);
        hs_html_answer(h, row->heard_mix);
    } else {
        hs_html_literal(h, "<td colspan=\"2\">no list</td>");
    }
    hs_html_literal(h, "<td>");
    if (s->f && s->f->correction.where)
        hs_html_correction(h, s->f);
    hs_html_literal(h, "</td></tr>");
}

static void put_answers(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                        const struct passage *s, size_t n, const char *id)
{
    struct hs_arena a = {0};
    hs_html_literal(h, "<details class=\"ticks\"><summary>Open the ticks</summary>");
    hs_html_table_begin(
        h, NULL, NULL,
        hs_arena_printf(&a, "%s: what was measured and heard", hs_rule_title(r->id)));
    hs_arena_free(&a);
    hs_html_literal(h, "<thead><tr><th scope=\"col\">track</th><th scope=\"col\">measured</th>"
                       "<th scope=\"col\">verdict</th><th scope=\"col\">origin</th><th "
                       "scope=\"col\">ear: master</th><th scope=\"col\">ear: mix</th><th "
                       "scope=\"col\">correction</th></tr></thead><tbody>");
    for (size_t i = 0; i < n; i++)
        put_answer(h, r, &s[i]);
    hs_html_literal(h, "</tbody>");
    hs_html_table_end(h);
    for (size_t i = 0; i < n; i++) {
        const struct hs_clip *clip = s[i].f ? hs_pages_clip(p, s[i].t, s[i].f) : NULL;
        if (clip)
            hs_html_player(p, h, clip);
    }
    hs_chart_strip(p, h, r, id, true);
    hs_html_literal(h, "</details>");
}

void hs_html_exercise(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                      const char *id)
{
    struct passage s[2 * HS_EXAMPLES];
    size_t n = r->recurrence ? collect(p, r->recurrence, s) : 0;
    if (!n)
        return;
    hs_html_literal(h, "<div class=\"exercise\"><h3>Exercise</h3>");
    put_task(h, r, s, n);
    put_answers(p, h, r, s, n, id);
    hs_html_literal(h, "</div>");
}
