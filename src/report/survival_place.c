/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One destination in sentences: what happens there to how many masters, in the middle and
 * at worst.
 *
 * 1. The numbers of all masters that have one; the worst is on the side that the table of
 *    destinations calls bad. Where all are alike one number is enough.
 * 2. Streaming: by the first service of the table, how many are turned down and by how
 *    much, and how many stay below their neighbours because their peaks hold them down.
 * 3. Rules that ask about the destination, with their counts; a rule that two destinations
 *    share stands at the first one. Where no rule asks, how many lie beyond what is usual.
 * 4. A clip of the worst one, where there is one and something is beyond what is usual.
 */
#include "report/survival_place.h"

#include "core/alloc.h"
#include "core/num.h"
#include "report/pieces.h"
#include "report/player.h"
#include "report/survival_words.h"
#include "report/words.h"
#include "survival/platforms.h"

#include <math.h>

/* The numbers of all masters at one place. */
struct spread {
    double *x;
    size_t n, worst; /* worst: the track */
    bool alike;
};

/* Collects the values of one destination. The caller frees `x`. */
static struct spread spread_of(const struct hs_pages *p, enum hs_survival_place place)
{
    const struct hs_audit *audit = p->audit;
    struct spread s = {.x = HS_NEW_ARRAY(double, audit->job->n_tracks + 1), .alike = true};
    double worst = NAN;
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        double x = hs_survival_value(place, &audit->tracks[i].master);
        if (!isfinite(x))
            continue;
        s.alike &= !s.n || hs_survival_alike(place, x, s.x[0]);
        s.x[s.n++] = x;
        if (isnan(worst) || hs_survival_kinds[place].bad * (x - worst) > 0) {
            worst = x;
            s.worst = i;
        }
    }
    return s;
}

/* "Spotify turns 29 of 38 masters down, by a median of 4.9 dB" */
static void put_turned(struct hs_html *h, const char *service, const char *what, double *gain,
                       size_t n, size_t of, const char *after)
{
    if (!n)
        return;
    hs_html_text(h, service);
    hs_html_textf(h, " %zu of ", n);
    hs_html_count(h, of, "master", "masters");
    hs_html_textf(h, " %s by %s", what, n > 1 ? "a median of " : "");
    hs_html_quantity(h, hs_median(gain, n), 1, "dB");
    hs_html_text(h, after);
}

/* Masters that the first service turns down, and masters that it cannot turn up far enough. */
static void put_streaming(struct hs_pages *p, struct hs_html *h, size_t of)
{
    const struct hs_audit *audit = p->audit;
    struct hs_arena a = {0};
    double *down = HS_ARENA_ARRAY(&a, double, of + 1), *held = HS_ARENA_ARRAY(&a, double, of + 1);
    size_t n_down = 0, n_held = 0;
    const char *service = NULL;
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const struct hs_platform_row *rows;
        if (!hs_platform_rows(audit, &audit->tracks[i], &a, &rows) || n_down + n_held == of)
            continue;
        /* the first row is the largest service */
        service = rows[0].platform->name;
        if (rows[0].gain_db < -0.05)
            down[n_down++] = -rows[0].gain_db;
        else if (isfinite(rows[0].never_reaches_db))
            held[n_held++] = rows[0].never_reaches_db;
    }
    if (service) {
        put_turned(h, hs_arena_printf(&a, "%s turns", service), "down,", down, n_down, of,
                   "; what the limiting cost, it bought nothing there. ");
        put_turned(h, hs_arena_printf(&a, "On %s", service), "stay below their neighbours,", held,
                   n_held, of, ", because their peaks hold them down. ");
        if (!n_down && !n_held)
            hs_html_textf(h, "%s plays all of them as loud as the rest. ", service);
    }
    hs_arena_free(&a);
}

/* The usual value and the worst, or the one value that all share. */
static void put_numbers(struct hs_pages *p, struct hs_html *h, enum hs_survival_place place,
                        const struct spread *s)
{
    const struct hs_survival_kind *kind = &hs_survival_kinds[place];
    double worst = hs_survival_value(place, &p->audit->tracks[s->worst].master);
    char name[96];
    hs_html_text(h, hs_capital(kind->what, name, sizeof name));
    hs_html_literal(h, ": ");
    if (s->alike) {
        hs_html_survival_value(h, place, worst);
        hs_html_text(h, s->n == 1 ? ". " : " in each of them. ");
        return;
    }
    hs_html_literal(h, "median ");
    hs_html_survival_value(h, place, hs_median(s->x, s->n));
    hs_html_literal(h, ", worst ");
    hs_html_survival_value(h, place, worst);
    hs_html_literal(h, " in ");
    hs_html_track_link(h, &p->audit->tracks[s->worst]);
    hs_html_literal(h, ". ");
}

/* A rule that two destinations share stands at the first of them. */
static bool is_told_before(const struct hs_pages *p, enum hs_survival_place place, const char *rule)
{
    for (int i = 0; i < (int)place; i++)
        for (int k = 0; k < 2 && hs_survival_kinds[i].rules[k]; k++)
            if ((hs_survival_kinds[i].destination & p->audit->survival) &&
                hs_same_rule(hs_survival_kinds[i].rules[k], rule))
                return true;
    return false;
}

/* "9 of 12 lose their bass line on a phone." */
static void put_rules(struct hs_pages *p, struct hs_html *h, enum hs_survival_place place)
{
    const char *const *rules = hs_survival_kinds[place].rules;
    for (size_t i = 0; i < p->audit->n_recurring; i++) {
        const struct hs_recurrence *r = &p->audit->recurring[i];
        bool here = (rules[0] && hs_same_rule(rules[0], r->rule)) ||
                    (rules[0] && rules[1] && hs_same_rule(rules[1], r->rule));
        if (!here || !r->faulty || is_told_before(p, place, r->rule))
            continue;
        hs_html_textf(h, "%d of %d %s (", r->faulty, r->judged, hs_survival_of_many(r->rule));
        hs_html_link(h, "rules/", r->rule, ".html", "which, and how it is judged");
        hs_html_literal(h, "). ");
    }
}

/* Only where no rule judges: rules have said it already. */
static void put_beyond(struct hs_html *h, enum hs_survival_place place, size_t beyond, size_t n)
{
    if (!beyond || hs_survival_kinds[place].rules[0])
        return;
    hs_html_textf(h, "%zu of %zu %s beyond what is usual. ", beyond, n, beyond == 1 ? "is" : "are");
}

/* Nothing where no song has a value. */
void hs_html_survival_place(struct hs_pages *p, struct hs_html *h, enum hs_survival_place place,
                            size_t beyond)
{
    const struct hs_survival_kind *kind = &hs_survival_kinds[place];
    struct spread s = spread_of(p, place);
    if (s.n) {
        const struct hs_clip *clip = hs_clips_of_survival(p->options->clips, s.worst);
        char name[96];
        hs_html_literal(h, "<div><h3>");
        hs_html_text(h, hs_capital(kind->name, name, sizeof name));
        hs_html_literal(h, "</h3><p>");
        if (place == HS_AT_STREAMING)
            put_streaming(p, h, s.n);
        put_rules(p, h, place);
        put_numbers(p, h, place, &s);
        put_beyond(h, place, beyond, s.n);
        hs_html_tier(h, kind->tier);
        hs_html_literal(h, "</p>\n");
        if (clip && beyond)
            hs_html_player(p, h, clip);
        hs_html_literal(h, "</div>\n");
    }
    hs_free(s.x);
}
