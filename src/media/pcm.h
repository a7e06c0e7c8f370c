/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Samples in containers wider than they are (16 bits in 24, 24 in 32): WAVE_FORMAT_EXTENSIBLE
 * names the valid bits, which stand at the top of the container (Microsoft, "Multiple Channel
 * Audio Data and WAVE Files"); libavformat takes them for the size. The block align tells.
 */
#ifndef HS_MEDIA_PCM_H
#define HS_MEDIA_PCM_H

#include "core/error.h"
#include "media/input.h"

/* Before the first packet: sets the codec that has the container's size. Fails where block
 * align, channels and bits contradict each other. */
enum hs_status hs_pcm_fit(struct hs_input *in, struct hs_error *err);

#endif
