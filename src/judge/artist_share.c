/* SPDX-License-Identifier: Apache-2.0 */
/* The counted share of the table where there is one, else a careful guess. catalogue/kinds uses it
 * for the correlation of songs of one artist. */
#include "judge/artist_share.h"

#include "judge/artists.h"

#include <stddef.h>

/* Shares of rules that were not counted. Defects of the file come with an artist's archive, so
 * more of their variance lies between artists. */
static const double unknown = .20, of_the_file = .40;

double hs_artist_share(const struct hs_rule *rule)
{
    const struct hs_artists *artists = rule ? hs_artists_find(rule->id) : NULL;
    if (artists && artists->share > 0)
        return artists->share;
    return rule && rule->dimension->of_the_file ? of_the_file : unknown;
}
