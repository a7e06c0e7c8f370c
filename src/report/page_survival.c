/* SPDX-License-Identifier: Apache-2.0 */
/*
 * survival.html: songs against destinations, worst first.
 * 1. The usual value of a destination is the median of the references, or of these masters where
 *    fewer than eight references have a value. Its edge is three robust spreads away, at least
 *    one audible step. Some destinations have a fixed edge.
 * 2. A song suffers at a destination where a rule that judges it finds something; where no rule
 *    judges, where it lies beyond the edge. The distance is counted in audible steps.
 * 3. Songs are sorted by the number of destinations at which they suffer, then by the sum of
 *    these distances; the lead says how many suffer where.
 */
#include "core/alloc.h"
#include "core/num.h"
#include "model/survival.h"
#include "report/frame.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/survival_place.h"
#include "report/words.h"
#include "survival/platforms.h"

#include <math.h>
#include <stdlib.h>

enum { ENOUGH = 8 }; /* files, to say what is usual */

/* What is usual at one destination. */
struct usual {
    double centre, edge; /* NaN: not enough files */
    size_t n, beyond;    /* masters with a number, and those beyond */
};

struct song {
    size_t track, beyond;
    double worst; /* steps beyond the edge, summed */
};

struct view {
    struct hs_pages *p;
    enum hs_survival_place place[HS_N_SURVIVAL_PLACES];
    size_t n_places;
    struct usual usual[HS_N_SURVIVAL_PLACES];
};

/* The values of the files that have one; gives their number. */
static size_t collect(const struct hs_file *files, size_t n, enum hs_survival_place place,
                      double *out)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        double x = hs_survival_value(place, &files[i]);
        if (isfinite(x))
            out[k++] = x;
    }
    return k;
}

/* Of the references, else of these masters: three robust spreads from the middle. */
static struct usual usual_of(struct hs_pages *p, enum hs_survival_place place)
{
    const struct hs_audit *audit = p->audit;
    const struct hs_survival_kind *kind = &hs_survival_kinds[place];
    size_t most = audit->job->n_tracks + audit->job->n_references;
    double *x = HS_NEW_ARRAY(double, most + 1);
    size_t n =
        audit->references ? collect(audit->references, audit->job->n_references, place, x) : 0;
    for (size_t i = 0; n < ENOUGH && i < 1; i++) {
        n = 0;
        for (size_t t = 0; t < audit->job->n_tracks; t++)
            n += collect(&audit->tracks[t].master, 1, place, x + n);
    }
    struct usual u = {NAN, kind->bad_beyond, 0, 0};
    if (n >= ENOUGH && isnan(kind->bad_beyond)) {
        u.centre = hs_median(x, n);
        u.edge = u.centre + kind->bad * fmax(3 * hs_mad(x, n, u.centre), kind->step);
    }
    hs_free(x);
    return u;
}

/* Audible steps beyond what is usual; 0 inside. Where rules judge, they decide. */
static double beyond(const struct view *v, size_t column, const struct hs_track_result *t, double x)
{
    const struct hs_survival_kind *kind = &hs_survival_kinds[v->place[column]];
    if (kind->rules[0]) {
        const struct hs_finding *f = hs_survival_finding(v->place[column], t);
        return f ? fmax(f->steps, 1) : 0;
    }
    double over = kind->bad * (x - v->usual[column].edge) / kind->step;
    return over > 0 ? over : 0;
}

/* By the number of destinations, then by the sum of steps, then by their place in the job. */
static int worst_first(const void *a, const void *b)
{
    const struct song *x = a, *y = b;
    if (x->beyond != y->beyond)
        return x->beyond > y->beyond ? -1 : 1;
    if (x->worst < y->worst || x->worst > y->worst)
        return x->worst > y->worst ? -1 : 1;
    return x->track < y->track ? -1 : 1;
}

/* Songs in the order of how many destinations they suffer at, then by how much. Counts each
 * destination on the way. */
static struct song *rank(struct view *v, size_t *n)
{
    const struct hs_audit *audit = v->p->audit;
    struct song *songs = HS_NEW_ARRAY(struct song, audit->job->n_tracks + 1);
    *n = 0;
    for (size_t t = 0; t < audit->job->n_tracks; t++) {
        struct song s = {.track = t};
        bool known = false;
        for (size_t c = 0; c < v->n_places; c++) {
            double x = hs_survival_value(v->place[c], &audit->tracks[t].master);
            double over = isfinite(x) ? beyond(v, c, &audit->tracks[t], x) : 0;
            known |= isfinite(x);
            v->usual[c].n += isfinite(x);
            v->usual[c].beyond += over > 0;
            s.beyond += over > 0;
            s.worst += over;
        }
        if (known)
            songs[(*n)++] = s;
    }
    qsort(songs, *n, sizeof *songs, worst_first);
    return songs;
}

/* Rules judge there, or enough masters say what is usual. */
static bool is_judged(const struct view *v, size_t column)
{
    return hs_survival_kinds[v->place[column]].rules[0] || isfinite(v->usual[column].edge);
}

static bool can_judge(const struct view *v)
{
    for (size_t c = 0; c < v->n_places; c++)
        if (is_judged(v, c))
            return true;
    return false;
}

/* The value at one destination; one beyond what is usual has a sign and words beside its colour. */
static void put_cell(const struct view *v, struct hs_html *h, size_t column,
                     const struct hs_track_result *t)
{
    double x = hs_survival_value(v->place[column], &t->master);
    const struct hs_survival_kind *kind = &hs_survival_kinds[v->place[column]];
    bool far = isfinite(x) && beyond(v, column, t, x) > 0;
    struct hs_column c = {kind->name, far ? "n far" : "n"};
    hs_html_td(h, &c, x);
    if (isnan(x)) {
        hs_html_literal(h, "?<span class=\"vh\"> cannot say</span></td>");
        return;
    }
    hs_html_literal(h, "<span");
    hs_html_attrf(h, "class", "cell%s", far ? " far" : "");
    hs_html_literal(h, "><span class=\"sign\" aria-hidden=\"true\">");
    hs_html_text(h, far ? "\xe2\x97\x8f" : "\xc2\xb7");
    hs_html_literal(h, "</span><span class=\"vh\">");
    hs_html_text(h, far ? "beyond what is usual: " : is_judged(v, column) ? "usual: " : "");
    hs_html_literal(h, "</span>");
    hs_html_survival_value(h, v->place[column], x);
    const struct hs_finding *f = hs_survival_finding(v->place[column], t);
    if (far && f) { /* which need not be of the value that is shown */
        hs_html_literal(h, "<br><small>");
        hs_html_text(h, hs_rule_title(f->rule));
        hs_html_literal(h, "</small>");
    }
    hs_html_literal(h, "</span></td>");
}

static void put_song(const struct view *v, struct hs_html *h, const struct song *s)
{
    const struct hs_track_result *t = &v->p->audit->tracks[s->track];
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_track_link(h, t);
    hs_html_literal(h, "</th>");
    for (size_t c = 0; c < v->n_places; c++)
        put_cell(v, h, c, t);
    hs_html_literal(h, "</tr>\n");
}

/* Whether a table would show more than the sentences say. */
static bool differ(const struct view *v, const struct song *songs, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t c = 0; c < v->n_places; c++) {
            const struct hs_track_result *tracks = v->p->audit->tracks;
            double x = hs_survival_value(v->place[c], &tracks[songs[0].track].master);
            double y = hs_survival_value(v->place[c], &tracks[songs[i].track].master);
            if (!hs_survival_alike(v->place[c], x, y))
                return true;
        }
    return false;
}

/* Songs as rows, destinations as columns; of a large catalogue the worst HS_LIST_ROWS songs. */
static void put_matrix(const struct view *v, struct hs_html *h, const struct song *songs, size_t n,
                       size_t suffer)
{
    struct hs_arena a = {0};
    size_t shown = n < HS_LIST_ROWS ? n : HS_LIST_ROWS;
    hs_html_section(h, "songs", NULL, "Songs and destinations");
    hs_html_table_begin(
        h, "matrix", "fold matrix",
        hs_arena_printf(&a,
                        "%s %zu of %zu shown; all stand in audit.json. \xe2\x97\x8f beyond what is "
                        "usual, \xc2\xb7 not beyond it or not judged, ? cannot say.",
                        suffer ? "Worst first, then in the order of the job."
                        : !can_judge(v)
                            ? "In the order of the job."
                            : "None is beyond what is usual, so in the order of the job.",
                        shown, n));
    hs_html_literal(h, "<thead><tr><th scope=\"col\">song</th>");
    for (size_t c = 0; c < v->n_places; c++) {
        hs_html_literal(h, "<th scope=\"col\"><b>");
        hs_html_text(h, hs_survival_kinds[v->place[c]].name);
        hs_html_literal(h, "</b>");
        hs_html_text(h, hs_survival_kinds[v->place[c]].what);
        hs_html_literal(h, "</th>");
    }
    hs_html_literal(h, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < shown; i++)
        put_song(v, h, &songs[i]);
    hs_html_table_end(h);
    hs_html_literal(h, "</section>\n");
    hs_arena_free(&a);
}

/* "2 of 12 stand out on a phone" */
static void put_lead(const struct view *v, struct hs_html *h, size_t suffer)
{
    size_t said = 0;
    hs_html_literal(h, "<p class=\"lead\">");
    for (size_t c = 0; c < v->n_places; c++) {
        const struct usual *u = &v->usual[c];
        if (!u->beyond || hs_survival_kinds[v->place[c]].rules[0])
            continue;
        hs_html_textf(h, "%s%zu of %zu (%s)", said++ ? ", " : "Beyond what is usual: ", u->beyond,
                      u->n, hs_survival_kinds[v->place[c]].name);
    }
    hs_html_text(h, said           ? "."
                    : suffer       ? ""
                    : can_judge(v) ? "No song is beyond what is usual anywhere."
                                   : "Fewer than eight masters do not show what is usual; nothing "
                                     "is judged here.");
    hs_html_literal(h, "</p>");
}

/* Each destination in its sentences, in the order of the columns. */
static void put_places(const struct view *v, struct hs_html *h)
{
    hs_html_section(h, "places", NULL, "What becomes of them");
    hs_html_literal(h, "<div class=\"two\">\n");
    for (size_t c = 0; c < v->n_places; c++)
        hs_html_survival_place(v->p, h, v->place[c], v->usual[c].beyond);
    hs_html_literal(h, "</div></section>\n");
}

/* As of when the targets of the services are, and which destinations are models and not
 * measurements. */
static void put_notes(const struct hs_audit *audit, struct hs_html *h)
{
    hs_html_literal(h, "<p class=\"quiet\">Streaming: targets as of " HS_PLATFORMS_CHECKED ". ");
    if (audit->survival & ~(unsigned)HS_TO_PLATFORMS)
        hs_html_literal(h, "Codecs, radio, car at 100 km/h and the bass line on a phone are judged "
                           "by rules, against the references and released music. Elsewhere usual "
                           "is what the references do, else these masters themselves, within "
                           "three spreads. Car, phone, laptop and speaker are models: a "
                           "cabin\xe2\x80\x99s noise, a high-pass. ");
    hs_html_literal(h, "Which destinations are asked, the job file says (<code>survival:</code>)."
                       "</p>\n");
}

/* Destinations in the order of the table, then songs by how far they stand out. */
static void render(struct hs_pages *p, struct hs_html *h, size_t index)
{
    struct view v = {.p = p};
    size_t n, suffer = 0;
    (void)index;
    /* the destinations that the job asks about, with what is usual there */
    for (int i = 0; i < HS_N_SURVIVAL_PLACES; i++)
        if (hs_survival_kinds[i].destination & p->audit->survival) {
            v.place[v.n_places] = (enum hs_survival_place)i;
            v.usual[v.n_places++] = usual_of(p, (enum hs_survival_place)i);
        }
    struct song *songs = rank(&v, &n);
    for (size_t i = 0; i < n; i++)
        suffer += songs[i].beyond > 0;
    hs_frame_begin(p, h, NULL);
    hs_html_literal(h, "<div class=\"hero\"><h1>");
    if (suffer)
        hs_html_textf(h, "%zu of %zu songs stand%s out somewhere", suffer, n,
                      suffer == 1 ? "s" : "");
    else if (!can_judge(&v))
        hs_html_literal(h, "What becomes of the songs");
    else
        hs_html_literal(h, "The songs come through alike");
    hs_html_literal(h, "</h1>");
    put_lead(&v, h, suffer);
    hs_html_literal(h, "</div>\n");
    put_places(&v, h);
    if (differ(&v, songs, n))
        put_matrix(&v, h, songs, n, suffer);
    put_notes(p->audit, h);
    hs_frame_end(p, h);
    hs_free(songs);
}

static size_t count(const struct hs_pages *p)
{
    return p->audit->survival ? 1 : 0;
}

const struct hs_page hs_page_survival = {
    .folder = "",
    .file = "survival",
    .title = "How it plays elsewhere",
    .nav = "Playback",
    .place = 56,
    .count = count,
    .render = render,
};
