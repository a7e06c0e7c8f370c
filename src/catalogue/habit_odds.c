/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/habit_odds.h"

#include "catalogue/quadrature.h"
#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

enum {
    ARTISTS = HS_NODES * HS_FEW_NODES, /* kinds of artist: place times spread */
    RELEASES = HS_FEW_NODES,           /* kinds of release */
    CELLS = ARTISTS * RELEASES,
    HABITS = 9,
    HYPOTHESES = 1 + HABITS, /* none, and nine habits */
    LEAST_TRACKS = 4,        /* on either side of a change */
    HALVINGS = 60,
};

/* How much the spreads of artists differ (log, standard deviation). */
static const double spread_varies = .40;
/* Edges of the sound classes, and where the levels of severity begin, in spreads. */
static const double sound_edge[] = {-1.5, -1, -.5, 0, .5, 1};
static const double note_from = 1.28, lowest_edge = -1.5;
enum { N_SOUND = sizeof sound_edge / sizeof *sound_edge };
static const struct {
    double share, shift;
} habit[HABITS] = {{.25, 1}, {.25, 2}, {.25, 3}, {.5, 1}, {.5, 2}, {.5, 3}, {1, 1}, {1, 2}, {1, 3}};
/* p is at most this over the odds, for 6 to 48 tracks and all spreads that were tried. */
static const double p_of_one = .12;
static const double least_change_icc = .20, least_chance = 1e-12, most_of_it = .8;

struct hs_habit_odds {
    size_t n;
    int *tracks;                        /* by release */
    double all[HYPOTHESES][ARTISTS];    /* log likelihood of all releases */
    double (*one)[HYPOTHESES][ARTISTS]; /* of each, with the least correlation for changes */
    double weight[ARTISTS];
};

/* log P(class) by hypothesis, class, and kind of artist and release. */
struct table {
    double log_p[HYPOTHESES][HS_CLASSES][CELLS];
    size_t n_classes;
};

size_t hs_track_class(double z, int level, bool fixed_thresholds)
{
    if (fixed_thresholds)
        return (size_t)level;
    if (level)
        return N_SOUND + (size_t)level;
    size_t c = 0;
    while (c < N_SOUND && z >= sound_edge[c])
        c++;
    return c;
}

/* What a song of any artist exceeds with this rate. */
static double cut_of(double rate, double artist_share, double eta)
{
    double low = -8, high = 12;
    for (int i = 0; i < HALVINGS; i++) {
        double mid = (low + high) / 2, p = 0;
        for (int s = 0; s < HS_FEW_NODES; s++) {
            double spread = exp(eta * hs_few_nodes[s].x - eta * eta);
            double sd = sqrt(artist_share + (1 - artist_share) * spread * spread);
            p += hs_few_nodes[s].w * hs_normal_cdf(-mid / sd);
        }
        *(p > rate ? &low : &high) = mid;
    }
    return (low + high) / 2;
}

/* The edges between the classes; returns how many. */
static size_t edges_of(const struct hs_habit_model *m, double eta, double edge[HS_CLASSES])
{
    double cut[HS_LEVELS];
    size_t n = 0;
    for (int i = 0; i < HS_LEVELS; i++)
        cut[i] = cut_of(m->base.rate[i], m->artist_share, eta);
    edge[0] = cut[0];
    if (m->yes_or_no)
        return 1;
    for (size_t i = 0; i < N_SOUND && !m->fixed_thresholds; i++)
        edge[n++] = sound_edge[i] + (cut[0] - note_from) * (sound_edge[i] - lowest_edge) /
                                        (note_from - lowest_edge);
    for (int i = 0; i < HS_LEVELS; i++)
        edge[n++] = cut[i];
    return n;
}

struct spreads {
    double artist, eta, icc;
    double artist_share;
};

/* P(class) of all kinds of artist and release, with every track `shift` higher. */
static void class_chances(const double *edge, size_t n_edges, const struct spreads *s, double shift,
                          double p[HS_CLASSES][CELLS])
{
    for (size_t i = 0; i < CELLS; i++) {
        const struct hs_quadrature_node *a = &hs_nodes[i / RELEASES / HS_FEW_NODES];
        const struct hs_quadrature_node *u = &hs_few_nodes[i / RELEASES % HS_FEW_NODES];
        double spread = exp(s->eta * u->x - s->eta * s->eta) * sqrt(1 - s->artist_share);
        double mean = a->x * s->artist + spread * sqrt(s->icc) * hs_few_nodes[i % RELEASES].x;
        double sd = spread * sqrt(1 - s->icc), before = 0;
        for (size_t c = 0; c <= n_edges; c++) {
            double below = c < n_edges ? hs_normal_cdf((edge[c] - shift - mean) / sd) : 1;
            p[c][i] = fmax(below - before, least_chance);
            before = below;
        }
    }
}

static void table_fill(struct table *t, const struct hs_habit_model *m, double icc)
{
    double refs = m->references, edge[HS_CLASSES];
    struct spreads s = {.eta = sqrt(spread_varies * spread_varies + 1 / (refs > 0 ? 2 * refs : 60)),
                        .icc = icc,
                        .artist_share = m->artist_share,
                        .artist =
                            sqrt(m->artist_share + m->base.variance + m->artist_share / m->artists +
                                 1 / (refs > 0 ? refs + 10 : 30))};
    size_t n_edges = edges_of(m, s.eta, edge);
    double(*none)[CELLS] = t->log_p[0], (*shifted)[CELLS];
    shifted = hs_calloc(HS_CLASSES, sizeof *shifted);
    t->n_classes = n_edges + 1;
    class_chances(edge, n_edges, &s, 0, none);
    for (int shift = 1; shift <= 3; shift++) {
        class_chances(edge, n_edges, &s, shift, shifted);
        for (int h = 0; h < HABITS; h++)
            for (size_t c = 0; lround(habit[h].shift) == shift && c < t->n_classes; c++)
                for (size_t i = 0; i < CELLS; i++)
                    t->log_p[1 + h][c][i] =
                        log((1 - habit[h].share) * none[c][i] + habit[h].share * shifted[c][i]);
    }
    for (size_t c = 0; c < t->n_classes; c++)
        for (size_t i = 0; i < CELLS; i++)
            none[c][i] = log(none[c][i]);
    hs_free(shifted);
}

/* log of the sum of w exp(x); w NULL: of ones. */
static double log_sum(const double *x, const double *w, size_t n)
{
    double most = -INFINITY, sum = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, x[i]);
    for (size_t i = 0; i < n && most > -INFINITY; i++)
        sum += (w ? w[i] : 1) * exp(x[i] - most);
    return most + log(sum);
}

/* Log likelihood of one release by hypothesis and kind of artist: the costly loop. */
static void release_fill(const struct table *t, const int count[HS_CLASSES],
                         double out[HYPOTHESES][ARTISTS])
{
    double x[CELLS];
    for (int h = 0; h < HYPOTHESES; h++) {
        memset(x, 0, sizeof x);
        for (size_t c = 0; c < t->n_classes; c++)
            for (size_t i = 0; count[c] && i < CELLS; i++)
                x[i] += count[c] * t->log_p[h][c][i];
        for (size_t a = 0; a < ARTISTS; a++) {
            const double *of = x + a * RELEASES;
            double most = of[0];
            float sum = 0;
            for (int r = 1; r < RELEASES; r++)
                most = fmax(most, of[r]);
            for (int r = 0; r < RELEASES; r++)
                sum += (float)hs_few_nodes[r].w * expf((float)(of[r] - most));
            out[h][a] = most + (double)logf(sum);
        }
    }
}

static void add_release(double sum[HYPOTHESES][ARTISTS], double one[HYPOTHESES][ARTISTS])
{
    for (int h = 0; h < HYPOTHESES; h++)
        for (int a = 0; a < ARTISTS; a++)
            sum[h][a] += one[h][a];
}

/* One record cannot tell its own ways from those of the artist. */
static double icc_of(const struct hs_habit_model *m, const struct hs_class_counts *c)
{
    return c->n == 1 ? .20 : m->icc;
}

struct hs_habit_odds *hs_habit_odds_new(const struct hs_habit_model *m,
                                        const struct hs_class_counts *c)
{
    struct hs_habit_odds *o = HS_NEW(struct hs_habit_odds);
    struct table *t = HS_NEW(struct table);
    double icc = icc_of(m, c);
    o->n = c->n;
    o->tracks = HS_NEW_ARRAY(int, c->n + 1);
    o->one = hs_calloc(c->n + 1, sizeof *o->one);
    for (size_t a = 0; a < ARTISTS; a++)
        o->weight[a] = hs_nodes[a / HS_FEW_NODES].w * hs_few_nodes[a % HS_FEW_NODES].w;
    table_fill(t, m, icc);
    for (size_t j = 0; j < c->n; j++) {
        for (size_t k = 0; k < t->n_classes; k++)
            o->tracks[j] += c->by_release[j][k];
        release_fill(t, c->by_release[j], o->one[j]);
        add_release(o->all, o->one[j]);
    }
    if (icc < least_change_icc && c->n > 1) {
        table_fill(t, m, least_change_icc);
        for (size_t j = 0; j < c->n; j++)
            release_fill(t, c->by_release[j], o->one[j]);
    }
    hs_free(t);
    return o;
}

void hs_habit_odds_free(struct hs_habit_odds *o)
{
    if (!o)
        return;
    hs_free(o->one);
    hs_free(o->tracks);
    hs_free(o);
}

/* One release goes over from those after a place to those before it. */
static void move_release(double before[HYPOTHESES][ARTISTS], double after[HYPOTHESES][ARTISTS],
                         double one[HYPOTHESES][ARTISTS])
{
    for (int h = 0; h < HYPOTHESES; h++)
        for (int a = 0; a < ARTISTS; a++) {
            before[h][a] += one[h][a];
            after[h][a] -= one[h][a];
        }
}

/* Mean over the habits of their likelihoods; `with` has it, `without` (may be NULL) has not. */
static double log_with(const struct hs_habit_odds *o, double with[HYPOTHESES][ARTISTS],
                       const double *without)
{
    double l[HABITS], x[ARTISTS];
    for (int h = 0; h < HABITS; h++) {
        for (int a = 0; a < ARTISTS; a++)
            x[a] = with[1 + h][a] + (without ? without[a] : 0);
        l[h] = log_sum(x, o->weight, ARTISTS);
    }
    return log_sum(l, NULL, HABITS) - log(HABITS);
}

double hs_habit_odds_log(struct hs_habit_odds *o)
{
    return log_with(o, o->all, NULL) - log_sum(o->all[0], o->weight, ARTISTS);
}

/* Of releases that are all alike: none has it, or all. */
static double log_same(const struct hs_habit_odds *o, double here[HYPOTHESES][ARTISTS],
                       double elsewhere[HYPOTHESES][ARTISTS])
{
    double sum[HYPOTHESES][ARTISTS];
    memcpy(sum, here, sizeof sum);
    add_release(sum, elsewhere);
    return fmax(log_sum(sum[0], o->weight, ARTISTS), log_with(o, sum, NULL));
}

static double log_mean_of_two(double a, double b)
{
    return log_sum((double[]){a, b}, NULL, 2) - log(2);
}

double hs_habit_odds_split(struct hs_habit_odds *o, const bool *here, bool *on)
{
    double side[2][HYPOTHESES][ARTISTS] = {{{0}}};
    for (size_t j = 0; j < o->n; j++)
        add_release(side[here[j]], o->one[j]);
    double with = log_with(o, side[1], side[0][0]), without = log_with(o, side[0], side[1][0]);
    *on = with > without;
    return log_mean_of_two(with, without) - log_same(o, side[1], side[0]);
}

/* The places that hold most of the odds, around the best one. */
static void narrow(const double *place, size_t n, struct hs_habit_change *out)
{
    double all = log_sum(place, NULL, n);
    out->from = out->to = out->at;
    while (log_sum(place + out->from, NULL, out->to - out->from + 1) < all + log(most_of_it)) {
        double before = out->from > 0 ? place[out->from - 1] : -INFINITY;
        double behind = out->to + 1 < n ? place[out->to + 1] : -INFINITY;
        if (!(before > -INFINITY) && !(behind > -INFINITY))
            break;
        if (before > behind)
            out->from--;
        else
            out->to++;
    }
}

struct hs_habit_change hs_habit_odds_change(struct hs_habit_odds *o)
{
    struct hs_habit_change out = {.log_odds = -INFINITY};
    double before[HYPOTHESES][ARTISTS] = {{0}}, after[HYPOTHESES][ARTISTS] = {{0}};
    double *place = HS_NEW_ARRAY(double, o->n + 1), *both = HS_NEW_ARRAY(double, 2 * o->n + 2);
    double best = -INFINITY;
    size_t n = 0;
    int total = 0, seen = 0;
    for (size_t j = 0; j < o->n; j++) {
        add_release(after, o->one[j]);
        total += o->tracks[j];
    }
    double same = log_same(o, before, after);
    for (size_t j = 0; j < o->n; j++) {
        place[j] = -INFINITY;
        if (seen >= LEAST_TRACKS && total - seen >= LEAST_TRACKS) {
            double began = log_with(o, after, before[0]), ended = log_with(o, before, after[0]);
            both[n++] = began, both[n++] = ended;
            place[j] = log_sum((double[]){began, ended}, NULL, 2);
            if (fmax(began, ended) > best) {
                best = fmax(began, ended);
                out.at = j, out.began = began > ended;
            }
        }
        move_release(before, after, o->one[j]);
        seen += o->tracks[j];
    }
    if (n) {
        out.log_odds = log_sum(both, NULL, n) - log((double)n) - same;
        narrow(place, o->n, &out);
    }
    hs_free(place);
    hs_free(both);
    return out;
}

double hs_habit_p(double log_odds)
{
    return fmin(1, p_of_one * exp(-log_odds));
}

enum hs_strength hs_habit_strength(double log_odds)
{
    return log_odds >= log(30)   ? HS_STRENGTH_STRONG
           : log_odds >= log(10) ? HS_STRENGTH_FAIR
           : log_odds >= log(3)  ? HS_STRENGTH_SOME
                                 : HS_STRENGTH_NONE;
}
