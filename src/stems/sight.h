/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Excerpts of a stem at the low rate, and where in the file each is seen. Seconds of the stem are
 * read, not all of it.
 */
#ifndef HS_STEMS_SIGHT_H
#define HS_STEMS_SIGHT_H

#include "model/values.h"
#include "stems/field.h"

#include <stdbool.h>

struct hs_stem_sight { /* of one excerpt */
    double from_s;     /* where it begins in the stem */
    double loud_s;     /* where a piece for the full rate is loudest in it */
    double delay_s, z; /* height of the peak over the rms of the correlation at all lags */
    double rival_s;    /* where it is as like the file or more, but for what was known; or NaN */
};

/* The height of a peak that is sure by itself. */
extern const double hs_stem_sure_z;

/* How high the correlation is within so many frames of a lag, against rms; `of` is its peak. */
double hs_stem_height(const struct hs_gcc *g, double lag, long within, struct hs_gcc_peak of);

/* Where the excerpts of a stem begin, by where it is loud; how many there are, 1 or 2. */
int hs_stem_excerpts(const struct hs_stem_field *f, const struct hs_values *measures,
                     double from_s[2]);
/* The excerpt from `from_s` on at the delays that are known and, where asked and not sure there,
 * everywhere. */
enum hs_status hs_stem_look(struct hs_stem_field *f, struct hs_feed *stem, double from_s,
                            const double *known, size_t n_known, bool everywhere,
                            struct hs_stem_sight *out, struct hs_error *err);
/* Some loud seconds of that excerpt, at this delay and 90 ms around it alone. */
enum hs_status hs_stem_glance(struct hs_stem_field *f, struct hs_feed *stem,
                              const struct hs_values *measures, double from_s, double delay_s,
                              struct hs_stem_sight *out, struct hs_error *err);
/* What lies between two moments, everywhere. */
enum hs_status hs_stem_look_between(struct hs_stem_field *f, struct hs_feed *stem, double from_s,
                                    double to_s, struct hs_stem_sight *out, struct hs_error *err);
/* The height of the stem's correlation with the file at each of these delays, over the rms of the
 * correlation; summed over the excerpts. */
enum hs_status hs_stem_heights(struct hs_stem_field *f, const struct hs_source *stem,
                               const struct hs_values *measures, const double *delay_s, size_t n,
                               double *height, struct hs_error *err);

#endif
