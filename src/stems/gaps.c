/* SPDX-License-Identifier: Apache-2.0 */
/* The longest stretch of windows in which the stems leave more than half of a zone of one channel
 * unexplained. */
#include "stems/gaps.h"

#include <math.h>

enum { CELLS = HS_STEM_CELLS, BANDS = HS_STEM_BANDS };

/* The longest stretch in which more than half of a zone of one side is not explained. */
struct gap {
    int zone, channel;
    size_t from, n;
    double power;
};

/* Whether the stems leave more than half of the zone, and 2 % of the whole, in this window. Adds
 * what is left to *power. */
static bool unexplained(const struct hs_stem_side_fit *s, size_t w, int zone, int channel,
                        double *power)
{
    double all = 0, left = 0, whole = 0;
    for (int b = hs_stem_zone_bands[zone]; b < hs_stem_zone_bands[zone + 1]; b++) {
        size_t cell = (size_t)(channel * BANDS + b);
        all += s->sums[w].power[cell];
        left += s->left[w * CELLS + cell];
    }
    for (size_t c = 0; c < CELLS; c++)
        whole += s->sums[w].power[c];
    *power += left;
    return left > 0.5 * all && left > 0.02 * whole && whole > 0;
}

/* The longest passage that no stem explains; NULL: none of two windows or more. */
const char *hs_stem_missing(const struct hs_stem_fitting *f, size_t file, struct hs_arena *arena)
{
    static const char *const zones[HS_STEM_ZONES] = {"20-120 Hz", "120-500 Hz", "500 Hz-2 kHz",
                                                     "2-8 kHz", "8-16 kHz"};
    const struct hs_stem_side_fit *s = &f->side[file];
    struct gap most = {0};
    for (int zone = 0; zone < HS_STEM_ZONES; zone++)
        for (int channel = 0; channel < 2; channel++) {
            struct gap g = {.zone = zone, .channel = channel};
            for (size_t w = 0; w < f->n_windows; w++) {
                if (!unexplained(s, w, zone, channel, &g.power)) {
                    g = (struct gap){.zone = zone, .channel = channel, .from = w + 1};
                    continue;
                }
                g.n++;
                if (g.n > most.n || (g.n == most.n && g.power > most.power))
                    most = g;
            }
        }
    if (most.n < 2)
        return NULL;
    const double window_s = f->frame_s * (double)f->window_frames;
    long from = lround((double)most.from * window_s);
    long to = lround((double)(most.from + most.n) * window_s);
    return hs_arena_printf(arena, "No stem explains %s on the %s side from %ld:%02ld to %ld:%02ld.",
                           zones[most.zone], most.channel ? "right" : "left", from / 60, from % 60,
                           to / 60, to % 60);
}
