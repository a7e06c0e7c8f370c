/* SPDX-License-Identifier: Apache-2.0 */
#include "model/device.h"

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

const char *hs_processor_name(enum hs_processor kind)
{
    static const char *const names[] = {"none", "compressor", "limiter", "clipper", "multiband"};
    return names[kind];
}
