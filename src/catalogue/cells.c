/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Sort the units by level and cluster, and sum each cell.
 * 2. Correlation: sums of squares between the cells of a level and within cells (Fleiss 1981, ch.
 *    13, nested within levels).
 */
#include "catalogue/cells.h"

#include "catalogue/habit_likelihood.h"
#include "core/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double wildest_z = 3;

/* Whether every artist has one level of the factor alone. */
static bool within_artists(const struct hs_audit *audit, const size_t *artist, size_t n_artists,
                           enum hs_factor f)
{
    const char **level = hs_calloc(n_artists + 1, sizeof *level);
    bool within = true;
    for (size_t i = 0; i < audit->job->n_tracks && within; i++) {
        const char *x = hs_factor_level(audit, &audit->job->tracks[i], f);
        const char **first = &level[artist[i]];
        within = !x || !*first || !strcmp(x, *first);
        *first = *first ? *first : x;
    }
    hs_free(level);
    return within;
}

struct hs_clustering hs_clustering_of(const struct hs_audit *audit, struct hs_arena *arena)
{
    struct hs_clustering c = {.audit = audit};
    size_t *artist = HS_ARENA_ARRAY(arena, size_t, audit->job->n_tracks + 1);
    size_t n = hs_factor_number_artists(audit, artist);
    c.artist = n > 1 ? artist : NULL;
    for (enum hs_factor f = 0; f < HS_N_FACTORS; f++) {
        c.differs[f] = f != HS_FACTOR_ARTIST && hs_factor_differs(audit, f);
        c.by_artist[f] = c.differs[f] && c.artist && within_artists(audit, artist, n, f);
    }
    return c;
}

static int by_level(const void *a, const void *b)
{
    const struct hs_cell *x = a, *y = b;
    int order = strcmp(x->level, y->level);
    return order ? order : (x->cluster > y->cluster) - (x->cluster < y->cluster);
}

bool hs_cells_are_artists(const struct hs_clustering *c, enum hs_factor f,
                          const struct hs_evidence_counts *row)
{
    return c->by_artist[f] && row->row->evidence != HS_BY_MOVES;
}

static struct hs_cell cell_of(const char *level, size_t cluster, bool fixed_thresholds,
                              const struct hs_counted_unit *x)
{
    double z = fmin(fmax(x->z, -wildest_z), wildest_z);
    struct hs_cell out = {.level = level,
                          .cluster = cluster,
                          .faulty = x->level >= HS_MINOR,
                          .judged = 1,
                          .z = z,
                          .square = z * z};
    out.classes[hs_track_class(x->z, x->level, fixed_thresholds)] = 1;
    return out;
}

static void cell_add(struct hs_cell *sum, const struct hs_cell *x)
{
    sum->faulty += x->faulty;
    sum->judged += x->judged;
    sum->z += x->z;
    sum->square += x->square;
    for (size_t k = 0; k < HS_CLASSES; k++)
        sum->classes[k] += x->classes[k];
}

size_t hs_cells_take(const struct hs_clustering *c, enum hs_factor f,
                     const struct hs_evidence_counts *row, const struct hs_counted_of *units,
                     size_t n, struct hs_cell *out)
{
    size_t m = 0, cells = 0;
    bool artists = hs_cells_are_artists(c, f, row);
    for (size_t i = 0; i < n; i++) {
        const struct hs_unit *u = units[i].unit;
        const char *level = hs_factor_level(c->audit, c->audit->tracks[u->track].track, f);
        if (level)
            out[m++] = cell_of(level, artists ? c->artist[u->track] : u->release,
                               row->fixed_thresholds, &units[i].counted);
    }
    if (m)
        qsort(out, m, sizeof *out, by_level);
    for (size_t i = 0; i < m; i++) {
        if (cells && !by_level(&out[cells - 1], &out[i]))
            cell_add(&out[cells - 1], &out[i]);
        else
            out[cells++] = out[i];
    }
    return cells;
}

/* Sums of squares between the cells of one level, and what the sizes of the cells are worth. */
struct nested {
    double between, within, typical, free_between, free_within;
};

static void add_level(const struct hs_cell *cells, size_t n, struct nested *sum)
{
    double tracks = 0, z = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        tracks += cells[i].judged;
        z += cells[i].z;
        squares += (double)cells[i].judged * cells[i].judged;
    }
    for (size_t i = 0; i < n; i++) {
        double k = cells[i].judged, off = cells[i].z / k - z / tracks;
        sum->between += k * off * off;
        sum->within += fmax(0, cells[i].square - cells[i].z * cells[i].z / k);
        sum->free_within += k - 1;
    }
    sum->typical += tracks - squares / tracks;
    sum->free_between += (double)n - 1;
}

struct hs_correlation hs_cells_correlation(const struct hs_cell *cells, size_t n)
{
    struct nested sum = {0};
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && !strcmp(cells[j].level, cells[i].level); j++)
            ;
        add_level(cells + i, j - i, &sum);
    }
    if (!(sum.free_between > 0) || !(sum.free_within > 0) || !(sum.typical > 0))
        return (struct hs_correlation){0, 0};
    double within = sum.within / sum.free_within;
    double numerator = (sum.between - sum.free_between * within) / sum.typical;
    return (struct hs_correlation){numerator, numerator + within};
}
