/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was counted of a rule by level of a factor and by release: a cell. Tracks of a cell are
 * alike, those of different cells are not. Where an artist always has the same level (the same
 * engineer, say), artists take the place of releases: all that such an artist released is one
 * occasion to tell levels apart.
 */
#ifndef HS_CATALOGUE_CELLS_H
#define HS_CATALOGUE_CELLS_H

#include "catalogue/clustered.h"
#include "catalogue/factors.h"
#include "catalogue/kinds.h"

struct hs_cell {
    const char *level;
    size_t cluster; /* release or artist */
    int faulty, judged;
    int classes[HS_CLASSES];
    double z, square; /* the sum of z, pulled in to 3 spreads, and of its square */
};

/* By factor: whether the job's tracks differ in it, and whether artists are the clusters. */
struct hs_clustering {
    const struct hs_audit *audit;
    size_t *artist; /* by track; NULL where there is one artist */
    bool differs[HS_N_FACTORS], by_artist[HS_N_FACTORS];
};
/* Lives in `arena`. */
struct hs_clustering hs_clustering_of(const struct hs_audit *audit, struct hs_arena *arena);

/* The cells of n units, level by level, into `out`, which has room for n. Returns how many. */
size_t hs_cells_take(const struct hs_clustering *c, enum hs_factor f,
                     const struct hs_evidence_counts *row, const struct hs_counted_of *units,
                     size_t n, struct hs_cell *out);
/* Whether artists are the clusters: what mastering moved is not the artist's, there releases are.
 */
bool hs_cells_are_artists(const struct hs_clustering *c, enum hs_factor f,
                          const struct hs_evidence_counts *row);
/* How much the tracks of a cell are alike, by the analysis of variance between the cells of one
 * level: how levels differ is left out. 0, 0 where no level has two cells. */
struct hs_correlation hs_cells_correlation(const struct hs_cell *cells, size_t n);

#endif
