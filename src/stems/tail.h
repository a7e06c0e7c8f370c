/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How wet a stem is in itself: where its phrases end, what rings on is held against what sounded.
 * In a room that falls by so many decibels a second the level of the tail, carried back to where
 * the sound ended, is that of the diffuse sound beside the direct one. Pure.
 */
#ifndef HS_STEMS_TAIL_H
#define HS_STEMS_TAIL_H

#include "stems/fitting.h"

/* Diffuse over direct power from 500 Hz to 8 kHz; NaN where too few phrases end freely. */
double hs_stem_tail(const struct hs_stem_fitting *f, size_t file, size_t stem);

#endif
