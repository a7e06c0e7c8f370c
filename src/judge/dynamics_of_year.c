/* SPDX-License-Identifier: Apache-2.0 */
/* How dense records of a year were, from published counts. Rules of dynamics allow for it, and the
 * trend of a catalogue is held against it. */
#include "judge/dynamics_of_year.h"

#include <stddef.h>

struct point {
    double year, db;
};

/* Album DR: 13 in 1985, 8-9 in 2012 and the least in 2008 (evaluations of the public DR
 * database); loudness and crest peak in 2007 and 2008 over 7200 tracks of 1967-2014
 * (Deruty and Pachet, ISMIR 2015); level steady until 1982 (Sound on Sound, 2011).
 * Songs: peaks 3 dB higher over their loudness in the eighties than around 2007, and a little
 * back since (the same). The built-in catalogues lie around 2008. */
static const struct {
    struct point at[6];
    size_t n;
} figures[] = {
    [HS_DR_OF_ALBUMS] = {{{1982, 13.2}, {1985, 13}, {2008, 8}, {2012, 8.5}}, 4},
    [HS_CREST_OF_SONGS] = {{{1985, 3}, {1995, 2}, {2000, 0.7}, {2008, 0}, {2015, 0.3}, {2020, 0.6}},
                           6},
};

/* Linear between the years of the table, level beyond. */
double hs_dynamics_of_year(enum hs_dynamics_figure figure, double year)
{
    const struct point *p = figures[figure].at;
    size_t n = figures[figure].n;
    if (year <= p[0].year)
        return p[0].db;
    for (size_t i = 1; i < n; i++)
        if (year <= p[i].year) {
            double share = (year - p[i - 1].year) / (p[i].year - p[i - 1].year);
            return p[i - 1].db + share * (p[i].db - p[i - 1].db);
        }
    return p[n - 1].db;
}
