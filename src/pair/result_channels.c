/* SPDX-License-Identifier: Apache-2.0 */
/* Which channel became which. */
#include "pair/result_channels.h"

#include "pair/crossed.h"

/* Turned over is what all below 2 kHz says, and no crossover's treble alone. */
static void put_polarity(const struct hs_found *f, double sign, struct hs_values *v)
{
    const double least_straight = 0.75;
    if (sign < 0 && f->models->straight < least_straight)
        hs_values_absent(v, "polarity",
                         "phases are turned as by a crossover: neither sign is that "
                         "of the whole");
    else
        hs_values_number(v, "polarity", sign);
}

/* Polarity and swap, from what became of middle and side. */
void hs_result_channels(const struct hs_found *f, struct hs_values *v)
{
    const struct hs_basis *b = &f->fine->basis;
    /* mid' = s0 part, side' = s1 part: left' = mid' + side', right' = mid' - side'. Of
     * left and right of the mix: straight parts give (s0 +- s1) / 2 each way. */
    bool cross = b->from[0] == 1;
    if (!b->side_known && !cross) {
        put_polarity(f, b->sign[0] > 0 ? 1 : -1, v);
        hs_values_absent(v, "swapped", "left and right are nearly the same");
        return;
    }
    double s0 = (double)b->sign[0], s1 = (double)b->sign[1];
    bool swapped = cross ? s0 * s1 < 0 : s0 != s1;
    /* the signs of a side that is hardly there may be those of a crossover's phases */
    const int crossed = hs_crossed(&f->pass->transfer);
    swapped = crossed > 0 ? !swapped : swapped;
    double left, right; /* sign of what became the master's left and right */
    if (cross) {
        /* mid' = s0 side, side' = s1 mid: left' = s1 mid + s0 side. */
        left = s1;
        right = -s1;
    } else {
        left = right = s0;
    }
    if (b->side_known && crossed)
        hs_values_flag(v, "swapped", swapped);
    else if (b->side_known)
        hs_values_absent(v, "swapped", "neither order of left and right explains clearly more");
    else
        hs_values_absent(v, "swapped", "left and right are nearly the same");
    if (left == right)
        put_polarity(f, left, v);
    else
        hs_values_array(v, "polarity", (double[]){left, right}, 2);
}
