/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The job file that init writes: tracks with what is known of them, each pair with its confidence
 * and reason, and what was left over as comments. All functions append to `out`; none fails.
 */
#ifndef HS_INIT_WRITE_H
#define HS_INIT_WRITE_H

#include "core/buf.h"
#include "init/archive.h"

#define HS_NO_AUDIO "no audio that is read"

/* A whole new file; `audio`: what it says of its base, or NULL. */
void hs_init_put_yaml(struct hs_archive *in, const char *audio, struct hs_buf *out);
/* A line of comment that names a file and why it is in no track. */
void hs_init_put_note(struct hs_archive *in, const char *why, const char *name, struct hs_buf *out);
/* Whole lines, moved in by `indent`. `alone`: with what its release would say. */
void hs_init_put_track(struct hs_archive *in, const struct hs_guess *g, bool alone, int indent,
                       struct hs_buf *out);
void hs_init_put_release(struct hs_archive *in, const struct hs_guess *g, size_t n, int indent,
                         struct hs_buf *out);
/* The comment of a pair and its `mix:`. */
void hs_init_put_mix(struct hs_archive *in, const struct hs_guess *g, int indent,
                     struct hs_buf *out);
/* A track in flow style, or its `mix: ...` alone. */
void hs_init_put_flow(struct hs_archive *in, const struct hs_guess *g, bool mix_alone,
                      struct hs_buf *out);

#endif
