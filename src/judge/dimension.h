/* SPDX-License-Identifier: Apache-2.0 */
/* What a rule is about, and with it what a studio can do for its faults. A file of rules may
 * bring a dimension of its own. */
#ifndef HS_JUDGE_DIMENSION_H
#define HS_JUDGE_DIMENSION_H

#include <stdbool.h>

/* The rules share are decisions, not measurements: how far mastering alone can mend a fault. */
struct hs_dimension {
    const char *name;                           /* as it stands in the JSON */
    int order;                                  /* lists of rules go by it, then by name */
    double mended_from_mix, mended_from_master; /* 0-1: mastered anew from the archived mix, or
                                                   on the old master */
    bool stays;         /* a corrected file may not get worse in it: read from the file alone */
    bool of_the_file;   /* comes with the transfer or the delivery, not with the music */
    bool beside_others; /* read and heard beside the other tracks of the release alone */
};

extern const struct hs_dimension hs_dimension_tone, hs_dimension_level, hs_dimension_stereo,
    hs_dimension_dynamics, hs_dimension_space, hs_dimension_album, hs_dimension_source;

/* Below 0: a comes before b; 0: the same dimension. */
int hs_dimension_compare(const struct hs_dimension *a, const struct hs_dimension *b);

#endif
