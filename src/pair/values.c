/* SPDX-License-Identifier: Apache-2.0 */
/* The table of what is known of a pair. */
#include "pair/pair.h"

#define KC "Knapp & Carter, IEEE TASSP 24(4), 1976"
#define BP "Bendat & Piersol, Random Data, chapters 6, 7 and 9"
#define LIB "BS.1770-5"

const struct hs_measure hs_pair_measures[] = {
    {"delay_s", "s", HS_NUMBER, 0, 4, HS_IN_JSON, "start of the master in the mix",
     "Master time t is mix time delay_s + t * (1 + drift_ppm * 1e-6).", KC},
    {"drift_ppm", "ppm", HS_NUMBER, 0, 1, HS_IN_JSON, "speed of the master",
     "Positive where the master plays faster than the mix.", KC "; Theil 1950, Sen 1968"},
    {"wow_ms", "ms", HS_NUMBER, 0, 2, HS_IN_JSON, "wander of the speed",
     "Robust deviation from the straight time line; 0 below one frame. Wow of a tape up to "
     "some 2 Hz is followed; flutter, which is faster, averages out.",
     ""},
    {"gain_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "gain",
     "Gated loudness of the master minus that of the mix over what they share.", LIB},
    {"polarity", "", HS_NUMBER, 0, 0, HS_IN_JSON, "polarity",
     "1 or -1; one number per channel where they differ.", ""},
    {"swapped", "", HS_FLAG, 0, 0, HS_IN_JSON, "left and right swapped",
     "Whether left of the mix is right of the master.", ""},
    {"eq_db", "dB", HS_ARRAY, HS_BANDS, 1, HS_IN_JSON, "equalisation of the mid",
     "Master over mix in third octaves with the moving gain evened out, less the median of "
     "200 Hz-2 kHz.",
     BP},
    {"side_eq_db", "dB", HS_ARRAY, HS_BANDS, 1, HS_IN_JSON, "equalisation of the side",
     "As eq_db, with the same number subtracted.", BP},
    {"coherence", "", HS_ARRAY, HS_BANDS, 2, HS_IN_JSON, "coherence",
     "Share of the master's mid that the mix explains, per third octave.", BP},
    {"eq_bound_db", "dB", HS_ARRAY, HS_BANDS, 2, HS_IN_JSON, "bound of eq_db",
     "Two standard errors and what the model cannot follow.", BP},
    {"side_eq_bound_db", "dB", HS_ARRAY, HS_BANDS, 2, HS_IN_JSON, "bound of side_eq_db",
     "As eq_bound_db.", BP},
    {"width_change_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "change of width",
     "Mean of side_eq_db - eq_db over 300 Hz-8 kHz, weighted by the side's energy.", ""},
    {"gain_reduction_db.median", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "gain reduction, median",
     "Per 10 ms over active moments (within 40 dB of the loud ones), against the passages "
     "that are not reduced.",
     ""},
    {"gain_reduction_db.p95", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "gain reduction, 95 %",
     "As the median; exceeded for 5 % of the time.", ""},
    {"gain_reduction_lower_bound", "", HS_FLAG, 0, 0, HS_IN_JSON, "reduction at least",
     "True where even the quiet passages are reduced: the figures are then a lower bound.", ""},
    {"reducer", "", HS_TEXT, 0, 0, HS_IN_JSON, "kind of reduction",
     "compressor, limiter, clipper or none: by whether reduction keeps peaks at a ceiling "
     "and whether small samples beside a peak are turned down too.",
     ""},
    {"threshold_db", "dBFS", HS_NUMBER, 0, 1, HS_IN_JSON, "threshold",
     "Level of the master above which its gain falls: power of both channels, over the time "
     "that explains the gain best; for a limiter or clipper its ceiling.",
     "Giannoulis, Massberg & Reiss, JAES 60(6), 2012"},
    {"ratio", "", HS_NUMBER, 0, 1, HS_IN_JSON, "ratio",
     "Slope of a compressor's static curve above the threshold, dB in per dB out; absent "
     "for limiters and clippers, which follow peaks.",
     "Giannoulis, Massberg & Reiss, JAES 60(6), 2012"},
    {"residual_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "residual",
     "What gain, equalisation and gain reduction do not explain, relative to the master.", ""},
    {"residual_peaks_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "residual at reduced moments",
     "As residual_db, where the gain is reduced by more than 1 dB.", ""},
    {"residual_high_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "residual above 8 kHz",
     "Incoherent part of the master's mid above 8 kHz, relative to the master's mid there.", BP},
    {"tail_change_db", "dB", HS_NUMBER, 0, 2, HS_IN_JSON, "change of tails",
     "Level of what is left of sounds (6 to 30 dB below what sounded within 300 ms before) against "
     "their attacks, master over mix: reverberation brought in, or cut off. What the moving "
     "gain does is taken off.",
     "own method"},
    {"ducking_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "dip at low hits",
     "How far the gain dips when the low end jumps up, and comes back within 260 ms: the middle "
     "one of all low hits; pumping that mastering brought in.",
     "own method"},
    {"balance_change_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "change of balance",
     "Gain of the left minus gain of the right channel, 200 Hz-4 kHz.", ""},
    {"plr_change_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "change of peak to loudness", "", ""},
    {"psr_change_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "change of peak to short-term",
     "Of psr_p10_db.", ""},
    {"lra_change_lu", "LU", HS_NUMBER, 0, 1, HS_IN_JSON, "change of loudness range", "", ""},
    {"clipped_change_ppm", "ppm", HS_NUMBER, 0, 1, HS_IN_JSON, "added clipping",
     "clipped_ppm of the master minus that of the mix.", ""},
    {"dc_change", "", HS_NUMBER, 0, 5, HS_IN_JSON, "change of DC offset", "", ""},
    {"noise_change_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "change of noise",
     "noise_floor_db of the master minus that of the mix: both relative to the programme.", ""},
    {"hum_change_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "change of hum",
     "hum_db of the master minus that of the mix: both relative to the programme.", ""},
    {"channel_delay_change_ms", "ms", HS_NUMBER, 0, 2, HS_IN_JSON, "change of channel delay",
     "channel_delay_ms of the master minus that of the mix; positive where the left channel "
     "came later.",
     KC},
    {"trim_start_s", "s", HS_NUMBER, 0, 2, HS_IN_JSON, "cut from the start",
     "Of the mix; negative where the master has more.", ""},
    {"trim_end_s", "s", HS_NUMBER, 0, 2, HS_IN_JSON, "cut from the end",
     "Of the mix; negative where the master has more.", ""},
    {"fade_in_s", "s", HS_NUMBER, 0, 2, HS_IN_JSON, "fade-in by mastering",
     "Time over which the gain rises at the start; 0 where it does not.", ""},
    {"fade_out_s", "s", HS_NUMBER, 0, 2, HS_IN_JSON, "fade-out by mastering",
     "Time over which the gain falls at the end; 0 where it does not.", ""},
    {"shared_from_s", "s", HS_NUMBER, 0, 2, HS_IN_JSON, "shared from", "In master time.", ""},
    {"shared_to_s", "s", HS_NUMBER, 0, 2, HS_IN_JSON, "shared to", "In master time.", ""},
    {"mix_from_s", "s", HS_NUMBER, 0, 4, HS_IN_JSON, "shared from, in the mix",
     "Mix time at shared_from_s, with the wander of a tape.", ""},
    {"mix_to_s", "s", HS_NUMBER, 0, 4, HS_IN_JSON, "shared to, in the mix",
     "Mix time at shared_to_s, with the wander of a tape.", ""},
    {"gain_reduction_series", "dB", HS_SERIES, 0, 1, HS_IN_STORE, "gain reduction",
     "Every 10 ms of the master; absent where nothing sounds.", ""},
    {"mix_bands", "dB", HS_ARRAY, HS_BANDS, 1, HS_IN_STORE, "mid of the mix",
     "Power per third octave of what is shared.", ""},
};
const size_t hs_n_pair_measures = sizeof hs_pair_measures / sizeof *hs_pair_measures;
