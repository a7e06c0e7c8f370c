/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/dimension.h"

#include <string.h>

/* Tone is compared third octave by third octave where a file is verified, levels of parts are
 * proxies, and an album needs the other tracks: these do not say that a file got worse. */
const struct hs_dimension hs_dimension_tone = {"tone", 1, .7, .5, false, false};
const struct hs_dimension hs_dimension_level = {"level", 2, .3, .15, false, false};
const struct hs_dimension hs_dimension_stereo = {"stereo", 3, .7, .5, true, false};
const struct hs_dimension hs_dimension_dynamics = {"dynamics", 4, .1, 0, true, false};
const struct hs_dimension hs_dimension_space = {"space", 5, .15, .1, true, false};
const struct hs_dimension hs_dimension_album = {"album", 6, .9, .8, false, false};
const struct hs_dimension hs_dimension_source = {"source", 7, .4, .3, true, true};

int hs_dimension_compare(const struct hs_dimension *a, const struct hs_dimension *b)
{
    return a->order != b->order ? a->order - b->order : strcmp(a->name, b->name);
}
