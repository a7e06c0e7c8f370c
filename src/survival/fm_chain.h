/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every FM station does to the sound, without its compressor: 30 Hz high-pass (Butterworth,
 * second order), 15 kHz low-pass, phase rotator (four all-passes of first order at 200 Hz),
 * pre-emphasis, a clipper at full deviation; and the de-emphasis of the receiver. Both channels
 * go through one complex transform as its real and imaginary part. Results in dB. Pure; an object
 * belongs to one thread.
 */
#ifndef HS_SURVIVAL_FM_CHAIN_H
#define HS_SURVIVAL_FM_CHAIN_H

#include <stddef.h>

enum { HS_FM_STATIONS = 2 };
/* What stations drive into the clipper, in LUFS of full deviation: a loud one, and one within the
 * multiplex power of ITU-R BS.412. */
extern const double hs_fm_station_lufs[HS_FM_STATIONS];
#define HS_FM_CLEAN_DB 80.0 /* what is said where nothing is clipped */

struct hs_fm_result {      /* NaN: nothing to compare */
    double regrowth_db[2]; /* with pre-emphasis of 50 and 75 us */
    double hf_drive_db[2]; /* how much of it the pre-emphasis is */
    double sdr_db[HS_FM_STATIONS], hf_sdr_db[HS_FM_STATIONS]; /* 50 us */
    double side_noise_db;
};

struct hs_fm_chain;

struct hs_fm_chain *hs_fm_chain_new(int rate_hz, size_t most_frames);
void hs_fm_chain_free(struct hs_fm_chain *f);
/* A part of at most `most_frames`. */
void hs_fm_chain_run(struct hs_fm_chain *f, const float *left, const float *right, size_t n,
                     struct hs_fm_result *out);

/* What a receiver plays of that part: through the station at that many LUFS of full deviation,
 * its clipper and the de-emphasis. As loud as it came, but for what the clipper takes. */
void hs_fm_chain_receive(struct hs_fm_chain *f, const float *left, const float *right, size_t n,
                         double station_lufs, float *const out[2]);

#endif
