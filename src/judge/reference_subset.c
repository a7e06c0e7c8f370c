/* SPDX-License-Identifier: Apache-2.0 */
/* Year and genre of the references come from their tags, those of a track from the job. */
#include "judge/reference_subset.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { YEARS = 5 }; /* either way */

static const char *text_of(const struct hs_values *v, const char *key)
{
    const struct hs_value *x = hs_values_get(v, key);
    return x && x->kind == HS_TEXT ? x->text : NULL;
}

/* From tags; 0 and NULL where they say nothing. */
struct hs_reference_subset hs_reference_subset_new(const struct hs_file *files, size_t n,
                                                   struct hs_arena *arena)
{
    struct hs_reference_subset s = {.year = HS_ARENA_ARRAY(arena, int, n + 1),
                                    .genre = HS_ARENA_ARRAY(arena, const char *, n + 1)};
    for (size_t i = 0; i < n; i++) {
        double year = 0;
        hs_values_read(&files[i].values, "tag_year", &year);
        s.year[i] = (int)year;
        s.genre[i] = text_of(&files[i].values, "tag_genre");
    }
    return s;
}

/* Tags hold several genres in one text: "Rock; Live". */
static bool has_genre(const char *tag, const char *genre)
{
    static const char between[] = ";,/|";
    size_t wanted = strlen(genre);
    while (tag && *tag) {
        tag += strspn(tag, " ;,/|");
        size_t n = strcspn(tag, between), full = n;
        while (n && tag[n - 1] == ' ')
            n--;
        if (n == wanted && n && !strncasecmp(tag, genre, n))
            return true;
        tag += full;
    }
    return false;
}

bool hs_reference_subset_alike(const struct hs_reference_subset *s, size_t i,
                               const struct hs_kind_of_music *track, bool by_year)
{
    if (by_year)
        return track->year && s->year[i] && abs(s->year[i] - track->year) <= YEARS;
    return track->genre && has_genre(s->genre[i], track->genre);
}

const char *hs_reference_subset_name(const struct hs_kind_of_music *track, bool by_year,
                                     struct hs_arena *arena)
{
    if (by_year)
        return track->year
                   ? hs_arena_printf(arena, "of %d to %d", track->year - YEARS, track->year + YEARS)
                   : NULL;
    return track->genre ? hs_arena_printf(arena, "of %s", track->genre) : NULL;
}
