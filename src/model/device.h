/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Devices of mastering that a pair of mix and master can prove, with their names. Plain data and
 * constant tables. Reductions are positive dB.
 */
#ifndef HS_MODEL_DEVICE_H
#define HS_MODEL_DEVICE_H

#include <stdbool.h>
#include <stddef.h>

enum hs_device {
    HS_DEVICE_COMPRESSOR,
    HS_DEVICE_LIMITER,
    HS_DEVICE_CLIPPER,
    HS_DEVICE_SATURATION,
    HS_DEVICE_MULTIBAND,
};
/* Of the last device of a chain: what holds the master's level. */
enum hs_processor {
    HS_PROCESSOR_NONE,
    HS_PROCESSOR_COMPRESSOR,
    HS_PROCESSOR_LIMITER,
    HS_PROCESSOR_CLIPPER, /* saturation too */
    HS_PROCESSOR_MULTIBAND,
};
enum { HS_CHAIN_MOST = 4 };

struct hs_device_use {
    enum hs_device kind;
    double db; /* reduction exceeded for 5 % of the time; of a curve its gain above the ceiling */
};

/* Whether a device is a memoryless curve: its dB is `top_db`. */
bool hs_device_is_curve(enum hs_device kind);
const char *hs_device_name(enum hs_device kind);
enum hs_processor hs_device_processor(enum hs_device kind);
const char *hs_processor_name(enum hs_processor kind);
/* By its name, NULL and unknown ones: NONE. */
enum hs_processor hs_processor_find(const char *name);

#endif
