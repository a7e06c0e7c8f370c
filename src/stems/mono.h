/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stems that were given in mono of a wide source leave their sides, and those of several such stems
 * cannot be told apart where they play together: what is left of them may be of each. Pure.
 */
#ifndef HS_STEMS_MONO_H
#define HS_STEMS_MONO_H

#include "stems/fitting.h"

/* The most of what the fit leaves of a file that may be the sides of each stem, as a share of its
 * own power there: 0 of stems in stereo, where the file is mono, and where little is left. One for
 * each stem; the caller frees them. */
double *hs_stem_mono_sides(const struct hs_stem_fitting *f, size_t file);

#endif
