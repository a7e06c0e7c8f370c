/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How wet a stem is in itself, from the ends of its phrases. Reverberation decays by a constant
 * number of decibels a second; its level, extrapolated back to the moment the sound ended, is that
 * of the diffuse sound beside the direct one. Pure.
 */
#ifndef HS_STEMS_TAIL_H
#define HS_STEMS_TAIL_H

#include "stems/fitting.h"

/* Diffuse over direct power from 500 Hz to 8 kHz; NaN where too few phrases end freely. */
double hs_stem_tail(const struct hs_stem_fitting *f, size_t file, size_t stem);

#endif
