/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of the job file that init writes, for a new file and for additions to one. */
#ifndef HS_INIT_TEXT_H
#define HS_INIT_TEXT_H

#include "init/init.h"

/* Whole lines, moved in by `indent`. `alone`: with what its release would say. */
void hs_init_put_track(struct hs_init *in, const struct hs_guess *g, bool alone, int indent,
                       struct hs_buf *out);
void hs_init_put_release(struct hs_init *in, const struct hs_guess *g, size_t n, int indent,
                         struct hs_buf *out);
/* The comment of a pair and its `mix:`. */
void hs_init_put_mix(struct hs_init *in, const struct hs_guess *g, int indent, struct hs_buf *out);
/* A track in flow style, or its `mix: ...` alone. */
void hs_init_put_flow(struct hs_init *in, const struct hs_guess *g, bool mix_alone,
                      struct hs_buf *out);
/* Guesses of one release stand together: the index behind the last one. */
size_t hs_init_release_end(const struct hs_init *in, size_t first);
/* Why a take is in no pair, or NULL. */
const char *hs_init_left_out(const struct hs_take *t);

#endif
