/* SPDX-License-Identifier: Apache-2.0 */
/* The longest stretch of windows in which the stems leave more than half of a zone of one channel
 * unexplained; where there is none and much is left all the same, the zone that holds most of that.
 */
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

static const char *const zone_words[HS_STEM_ZONES] = {"20-120 Hz", "120-500 Hz", "500 Hz-2 kHz",
                                                      "2-8 kHz", "8-16 kHz"};

/* The longest passage of two windows and more that no stem explains. */
static struct gap longest(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s)
{
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
    return most;
}

/* What the stems leave of a zone on both sides in a window, and all of it. */
static double left_of(const struct hs_stem_side_fit *s, size_t w, int zone, double *all)
{
    double left = 0;
    for (int c = 0; c < CELLS; c++)
        if (c % BANDS >= hs_stem_zone_bands[zone] && c % BANDS < hs_stem_zone_bands[zone + 1]) {
            left += s->left[w * CELLS + (size_t)c];
            *all += s->sums[w].power[c];
        }
    return left;
}

/* The zone that holds most of what is left, from the first to the last window with a fair share of
 * it; .power: what is left of all of it there. */
static struct gap thickest(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s)
{
    const double fair = 0.3;
    struct gap most = {0};
    double power = 0, all = 0;
    for (int zone = 0; zone < HS_STEM_ZONES; zone++) {
        double sum = 0, left = 0, whole = 0;
        size_t from = f->n_windows, to = 0;
        for (size_t w = 0; w < f->n_windows; w++)
            sum += left_of(s, w, zone, &all);
        if (!(sum > power))
            continue;
        power = sum;
        for (size_t w = 0; w < f->n_windows; w++)
            if (left_of(s, w, zone, &all) > fair * sum / (double)f->n_windows) {
                from = w < from ? w : from;
                to = w + 1;
            }
        for (size_t w = from; w < to; w++)
            left += left_of(s, w, zone, &whole);
        most = (struct gap){.zone = zone, .from = from, .n = to - from, .power = left / whole};
    }
    return most;
}

/* Where the file ends, as far as it sounds. */
static double end_s(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s)
{
    size_t n = f->n_units;
    while (n > 0 && !(s->unit_power[n - 1] > 0))
        n--;
    return (double)(n * f->unit_frames) * f->frame_s;
}

bool hs_stem_lacks_some(const struct hs_stem_fitting *f, size_t file)
{
    const double much = 0.04; /* -14 dB; a limiter leaves as much of a master */
    return f->side[file].residual > much && f->side[0].residual > much;
}

const char *hs_stem_missing(const struct hs_stem_fitting *f, size_t file, struct hs_arena *arena)
{
    const struct hs_stem_side_fit *s = &f->side[file];
    const double window_s = f->frame_s * (double)f->window_frames;
    struct gap g = longest(f, s);
    const bool whole = g.n >= 2;
    if (!whole && !hs_stem_lacks_some(f, file))
        return NULL;
    if (!whole)
        g = thickest(f, s);
    const long from = lround((double)g.from * window_s);
    const long to = lround(fmin((double)(g.from + g.n) * window_s, end_s(f, s)));
    if (!whole)
        return hs_arena_printf(
            arena,
            "Something of the file is in no stem: they leave %.0f %% of %s from %ld:%02ld to "
            "%ld:%02ld, where most of it lies.",
            100 * g.power, zone_words[g.zone], from / 60, from % 60, to / 60, to % 60);
    return hs_arena_printf(arena, "No stem explains %s on the %s side from %ld:%02ld to %ld:%02ld.",
                           zone_words[g.zone], g.channel ? "right" : "left", from / 60, from % 60,
                           to / 60, to % 60);
}
