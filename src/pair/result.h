/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From what was found to named values with their bounds, and to the lists of a pair. Pure; nothing
 * fails: a value that cannot be had is absent with a reason.
 */
#ifndef HS_PAIR_RESULT_H
#define HS_PAIR_RESULT_H

#include "model/audit.h"
#include "pair/added_tone.h"
#include "pair/channel_tone.h"
#include "pair/devices.h"
#include "pair/encoder.h"
#include "pair/fine.h"
#include "pair/other_sound.h"
#include "pair/pass.h"
#include "pair/skips.h"
#include "pair/smeared.h"
#include "pair/timeline.h"

struct hs_found {
    const struct hs_file *mix, *master;
    const struct hs_fine *fine;
    const struct hs_timeline *line;
    const struct hs_late *late; /* taken back in all that was compared */
    const struct hs_pass *pass;
    const struct hs_models *models;
    const struct hs_reduction *reduction;
    const struct hs_devices *devices;
    const struct hs_encoder *encoder;
    const struct hs_added_tone *added;
    double added_noise_db;                      /* NaN: none */
    const struct hs_channel_tone *channel_tone; /* NULL: none */
    const struct hs_other_sound *other;
    const struct hs_drop *channel_drop; /* of one channel */
    size_t n_channel_drops;
    const struct hs_foreign *foreign;
    const struct hs_skip *skip;
    size_t n_skips;
    const struct hs_lost_bit *lost;
    size_t n_lost;
    const struct hs_smeared *turned;
    bool skimmed;                                       /* pieces alone were looked at */
    const struct hs_values *shared_mix, *shared_master; /* measures of what both share */
    double skimmed_gain_db;                             /* loudness by windows of 3 s, or NaN */
    double residual_db;                                 /* of the best model */
    bool middle; /* the middles alone were compared: the mix is mono */
};

/* Writes every measure of pair/values.h into v, which the caller has initialised. */
void hs_result_values(const struct hs_found *f, struct hs_values *v);
/* Median coherence of the mid over 200 Hz-4 kHz, NaN where there is none. */
double hs_result_coherence(const struct hs_values *v);

#endif
