/* SPDX-License-Identifier: Apache-2.0 */
/* The noise of a car's cabin and of a quiet room, and how loud people set the music. Pure. */
#ifndef HS_SURVIVAL_CABIN_H
#define HS_SURVIVAL_CABIN_H

#include <stddef.h>

#define HS_CABIN_SHELF_DB 6.0 /* what car audio adds up to 100 Hz */

/* dB SPL in a third octave at a speed in km/h. */
double hs_cabin_noise_db(size_t band, double speed);
/* dB SPL in a third octave of a quiet room: noise rating 20 (ISO/R 1996:1971), 30 dB(A). */
double hs_room_noise_db(size_t band);
/* dB(A) to which people set the music: 11 over the noise, 68 at least. */
double hs_cabin_listening_db(double speed);
/* IEC 61672-1, annex E. */
double hs_a_weight_db(double hz);

#endif
