/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/speed.h"

#include <math.h>
#include <stddef.h>

/* Clocks agree within 100 ppm; record players within some parts in a thousand (DIN 45500: 1.5 %).
 */
static const struct {
    double ratio, near;
    const char *name;
} played[] = {
    {48 / 44.1, 1e-4, "44.1 kHz played as 48 kHz"},
    {44.1 / 48, 1e-4, "48 kHz played as 44.1 kHz"},
    {48.0 / 32, 1e-4, "32 kHz played as 48 kHz"},
    {32 / 48.0, 1e-4, "48 kHz played as 32 kHz"},
    {44.1 / 32, 1e-4, "32 kHz played as 44.1 kHz"},
    {32 / 44.1, 1e-4, "44.1 kHz played as 32 kHz"},
    {2, 1e-4, "played at twice its sample rate"},
    {0.5, 1e-4, "played at half its sample rate"},
    {25 / 24.0, 1e-4, "24 pictures a second played as 25"},
    {24 / 25.0, 1e-4, "25 pictures a second played as 24"},
    {45 / (100 / 3.0), 1e-2, "33 1/3 rpm played as 45"},
    {100 / 3.0 / 45, 1e-2, "45 rpm played as 33 1/3"},
};

const char *hs_speed_cause(double ratio)
{
    for (size_t i = 0; i < sizeof played / sizeof *played; i++)
        if (fabs(ratio / played[i].ratio - 1) < played[i].near)
            return played[i].name;
    return NULL;
}
