/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is kept of a file so that another one can be found in it: the level of four
 * bands, 50 times a second, in steps of 1.5 dB. One character per band, so 200 bytes a
 * second. Levels are sums over both channels: blind to polarity and to swapped channels.
 */
#ifndef HS_MEASURE_FINGERPRINT_H
#define HS_MEASURE_FINGERPRINT_H

#include <stddef.h>

enum { HS_FINGERPRINT_BANDS = 4, HS_FINGERPRINT_HZ = 50 };
#define HS_FINGERPRINT_KEY "fingerprint"
#define HS_FINGERPRINT_STEP_DB 1.5

/* Frames in a text; 0 where it is not a fingerprint. */
size_t hs_fingerprint_frames(const char *text);
/* Level of a frame and band in dB re full scale, -94.5 at the bottom. */
double hs_fingerprint_db(const char *text, size_t frame, size_t band);

#endif
