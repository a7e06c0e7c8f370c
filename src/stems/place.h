/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a stem lies in a file: found by generalised cross-correlation of excerpts of the
 * stem with the whole file at a low rate, then to a sample at the full one. Stems of one export lie
 * at one delay mostly, so it is looked for where others lie first. Reads seconds of a stem, not all
 * of it.
 */
#ifndef HS_STEMS_PLACE_H
#define HS_STEMS_PLACE_H

#include "model/values.h"
#include "stems/field.h"

#include <stdbool.h>
#include <stddef.h>

struct hs_stem_place {
    bool found;
    bool borrowed;  /* too quiet to say: where the others lie */
    double delay_s; /* of its first frame in the file */
    double drift;   /* how much longer it lasts there, as a share */
    double z;       /* height of the correlation's peak over its rms */
    /* A delay at which the correlation is as high or higher, but which lost to a known one; NaN. */
    double rival_s;
};

/* Looks for the stem; `measures` are those of its file, for where it is loud. `known` are delays at
 * which others were found. Not found is no error. */
enum hs_status hs_stem_find(struct hs_stem_field *f, const struct hs_source *stem,
                            const struct hs_values *measures, const double *known, size_t n_known,
                            struct hs_stem_place *out, struct hs_error *err);

/* Whether the stem lies at the delay of its export, by some loud seconds of each half: not found
 * where these do not both say so, to a frame and a half. */
enum hs_status hs_stem_confirm(struct hs_stem_field *f, const struct hs_source *stem,
                               const struct hs_values *measures, double delay_s,
                               struct hs_stem_place *out, struct hs_error *err);

/* Where another source begins in that of the field, wherever, by what it holds between two
 * moments. */
enum hs_status hs_stem_find_stretch(struct hs_stem_field *f, const struct hs_source *source,
                                    double from_s, double to_s, bool *found, double *delay_s,
                                    struct hs_error *err);

#endif
