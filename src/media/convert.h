/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any of libavutil's sample formats to float, full scale 1, exactly where 24 bits of mantissa
 * suffice. Pure; memory is the caller's; an unknown format is false, and nothing is written.
 */
#ifndef HS_MEDIA_CONVERT_H
#define HS_MEDIA_CONVERT_H

#include "dsp/kernels.h"

#include <libavutil/frame.h>
#include <stdbool.h>

/* Samples [from, from + n) of one channel; false: an unknown format. */
bool hs_convert(const AVFrame *frame, int channel, int from, int n, float *out);
/* Two channels at once, the usual integers; false: not of that kind. */
bool hs_convert_pair(const struct hs_kernels *k, const AVFrame *frame, int from, int n, float *left,
                     float *right);

#endif
