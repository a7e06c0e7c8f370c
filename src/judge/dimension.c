/* SPDX-License-Identifier: Apache-2.0 */
/* The dimensions in the order of reports, with the share of a finding that can be mended from the
 * mix and from the master. */
#include "judge/dimension.h"

#include <string.h>

/* Tone is compared third octave by third octave where a file is verified, levels of parts are
 * proxies, and an album needs the other tracks: these do not say that a file got worse. */
const struct hs_dimension hs_dimension_tone = {
    .name = "tone", .order = 1, .mended_from_mix = .7, .mended_from_master = .5};
const struct hs_dimension hs_dimension_level = {
    .name = "level", .order = 2, .mended_from_mix = .3, .mended_from_master = .15};
const struct hs_dimension hs_dimension_stereo = {
    .name = "stereo", .order = 3, .mended_from_mix = .7, .mended_from_master = .5, .stays = true};
const struct hs_dimension hs_dimension_dynamics = {
    .name = "dynamics", .order = 4, .mended_from_mix = .1, .mended_from_master = 0, .stays = true};
const struct hs_dimension hs_dimension_space = {
    .name = "space", .order = 5, .mended_from_mix = .15, .mended_from_master = .1, .stays = true};
const struct hs_dimension hs_dimension_album = {.name = "album",
                                                .order = 6,
                                                .mended_from_mix = .9,
                                                .mended_from_master = .8,
                                                .beside_others = true};
const struct hs_dimension hs_dimension_source = {.name = "source",
                                                 .order = 7,
                                                 .mended_from_mix = .4,
                                                 .mended_from_master = .3,
                                                 .stays = true,
                                                 .of_the_file = true};

int hs_dimension_compare(const struct hs_dimension *a, const struct hs_dimension *b)
{
    return a->order != b->order ? a->order - b->order : strcmp(a->name, b->name);
}
