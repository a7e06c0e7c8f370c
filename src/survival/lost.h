/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The passages of a file that disappear in a car, as an_car.c says. Pure.
 */
#ifndef HS_SURVIVAL_LOST_H
#define HS_SURVIVAL_LOST_H

#include "model/values.h"

#include <stddef.h>

enum { HS_LOST_PASSAGES = 3 };
struct hs_lost_passage {
    double from_s, to_s;
};

/* Of a file at 50 or 100 km/h, the longest first; returns how many. */
size_t hs_lost_passages(const struct hs_values *v, int kmh,
                        struct hs_lost_passage out[HS_LOST_PASSAGES]);

#endif
