/* SPDX-License-Identifier: Apache-2.0 */
/* Rendering one clip, in the worker. */
#ifndef HS_RUN_CLIP_RENDER_H
#define HS_RUN_CLIP_RENDER_H

#include "core/alive.h"
#include "core/error.h"
#include "model/job.h"
#include "model/measure.h"
#include "preview/excerpt.h"
#include "report/clips.h"
#include "run/clip_correct.h"
#include "run/clip_format.h"
#include "survival/hear.h"

struct hs_clip_order {
    const char *path; /* without "-a.webm" */
    const char *name;
    const struct hs_clip_format *format;
    enum hs_clip_side side;
    struct hs_source master, mix;
    double from_s, len_s;     /* in the master */
    double mix_from_s, ratio; /* mix seconds per master second */
    double sign[2];           /* of the mix's channels, -1: inverted in the master */
    bool swapped;
    struct hs_clip_correction correction; /* of the finding */
    double added;                         /* of the stem in "mix", on top of the master: side c */
    size_t n_sides;                       /* a, b, ... */
    double eq_db[HS_BANDS];               /* of the pair, for the fourth side */
    enum hs_hearing place[HS_N_HEARINGS]; /* sides b, ... of a master that is played elsewhere */
    double song_lufs;                     /* of all of the master */
    struct hs_excerpt_order preview;      /* sides b, ... of a mix that is to be released */
};

/* Renders and writes all files of the order; *bytes is their size. HS_E_FORMAT where the
 * passage is not fit for a clip. */
enum hs_status hs_clip_render(const struct hs_clip_order *order, const struct hs_alive *alive,
                              size_t *bytes, struct hs_error *err);

#endif
