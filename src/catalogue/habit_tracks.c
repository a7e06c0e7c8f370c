/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/habit_tracks.h"

#include "catalogue/another_song.h"
#include "core/alloc.h"

#include <stdlib.h>
#include <string.h>

size_t hs_habit_pairs(const struct hs_audit *audit, const struct hs_songs *songs, size_t *out)
{
    size_t n = 0;
    for (size_t i = 0; i < audit->job->n_tracks; i++)
        if (audit->tracks[i].pair.state == HS_PAIR_ALIGNED && songs->copy_of[i] == i)
            out[n++] = i;
    return n;
}

size_t hs_habit_masters(const struct hs_audit *audit, const struct hs_songs *songs, size_t *out)
{
    size_t n = 0;
    for (size_t i = 0; i < audit->job->n_tracks; i++)
        if (audit->tracks[i].master.state == HS_FILE_OK && songs->copy_of[i] == i &&
            !hs_another_song_is(&audit->tracks[i]))
            out[n++] = i;
    return n;
}

/* A mix by its bytes. */
struct mix {
    uint64_t hash[2]; /* 0, 0: not known, equal to none */
    size_t track;
};

static int by_bytes(const void *a, const void *b)
{
    const struct mix *x = a, *y = b;
    for (int i = 0; i < 2; i++)
        if (x->hash[i] != y->hash[i])
            return x->hash[i] < y->hash[i] ? -1 : 1;
    return (x->track > y->track) - (x->track < y->track);
}

static int by_number(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

size_t hs_habit_mixes(const struct hs_audit *audit, size_t *out)
{
    struct mix *mix = HS_NEW_ARRAY(struct mix, audit->job->n_tracks + 1);
    size_t n_mixes = 0, n = 0;
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const struct hs_file *f = &audit->tracks[i].mix;
        if (f->state == HS_FILE_OK && !hs_another_song_is(&audit->tracks[i]))
            mix[n_mixes++] = (struct mix){{f->hash[0], f->hash[1]}, i};
    }
    qsort(mix, n_mixes, sizeof *mix, by_bytes);
    for (size_t i = 0; i < n_mixes; i++) {
        const uint64_t *h = mix[i].hash;
        bool known = h[0] || h[1];
        if (!i || !known || memcmp(h, mix[i - 1].hash, sizeof mix[i].hash) != 0)
            out[n++] = mix[i].track;
    }
    qsort(out, n, sizeof *out, by_number);
    hs_free(mix);
    return n;
}
