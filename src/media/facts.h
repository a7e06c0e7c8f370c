/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a stream is: rate, channels, layout, bits, tags; from the container, then from what
 * the decoder delivers.
 */
#ifndef HS_MEDIA_FACTS_H
#define HS_MEDIA_FACTS_H

#include "core/error.h"
#include "media/input.h"

void hs_facts_of_container(struct hs_input *in);
/* The decoder knows better: implicit SBR doubles the rate, parametric stereo the channels. */
enum hs_status hs_facts_of_frame(struct hs_input *in, struct hs_error *err);
/* Whether rate and channels are of a kind that is read. */
enum hs_status hs_facts_check(const struct hs_input *in, struct hs_error *err);

#endif
