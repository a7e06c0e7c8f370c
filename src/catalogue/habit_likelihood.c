/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A song's z is the sum of parts of its artist, its release (icc) and itself. The spread of an
 *    artist's songs varies as well (log-normal).
 * 2. Classes divide z. The edges of the severities are put where songs of any artist exceed them
 *    at the base rate; those of sound songs lie below.
 * 3. A habit moves a share (1/4, 1/2, all) of the tracks by 1, 2 or 3 spreads. A table has
 *    log P(class) for no habit and for these nine, by kind of artist and of release (quadrature).
 * 4. A release: add the logs of its tracks, take the mean over kinds of release.
 */
#include "catalogue/habit_likelihood.h"

#include "core/alloc.h"
#include "core/normal_quick.h"

#include <math.h>

enum {
    RELEASES = HS_FEW_NODES, /* kinds of release */
    CELLS = HS_ARTISTS * RELEASES,
    HALVINGS = 40,
};

/* How much the spreads of artists differ (log, standard deviation). */
static const double spread_varies = .40, least_chance = 1e-12;
/* Edges of the sound classes, and where the levels of severity begin, in spreads. */
static const double sound_edge[] = {-1.5, -1, -.5, 0, .5, 1};
static const double note_from = 1.28, lowest_edge = -1.5, largest_of_songs = 3;
enum { N_SOUND = sizeof sound_edge / sizeof *sound_edge };
static const struct {
    double share, shift;
} habit[HS_HABITS] = {{.25, 1}, {.5, 1},  {1, 1},  {.25, 2}, {.5, 2},
                      {1, 2},   {.25, 3}, {.5, 3}, {1, 3}}; /* those of one shift together */

/* log P(class) by hypothesis, class, and kind of release and artist (innermost): in single
 * precision, for odds are given to a few digits. */
struct table {
    float log_p[HS_HYPOTHESES][HS_CLASSES][CELLS];
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

/* The z that a song of any artist exceeds with this probability, by halving. */
static double cut_of(double rate, const double sd[HS_FEW_NODES])
{
    double low = -8, high = 12;
    for (int i = 0; i < HALVINGS; i++) {
        double mid = (low + high) / 2, p = 0;
        for (int s = 0; s < HS_FEW_NODES; s++)
            p += hs_few_nodes[s].w * hs_normal_quick(-mid / sd[s]);
        *(p > rate ? &low : &high) = mid;
    }
    return (low + high) / 2;
}

/* The edges between the classes; returns how many. */
static size_t edges_of(const struct hs_habit_model *m, double eta, double edge[HS_CLASSES])
{
    double cut[HS_LEVELS], sd[HS_FEW_NODES]; /* of songs, by how widely an artist's spread */
    size_t n = 0;
    for (int s = 0; s < HS_FEW_NODES; s++) {
        double spread = exp(eta * hs_few_nodes[s].x - eta * eta);
        sd[s] = sqrt(m->artist_share + (1 - m->artist_share) * spread * spread);
    }
    for (int i = 0; i < HS_LEVELS; i++)
        cut[i] = cut_of(m->base.rate[i], sd);
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

/* Where the songs of each kind of artist and release lie: mean, and one over the spread. */
struct kinds {
    double mean[CELLS], narrow[CELLS];
};

/* Artists of all kinds: how far their mean lies off, how widely their songs spread. */
static void kinds_fill(const struct hs_habit_model *m, double eta, double icc, struct kinds *k)
{
    double refs = m->references;
    double artist = sqrt(m->artist_share + m->base.variance + m->artist_share / m->artists +
                         1 / (refs > 0 ? refs + 10 : 30));
    for (size_t i = 0; i < CELLS; i++) {
        const struct hs_quadrature_node *a = &hs_nodes[i % HS_ARTISTS / HS_FEW_NODES];
        const struct hs_quadrature_node *u = &hs_few_nodes[i % HS_ARTISTS % HS_FEW_NODES];
        double spread = exp(eta * u->x - eta * eta) * sqrt(1 - m->artist_share);
        k->mean[i] = a->x * artist + spread * sqrt(icc) * hs_few_nodes[i / HS_ARTISTS].x;
        k->narrow[i] = 1 / (spread * sqrt(1 - icc));
    }
}

#define ALWAYS __attribute__((always_inline))

/* What the table is made from. */
struct work {
    struct kinds kinds;
    double edge[HS_CLASSES], none[HS_CLASSES][CELLS], shifted[HS_CLASSES][CELLS];
    size_t n_edges;
    double larger;         /* how much larger habits are than those of songs */
    bool seen[HS_CLASSES]; /* in any release; of others no chance is needed */
};

/* P(class) of all kinds of artist and release, with every track `shift` higher. */
static inline ALWAYS void class_chances(const struct work *w, double shift,
                                        double p[HS_CLASSES][CELLS])
{
    const struct kinds *k = &w->kinds;
    double before[CELLS] = {0};
    for (size_t c = 0; c < w->n_edges; c++) {
        const double edge = w->edge[c] - shift;
        if (!w->seen[c] && !w->seen[c + 1])
            continue;
        for (size_t i = 0; i < CELLS; i++) {
            double below = hs_normal_quick((edge - k->mean[i]) * k->narrow[i]);
            double here = below - before[i];
            p[c][i] = here > least_chance ? here : least_chance;
            before[i] = below;
        }
    }
    for (size_t i = 0; i < CELLS; i++) {
        double here = 1 - before[i];
        p[w->n_edges][i] = here > least_chance ? here : least_chance;
    }
}

/* The chances of the classes that were seen, as logs. */
static inline ALWAYS void fill_table(struct table *t, struct work *w)
{
    class_chances(w, 0, w->none);
    for (size_t c = 0; c < t->n_classes; c++) {
        if (!w->seen[c])
            continue;
        for (size_t i = 0; i < CELLS; i++)
            t->log_p[0][c][i] = hs_log_single((float)w->none[c][i]);
    }
    for (int h = 0; h < HS_HABITS; h++) {
        const double share = habit[h].share, shift = w->larger * habit[h].shift;
        if (!h || habit[h].shift != habit[h - 1].shift)
            class_chances(w, shift, w->shifted);
        for (size_t c = 0; c < t->n_classes; c++) {
            if (!w->seen[c])
                continue;
            for (size_t i = 0; i < CELLS; i++)
                t->log_p[1 + h][c][i] =
                    hs_log_single((float)((1 - share) * w->none[c][i] + share * w->shifted[c][i]));
        }
    }
}

/* sum[a] becomes the log of the mean over kinds of release. */
static inline ALWAYS void mean_over_releases(const float x[CELLS], double out[HS_ARTISTS])
{
    float most[HS_ARTISTS], sum[HS_ARTISTS] = {0};
    memcpy(most, x, sizeof most);
    for (size_t r = 1; r < RELEASES; r++)
        for (size_t a = 0; a < HS_ARTISTS; a++)
            most[a] = most[a] > x[r * HS_ARTISTS + a] ? most[a] : x[r * HS_ARTISTS + a];
    for (size_t r = 0; r < RELEASES; r++) {
        const float w = (float)hs_few_nodes[r].w;
        for (size_t a = 0; a < HS_ARTISTS; a++)
            sum[a] += w * hs_exp_single(x[r * HS_ARTISTS + a] - most[a]);
    }
    for (size_t a = 0; a < HS_ARTISTS; a++)
        out[a] = (double)(most[a] + hs_log_single(sum[a]));
}

/* Log likelihood of one release by hypothesis and kind of artist. */
static inline ALWAYS void fill_release(const struct table *t, const int count[HS_CLASSES],
                                       double out[HS_HYPOTHESES][HS_ARTISTS])
{
    float x[CELLS];
    for (int h = 0; h < HS_HYPOTHESES; h++) {
        memset(x, 0, sizeof x);
        for (size_t c = 0; c < t->n_classes; c++) {
            const float n = (float)count[c], *log_p = t->log_p[h][c];
            if (!count[c])
                continue;
            for (size_t i = 0; i < CELLS; i++)
                x[i] += n * log_p[i];
        }
        mean_over_releases(x, out[h]);
    }
}

/* The costly part, compiled for each instruction level; without contraction all give the same bits.
 */
static inline ALWAYS void fill(struct table *t, struct work *w, const struct hs_class_counts *c,
                               hs_likelihoods *out)
{
    fill_table(t, w);
    for (size_t j = 0; j < c->n; j++)
        fill_release(t, c->by_release[j], out[j]);
}

static void fill_baseline(struct table *t, struct work *w, const struct hs_class_counts *c,
                          hs_likelihoods *out)
{
    fill(t, w, c, out);
}

#if defined __x86_64__
__attribute__((target("avx2"))) static void
fill_v3(struct table *t, struct work *w, const struct hs_class_counts *c, hs_likelihoods *out)
{
    fill(t, w, c, out);
}
#endif

typedef void fill_fn(struct table *t, struct work *w, const struct hs_class_counts *c,
                     hs_likelihoods *out);

static fill_fn *best_fill(void)
{
#if defined __x86_64__
    if (__builtin_cpu_supports("avx2"))
        return fill_v3;
#endif
    return fill_baseline;
}

/* A kind of artist is one node of the quadrature over the place of artists and one over their
 * spreads; few references make both wider. */
void hs_habit_likelihoods(const struct hs_habit_model *m, double icc,
                          const struct hs_class_counts *c, hs_likelihoods *out)
{
    struct table *t = hs_malloc(sizeof *t); /* filled as far as classes were seen */
    struct work *w = hs_malloc(sizeof *w);
    double refs = m->references;
    double eta = sqrt(spread_varies * spread_varies + 1 / (refs > 0 ? 2 * refs : 60));
    kinds_fill(m, eta, icc, &w->kinds);
    w->n_edges = edges_of(m, eta, w->edge);
    w->larger = m->largest > 0 ? m->largest / largest_of_songs : 1;
    t->n_classes = w->n_edges + 1;
    memset(w->seen, 0, sizeof w->seen);
    for (size_t j = 0; j < c->n; j++)
        for (size_t k = 0; k < HS_CLASSES; k++)
            w->seen[k] = w->seen[k] || c->by_release[j][k];
    best_fill()(t, w, c, out);
    hs_free(w);
    hs_free(t);
}

double hs_habit_artist_weight(size_t a)
{
    return hs_nodes[a / HS_FEW_NODES].w * hs_few_nodes[a % HS_FEW_NODES].w;
}
