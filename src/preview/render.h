/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The last stages of the chain for several targets in one pass over the file: compressor, gain,
 * clip, limiter; what comes out is measured, and written where that is wanted, or kept as it is.
 * On the calling thread. `kept` is the caller's, also after a failure.
 */
#ifndef HS_PREVIEW_RENDER_H
#define HS_PREVIEW_RENDER_H

#include "core/error.h"
#include "preview/envelope.h"
#include "preview/front.h"
#include "preview/search.h"

/* One target on its way; the gain was found before. */
struct hs_rendering {
    double gain_db, clip_db;
    const char *write_path; /* NULL: is not written */
    /* Out, where the order keeps the sound instead of measuring it: */
    float *kept[2];
    size_t n_kept;
    int rate;
    /* Out, else: */
    double gr_p50_db, gr_p95_db, gr_max_db;
    double holds[HS_PREVIEW_BANDS];
    struct hs_values values; /* initialised by the caller */
};

struct hs_render {
    const struct hs_source *source;
    const double *eq_db; /* NULL: none */
    struct hs_front_part part;
    const struct hs_search *search;
    const bool *active; /* steps that count in percentiles; NULL: what comes out is kept */
    const struct hs_alive *alive;
    struct hs_rendering *items;
    size_t n;
};

enum hs_status hs_render_run(const struct hs_render *r, struct hs_error *err);

#endif
