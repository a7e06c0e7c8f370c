/* SPDX-License-Identifier: Apache-2.0 */
/* What the pair proves to be broken in a master: the mix beside it shows what it should be. */
#ifndef HS_JUDGE_PAIR_FAULTS_H
#define HS_JUDGE_PAIR_FAULTS_H

#include "judge/rule.h"

enum { HS_PAIR_FAULTS_MOST = 8 };

/* What is broken: one rule finds faults that come about in unlike ways. */
enum hs_damage {
    HS_DAMAGE_MISSING,
    HS_DAMAGE_ONE_SIDE,
    HS_DAMAGE_FOREIGN,
    HS_DAMAGE_SKIP,
    HS_DAMAGE_BREAKS, /* clicks, lost buffers, stutters, thumps */
    HS_DAMAGE_SPEED,
    HS_DAMAGE_SWAPPED,
    HS_DAMAGE_OTHER_SONG,
    HS_N_DAMAGES
};

/* Seconds of music that are not as they should be, with the thresholds that they are held against,
 * a sentence that ends in a full stop, and where it is heard. */
struct hs_pair_fault {
    enum hs_damage kind;
    double seconds;
    const double *thresholds;
    enum hs_severity at_most;
    const char *words;
    const struct hs_passage *times;
    size_t n_times;
    const char *mend; /* what mends it, a sentence; NULL: another copy does */
};

/* Whatever the case is; how many. 0 of a mix, and without a pair. Lives in the arena of the case.
 */
size_t hs_pair_faults(const struct hs_case *c, struct hs_pair_fault out[HS_PAIR_FAULTS_MOST]);
enum hs_severity hs_pair_fault_severity(const struct hs_pair_fault *f);

#endif
