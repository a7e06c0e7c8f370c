/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the limiter took: percentiles of its gain reduction, and the band whose peaks held it. An
 * event is a step in which the reduction grew; it belongs to the band whose envelope then stood
 * furthest above what that band has in half of the file, and weighs as much as it grew.
 */
#ifndef HS_PREVIEW_LIMITING_H
#define HS_PREVIEW_LIMITING_H

#include "preview/render.h"

struct hs_limiting;
/* `active`: the steps that count in percentiles. Both outlive it. */
struct hs_limiting *hs_limiting_new(const struct hs_envelope *e, const bool *active);
void hs_limiting_push(struct hs_limiting *r, const float *gain_db, size_t n);
void hs_limiting_finish(struct hs_limiting *r, struct hs_rendering *out);
void hs_limiting_free(struct hs_limiting *r);

#endif
