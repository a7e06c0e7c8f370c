/* SPDX-License-Identifier: Apache-2.0 */
/* The moves that corrections are made of, and the response of those that are equalisers. */
#include "model/move.h"

#include <complex.h>
#include <math.h>

const struct hs_move hs_move_bell = {"bell", HS_SHAPE_BELL, false};
const struct hs_move hs_move_low_shelf = {"low shelf", HS_SHAPE_LOW_SHELF, false};
const struct hs_move hs_move_high_shelf = {"high shelf", HS_SHAPE_HIGH_SHELF, false};
const struct hs_move hs_move_high_pass = {"high-pass", HS_SHAPE_HIGH_PASS, false};
const struct hs_move hs_move_gain = {"gain", HS_SHAPE_GAIN, false};
const struct hs_move hs_move_width = {"width", HS_SHAPE_WIDTH, false};
const struct hs_move hs_move_polarity = {"polarity", HS_SHAPE_POLARITY, true};

const struct hs_move hs_move_tilt = {"tilt", HS_SHAPE_TILT, false};
const struct hs_move hs_move_de_ess = {"de-ess", HS_SHAPE_NONE, false};
const struct hs_move hs_move_fader = {"fader", HS_SHAPE_NONE, false};
const struct hs_move hs_move_delay = {"delay", HS_SHAPE_NONE, false};
const struct hs_move hs_move_notches = {"notches", HS_SHAPE_NONE, false};
const struct hs_move hs_move_noise_reduction = {"noise reduction", HS_SHAPE_NONE, false};
const struct hs_move hs_move_another_copy = {"another copy", HS_SHAPE_NONE, true};
const struct hs_move hs_move_level_automation = {"level automation", HS_SHAPE_NONE, false};

const struct hs_move hs_move_less_limiting = {"less limiting", HS_SHAPE_NONE, false};
const struct hs_move hs_move_less_compression = {"less compression", HS_SHAPE_NONE, false};
const struct hs_move hs_move_less_clipping = {"less clipping", HS_SHAPE_NONE, false};
const struct hs_move hs_move_less_reverb = {"less reverb", HS_SHAPE_NONE, false};
const struct hs_move hs_move_more_reverb = {"more reverb", HS_SHAPE_NONE, false};

/* Analogue prototypes of the usual equaliser (Bristow-Johnson, Audio EQ cookbook). */
double hs_move_eq_db(enum hs_move_shape shape, double centre_hz, double db, double q, double hz)
{
    double a = pow(10, db / 40), width = sqrt(a) / (q > 0 ? q : .7), narrow = q > 0 ? q : 1;
    double complex s = I * hz / centre_hz, s2 = s * s, h;
    if (!isfinite(db) || !(centre_hz > 0))
        return NAN;
    if (shape == HS_SHAPE_TILT)
        return db * fmin(0.5, fmax(-0.5, log10(hz / centre_hz) / 2));
    if (shape == HS_SHAPE_BELL)
        h = (s2 + s * (a / narrow) + 1) / (s2 + s / (a * narrow) + 1);
    else if (shape == HS_SHAPE_HIGH_SHELF)
        h = a * (a * s2 + width * s + 1) / (s2 + width * s + a);
    else if (shape == HS_SHAPE_LOW_SHELF)
        h = a * (s2 + width * s + a) / (a * s2 + width * s + 1);
    else
        return NAN;
    return 20 * log10(cabs(h));
}
