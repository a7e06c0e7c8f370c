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
static const double told_q = .10;

bool hs_usual_is_told(const struct hs_usual *u)
{
    return u->q < told_q && fabs(u->median) >= hs_usual_told_db && !u->differs;
}

bool hs_usual_is_told_here(const struct hs_usual *u)
{
    bool shown = u->q_here < told_q && fabs(u->median) >= hs_usual_told_db && !u->differs;
    return shown && !hs_usual_is_told(u);
}

bool hs_zone_change_is_shown(const struct hs_zone_change *c)
{
    return c->q < told_q && fabs(c->change) >= hs_usual_told_db;
}

const char *hs_zone_change_name(size_t which)
{
    return which < HS_ZONES ? hs_zones[which].name : "width";
}

bool hs_usual_move_same(const struct hs_usual_move *a, const struct hs_usual_move *b)
{
    return a->part == b->part && a->by.n == b->by.n && !(a->by.median < b->by.median) &&
           !(a->by.median > b->by.median) && a->usual[0] - b->usual[0] == 0 &&
           a->usual[1] - b->usual[1] == 0;
}

const char *hs_moved_part_name(enum hs_moved_part part)
{
    static const char *const names[] = {NULL,     "sub",   "bass",  "low middle", "presence",
                                        "treble", "peaks", "width", "balance",    "decays"};
    return names[part];
}
