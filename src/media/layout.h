/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the loudspeakers of a stream stand: what each channel counts in the loudness and to
 * which side it is mixed down. Pure.
 */
#ifndef HS_MEDIA_LAYOUT_H
#define HS_MEDIA_LAYOUT_H

#include "model/audio.h"

#include <libavutil/channel_layout.h>

enum hs_layout {
    HS_LAYOUT_SPEAKERS, /* named, or so few that the order of WAVE files tells */
    HS_LAYOUT_UNNAMED,  /* more channels than that, and not all have a place */
    HS_LAYOUT_FIELD,    /* Ambisonics: no loudspeakers at all */
};

/* Sets the roles of the first HS_MAX_CHANNELS channels. */
enum hs_layout hs_layout_roles(const AVChannelLayout *given, enum hs_channel out[HS_MAX_CHANNELS]);

#endif
