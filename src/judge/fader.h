/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Moves of faders with the level that follows: a stem that is raised raises the whole with it, so
 * that its level against the whole rises by less. Pure.
 */
#ifndef HS_JUDGE_FADER_H
#define HS_JUDGE_FADER_H

#include "judge/rule.h"

/* The move of a fader, in dB, that changes the level of an instrument by `wanted_lu` where it has
 * this share of the power of the whole; cut at `most_db`. */
double hs_fader_for(double wanted_lu, double share, double most_db);
/* How the level changes with a move of so many decibels. */
double hs_fader_gives(double move_db, double share);

/* The correction of a finding that a stem made, with the predicted level: "vocal +2.0 dB: -6.1 to
 * -4.1 LU in the master". */
void hs_fader_correct(const struct hs_case *c, const struct hs_finding *f, enum hs_stem_role role,
                      struct hs_correction *out);

#endif
