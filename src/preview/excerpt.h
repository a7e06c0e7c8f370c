/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A passage of a mix as it comes out of the chain, by the settings that were found on the whole
 * file: for listening. On the calling thread.
 */
#ifndef HS_PREVIEW_EXCERPT_H
#define HS_PREVIEW_EXCERPT_H

#include "core/alive.h"
#include "core/error.h"
#include "model/job.h"
#include "model/preview.h"

struct hs_excerpt_order {
    bool has_eq;
    double eq_db[HS_BANDS], threshold_db, peak_db;
    double gain_db[HS_PREVIEW_MOST_TARGETS], clip_db[HS_PREVIEW_MOST_TARGETS];
    size_t n; /* targets */
};

/* The sound of one target, in the caller's memory. */
struct hs_excerpt_sound {
    float *x[2];
    size_t n_frames;
};

/* Fills out[0] to out[order->n - 1], all of one rate and about as long as wanted; what is there
 * of them has to be freed also after a failure. */
enum hs_status hs_excerpt_run(const struct hs_source *source, const struct hs_excerpt_order *order,
                              double from_s, double len_s, const struct hs_alive *alive,
                              struct hs_excerpt_sound *out, struct hs_error *err);

#endif
