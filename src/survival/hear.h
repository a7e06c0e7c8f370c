/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The models made to be listened to: what comes out of a phone, a station's receiver, a codec, and
 * in a car with its noise. Pure but for encoders; two channels, any of 8 to 192 kHz.
 */
#ifndef HS_SURVIVAL_HEAR_H
#define HS_SURVIVAL_HEAR_H

#include "core/error.h"
#include "model/values.h"

#include <stdbool.h>
#include <stddef.h>

enum hs_hearing {
    HS_HEAR_PHONE,
    HS_HEAR_STATION, /* a loud one: -10 LUFS of full deviation */
    HS_HEAR_CODEC,   /* Opus 128 */
    HS_HEAR_CAR,     /* at 100 km/h */
    HS_HEAR_LOSS,    /* what that codec changes: its output minus the music */
    HS_N_HEARINGS,
};

/* What of it can be heard of a file, where these destinations are asked for: by what could be
 * measured of it. Returns how many, in `out`. */
size_t hs_hearings_of(const struct hs_values *v, unsigned destinations,
                      enum hs_hearing out[HS_N_HEARINGS]);
/* Whether any of them can be heard. */
bool hs_hearing_asked(unsigned destinations);
const char *hs_hearing_label(enum hs_hearing h); /* "on a phone" */
/* Is it heard at the loudness of the others? Not noise, and not a difference. */
bool hs_hearing_is_matched(enum hs_hearing h);

/* `song_lufs`: how loud the song lies as a whole in what is given; the car is set by it. */
enum hs_status hs_hear(enum hs_hearing h, int rate_hz, const float *const in[2], size_t n,
                       double song_lufs, float *const out[2], struct hs_error *err);

#endif
