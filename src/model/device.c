/* SPDX-License-Identifier: Apache-2.0 */
/* Names of dynamics processors, what kind each is, and whether it acts by a curve (sample by
 * sample) or by a gain that changes over time. */
#include "model/device.h"

#include <string.h>

static const struct {
    const char *name;
    enum hs_processor processor;
    bool is_curve;
} devices[] = {
    [HS_DEVICE_COMPRESSOR] = {"compressor", HS_PROCESSOR_COMPRESSOR, false},
    [HS_DEVICE_LIMITER] = {"limiter", HS_PROCESSOR_LIMITER, false},
    [HS_DEVICE_CLIPPER] = {"clipper", HS_PROCESSOR_CLIPPER, true},
    [HS_DEVICE_SATURATION] = {"saturation", HS_PROCESSOR_CLIPPER, true},
    [HS_DEVICE_MULTIBAND] = {"multiband", HS_PROCESSOR_MULTIBAND, false},
};

bool hs_device_is_curve(enum hs_device kind)
{
    return devices[kind].is_curve;
}

const char *hs_device_name(enum hs_device kind)
{
    return devices[kind].name;
}

enum hs_processor hs_device_processor(enum hs_device kind)
{
    return devices[kind].processor;
}

static const char *const processors[] = {"none", "compressor", "limiter", "clipper", "multiband"};

const char *hs_processor_name(enum hs_processor kind)
{
    return processors[kind];
}

/* An unknown name is none. */
enum hs_processor hs_processor_find(const char *name)
{
    size_t i = sizeof processors / sizeof *processors - 1;
    while (name && i && strcmp(processors[i], name))
        i--;
    return name ? (enum hs_processor)i : HS_PROCESSOR_NONE;
}
