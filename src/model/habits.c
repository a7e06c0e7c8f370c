/* SPDX-License-Identifier: Apache-2.0 */
/* The zones of the spectrum, and when a habit is put in words. */
#include "model/habits.h"

#include <math.h>

const struct hs_zone hs_zones[HS_ZONES] = {
    {"sub", "20 to 40 Hz", 0, 3, HS_PART_SUB},
    {"bass", "50 to 125 Hz", 4, 8, HS_PART_BASS},
    {"low middle", "160 to 400 Hz", 9, 13, HS_PART_LOW_MIDDLE},
    {"middle", "500 Hz to 1.6 kHz", 14, 19, HS_PART_NONE},
    {"presence", "2 to 5 kHz", 20, 24, HS_PART_PRESENCE},
    {"treble", "6 to 16 kHz", 25, 29, HS_PART_TREBLE},
};

/* A habit of tone is shown from half a decibel on, with q below 0.10, where one hand has it. */
const double hs_usual_told_db = .5;

bool hs_usual_is_told(const struct hs_usual *u)
{
    const double told_q = .10;
    return u->q < told_q && fabs(u->median) >= hs_usual_told_db && !u->differs;
}
