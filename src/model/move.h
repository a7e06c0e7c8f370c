/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The moves that a correction can be made of. A move is named by the rule that asks for it, and
 * told from others by what it does to the sound, never by its name: a rule may bring a move of
 * its own, and a plan may name one that nobody knows. Constant data and pure functions.
 */
#ifndef HS_MODEL_MOVE_H
#define HS_MODEL_MOVE_H

#include <stdbool.h>

/* What a move does to the samples, where one filter or gain says it all. */
enum hs_move_shape {
    HS_SHAPE_NONE, /* done by hand, or with another copy: cannot be shown */
    HS_SHAPE_BELL,
    HS_SHAPE_LOW_SHELF,
    HS_SHAPE_HIGH_SHELF,
    HS_SHAPE_HIGH_PASS,
    HS_SHAPE_GAIN,
    HS_SHAPE_WIDTH, /* gain of the side */
    HS_SHAPE_POLARITY,
    HS_SHAPE_TILT, /* straight over octaves, dB from 100 Hz to 10 kHz around 1 kHz; level beyond */
};

struct hs_move {
    const char *name; /* "high shelf" */
    enum hs_move_shape shape;
    bool of_the_file; /* mends the same master: no new mix, no new mastering */
};

extern const struct hs_move hs_move_bell, hs_move_low_shelf, hs_move_high_shelf, hs_move_high_pass,
    hs_move_gain, hs_move_width, hs_move_polarity;
extern const struct hs_move hs_move_tilt, hs_move_de_ess, hs_move_fader, hs_move_delay,
    hs_move_notches, hs_move_noise_reduction, hs_move_another_copy, hs_move_level_automation;
extern const struct hs_move hs_move_less_limiting, hs_move_less_compression, hs_move_less_clipping,
    hs_move_less_reverb, hs_move_more_reverb;

/* Gain in dB at `hz` of an equaliser of `db` at `centre_hz`: analogue second-order sections, or the
 * line of a tilt; NaN for a shape that is no bell, shelf or tilt, and for numbers that are not
 * there. */
double hs_move_eq_db(enum hs_move_shape shape, double centre_hz, double db, double q, double hz);

#endif
