/* SPDX-License-Identifier: Apache-2.0 */
/* The loudest parts, as an_loudest.c hands them on to analysers of the next stage: both channels as
 * one long series each, cut by the numbers of frames. */
#include "survival/loudest.h"

#include <math.h>

const char hs_loudest_left[] = "_loudest.left", hs_loudest_right[] = "_loudest.right";
const char hs_loudest_frames[] = "_loudest.frames", hs_loudest_from[] = "loudest.from_s";

/* False, with the reason, where there are none. */
bool hs_loudest_read(const struct hs_values *v, struct hs_loudest *out, const char **why)
{
    const double *frames = hs_values_doubles(v, hs_loudest_frames, HS_LOUDEST_PARTS);
    const struct hs_value *left = hs_values_get(v, hs_loudest_left);
    const struct hs_value *right = hs_values_get(v, hs_loudest_right);
    *out = (struct hs_loudest){.n_parts = 0};
    *why = hs_values_why(v, hs_loudest_from);
    if (!frames || !left || !right || left->kind != HS_SERIES || right->kind != HS_SERIES)
        return false;
    for (size_t i = 0, at = 0; i < HS_LOUDEST_PARTS && frames[i] > 0; i++) {
        out->n_frames[i] = (size_t)frames[i];
        out->left[i] = left->series + at;
        out->right[i] = right->series + at;
        at += out->n_frames[i];
        out->n_parts++;
    }
    return out->n_parts > 0;
}
