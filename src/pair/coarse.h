/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where one file may lie in another, by their fingerprints alone: 20 s pieces of the
 * master are looked up in the mix, and lines are laid through where they were found.
 * Good to some 10 ms; whether it is the same recording is decided by the waveform later.
 */
#ifndef HS_PAIR_COARSE_H
#define HS_PAIR_COARSE_H

#include "core/alive.h"
#include "pair/time_map.h"

enum { HS_COARSE_LINES = 4, HS_COARSE_PEAKS = 6 };

/* Where a piece of the master was found in the mix, best first. */
struct hs_piece {
    double master_s, len_s;                                /* middle and length of the piece */
    double mix_s[HS_COARSE_PEAKS], score[HS_COARSE_PEAKS]; /* correlation 0-1 */
    size_t n_peaks;
};

struct hs_coarse {
    struct hs_time_map line[HS_COARSE_LINES]; /* best first */
    double score[HS_COARSE_LINES];            /* mean correlation over all pieces */
    double share[HS_COARSE_LINES];            /* of the pieces that lie on the line */
    size_t n_lines;
    bool steady;             /* nothing changes in one of them: there is nothing to find it by */
    struct hs_piece *pieces; /* at the speed of the best line; owned */
    size_t n_pieces;
};

/* Speeds: from 1/(1+reach) to 1+reach; reach 0 looks at the nominal speed alone (within
 * 0.3 %). The texts are fingerprints; of less than 1 s there are no lines. `alive` may be NULL.
 * Nothing fails; the caller frees `out`. */
void hs_coarse_search(const char *mix, const char *master, double reach,
                      const struct hs_alive *alive, struct hs_coarse *out);
void hs_coarse_free(struct hs_coarse *c);

#endif
