/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of the measures of a pair: key, unit, shape and definition of each. pair/result.c
 * fills them. Beside these keys there are some that stand only where there is something to tell:
 * `curve`, pairs of heights in and out; `clicks`, times of the first (s), with `clicks_n`, how many
 * in all (at least, where `clicks_at_least`: there were no looks between the pieces), and
 * `clicks_db`, the highest (dBFS); `foreign`, places where something else sounds, of each from, to
 * (s) and dB relative to the master; `rest_residual_db`, as residual_db without these, repeats and
 * drops of a channel; `skips`, bits that are heard again, of each from, to (s), where the bit
 * begins in the mix, its length (s) and how often it is heard; `lost`, short bits that are left
 * out, of each where in master and mix (s) and its length; `breaks`, up to 0.2 s that are not the
 * mix, of each from, to (s), dB relative to the master around, and 1 where it is silent; `drops`,
 * places that dropped out, of each from, to (s), dB and channel (0 left, 1 right, -1 both);
 * `swing_hz` and `swing_db`, a gain that swings at one rate, from 5 to 95 % of the moments;
 * `panned_db`, how far left moves against right (pair/panned.h, pair/pan_gains.h); `turned_hz` and
 * `turned_ms`, the third octave that turned phases make the latest, and by how much after the
 * earliest (pair/smeared.h); `added_tones_hz` and `added_tones_db`, steady lines that the mix does
 * not have, relative to the master; `added_noise_db`, steady noise that it does not have, as
 * pair/added_noise.h; `channel_tone_db`, what left was given more than right over an octave,
 * `channel_tone_hz`, where, `channel_gain_db`, what it was turned up beside that, and
 * `channel_tone_each_db`, what left and right were given of it, both absent where no half of the
 * spectrum agrees on a gain (pair/channel_tone.h); `late_channel`, parts of the song in which one
 * channel comes late, of each from, to (s) and ms, positive where it is the left one; of each, or
 * of the whole song, `channels_moved_ms`, what left and right come later than in the mix, and
 * `mix_channel_delay_ms`, what left of the mix itself comes later than its right (pair/late_parts.h
 * reads all of them); `copied_channel`, the one that was replaced by the other; `gain_part`, middle
 * or sides where a gain device is on these alone; `curve_channel`, the one that `curve` is of where
 * it is of one alone; `encoded.by`, the name of an encoder; `other_sound_hz`, from and to, and
 * `other_sound_in` (1 the master, -1 the mix, 0 not known): a voice or an instrument that does not
 * stand alike in both.
 */
#include "pair/values.h"

#define KC "Knapp & Carter, IEEE TASSP 24(4), 1976"
#define BP "Bendat & Piersol, Random Data, chapters 6, 7 and 9"
#define LIB "BS.1770-5"

const struct hs_measure hs_pair_measures[] = {
    {"delay_s", "s", HS_NUMBER, 0, 4, HS_IN_JSON, "start of the master in the mix",
     "Master time t is mix time delay_s + t * (1 + drift_ppm * 1e-6).", KC},
    {"drift_ppm", "ppm", HS_NUMBER, 0, 1, HS_IN_JSON, "speed of the master",
     "Positive where the master plays faster than the mix.", KC "; Theil 1950, Sen 1968"},
    {"wow_ms", "ms", HS_NUMBER, 0, 2, HS_IN_JSON, "wow",
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
    {"reducer", "", HS_TEXT, 0, 0, HS_IN_JSON, "dynamics processor",
     "Last device of the chain that is proven: none, compressor, limiter, clipper (saturation "
     "too) or multiband. A device is proven by the residual that it removes.",
     "own method, docs/pair-method.md"},
    {"hidden_compressor", "", HS_FLAG, 0, 0, HS_IN_JSON, "compressor not ruled out",
     "True where a limiter is at the ceiling in all loud moments: a compressor before it would "
     "not show.",
     "own method, docs/pair-method.md"},
    {"reduction_bands_db", "dB", HS_ARRAY, 5, 1, HS_IN_JSON, "reduction by band, 95 %",
     "Of a multiband processor: 86-172, 172-650, 650-2500, 2500-8000, 8000-16000 Hz.",
     "own method, docs/pair-method.md"},
    {"encoded.bandwidth_hz", "Hz", HS_NUMBER, 0, 0, HS_IN_STORE, "encoded: coherent up to",
     "Highest 250 Hz of the master that are coherent with the mix, where noise follows the music "
     "as that of an encoder does.",
     "own method, docs/pair-method.md"},
    {"encoded.noise_db", "dB", HS_NUMBER, 0, 1, HS_IN_STORE, "encoded: noise",
     "Relative to the master.", "own method, docs/pair-method.md"},
    {"slow_range_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "range of slow gain",
     "1 to 99 % of the gain over 1.5 s that follows no level: fades and rides.",
     "own method, docs/pair-method.md"},
    {"level_slope", "dB per dB", HS_NUMBER, 0, 2, HS_IN_JSON, "gain for each dB of level",
     "Where no device is named and the gain follows the level: positive where quiet passages were "
     "turned down (an expander or gate), negative where they were turned up.",
     "own method, docs/pair-method.md"},
    {"silenced_s", "s", HS_NUMBER, 0, 2, HS_IN_JSON, "silent where the mix sounds",
     "Time in which the master is digital silence while the mix sounds within 30 dB of its loud "
     "moments, between places where both sound; a fade is none.",
     "own method, docs/pair-method.md"},
    {"ceiling_hits", "", HS_NUMBER, 0, 2, HS_IN_JSON, "deep moments at the ceiling",
     "Share of the moments where the gain dips deep whose peak is at the master's ceiling.",
     "own method, docs/pair-method.md"},
    {"level_r2", "", HS_NUMBER, 0, 2, HS_IN_JSON, "gain that follows level",
     "Share of the fast variance of the gain that the best level model explains.",
     "own method, docs/pair-method.md"},
    {"knee_db", "dB", HS_NUMBER, 0, 2, HS_IN_JSON, "knee of the curve",
     "Gain where the output is 0.7 of the ceiling, less that of small samples.",
     "own method, docs/pair-method.md"},
    {"distortion_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "distortion of the curve",
     "Power of what no gain explains in the mean of the master at each height of the mix, relative "
     "to the master: of a clipper or saturation alone. Encoders hardly change it.",
     "own method, docs/pair-method.md"},
    {"cut_ppm", "ppm", HS_NUMBER, 0, 0, HS_IN_JSON, "samples that the curve cut",
     "Samples above the knee of the hard clipper that fits that mean best, per million.",
     "own method, docs/pair-method.md"},
    {"curve_drop_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "removed by the curve at the top",
     "Of the residual where peaks pass the ceiling.", "own method, docs/pair-method.md"},
    {"band_drop_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "removed by a gain per band",
     "Residual with one gain less that with a gain per band.", "own method, docs/pair-method.md"},
    {"calm_p90_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "reduction at calm moments",
     "90 % of the reduction where the mix stays below the ceiling.",
     "own method, docs/pair-method.md"},
    {"model_residuals_db", "dB", HS_ARRAY, 6, 1, HS_IN_JSON, "residuals of the models",
     "Filter; with gain; with curve; with both; the filter behind the gain; behind both.",
     "own method, docs/pair-method.md"},
    {"threshold_db", "dBFS", HS_NUMBER, 0, 1, HS_IN_JSON, "threshold",
     "Level of the master above which its gain falls: power of both channels, over the time "
     "that explains the gain best; for a limiter or clipper its ceiling.",
     "Giannoulis, Massberg & Reiss, JAES 60(6), 2012"},
    {"ratio", "", HS_NUMBER, 0, 1, HS_IN_JSON, "ratio",
     "Slope of a compressor's static curve above the threshold, dB in per dB out; absent "
     "for limiters and clippers, which follow peaks.",
     "Giannoulis, Massberg & Reiss, JAES 60(6), 2012"},
    {"residual_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "residual",
     "What the best model (equalisation, gain, curve) does not explain, relative to the master.",
     ""},
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
     "Lag between what became of left and what became of right, up to half a second; positive "
     "where "
     "the left channel comes later than in the mix, all through.",
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
    {"residual_series", "dB", HS_SERIES, 0, 1, HS_IN_STORE, "residual by seconds",
     "Of each second of the master, relative to its mean power; by it candidates are told apart.",
     ""},
    {"mix_bands", "dB", HS_ARRAY, HS_BANDS, 1, HS_IN_STORE, "mid of the mix",
     "Power per third octave of what is shared.", ""},
};
const size_t hs_n_pair_measures = sizeof hs_pair_measures / sizeof *hs_pair_measures;
