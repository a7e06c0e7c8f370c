/* SPDX-License-Identifier: Apache-2.0 */
/* Loudness of files, of stems as they were given, and of instruments as they stand in a file, from
 * powers by unit of a fit. Pure. */
#ifndef HS_STEMS_LEVELS_H
#define HS_STEMS_LEVELS_H

#include "core/arena.h"
#include "model/values.h"
#include "stems/fitting.h"

/* In dB, of two powers; NaN where one of them is 0. */
double hs_stem_ratio_db(double a, double b);

/* Gated loudness of the file, LUFS. */
double hs_stem_loudness(const struct hs_stem_fitting *f, size_t file);
/* The same of a stem as it was given. */
double hs_stem_given_loudness(const struct hs_stem_fitting *f, size_t stem);

/* By how much the gain of a stem moves from window to window, in dB rms by its power as given. */
double hs_stem_ride(const struct hs_stem_fitting *f, size_t file, size_t stem);

/* Levels against the file while it plays and over the song, seconds above the gate, range and
 * course_lu (in the arena) of an instrument whose power by unit is `unit`. */
void hs_stem_read_levels(const struct hs_stem_fitting *f, size_t file, const float *unit,
                         struct hs_arena *arena, struct hs_instrument *out);
/* How far its level hangs on where the gate lies: its change, in LU, between gates 1 LU lower and 1
 * LU higher. */
double hs_stem_gate_doubt(const struct hs_stem_fitting *f, const float *unit);
/* Whether one channel of a stem is silent all through, as far as that is measured: a mono track
 * that was exported on one side. The other one stands for both then (hs_stem_track.one_side), so
 * that it counts twice in what was given. */
bool hs_stem_is_one_sided(const struct hs_values *stem);

#endif
