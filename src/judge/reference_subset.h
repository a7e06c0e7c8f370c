/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which references are of the kind of a track: of its genre, or, where levels go with the
 * time (Deruty & Pachet, ISMIR 2015), within some years of it. The job says what the track
 * is, their tags say what the references are.
 */
#ifndef HS_JUDGE_REFERENCE_SUBSET_H
#define HS_JUDGE_REFERENCE_SUBSET_H

#include "model/audit.h"

#include <stdbool.h>
#include <stddef.h>

struct hs_reference_subset {
    int *year;          /* of each reference; 0 unknown */
    const char **genre; /* NULL unknown; of the files */
};

enum { HS_ENOUGH_ALIKE = 5 }; /* references from which on a subset is looked at */

struct hs_reference_subset hs_reference_subset_new(const struct hs_file *files, size_t n,
                                                   struct hs_arena *arena);

/* What a track is. */
struct hs_kind_of_music {
    int year;
    const char *genre;
};
bool hs_reference_subset_alike(const struct hs_reference_subset *s, size_t i,
                               const struct hs_kind_of_music *track, bool by_year);
/* "of 1999 to 2009", "of rock"; NULL where the track does not say what it is. */
const char *hs_reference_subset_name(const struct hs_kind_of_music *track, bool by_year,
                                     struct hs_arena *arena);

#endif
