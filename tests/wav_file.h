/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_TESTS_WAV_FILE_H
#define HS_TESTS_WAV_FILE_H

#include "signals.h"

#include <stdint.h>
#include <stdio.h>

/* Float WAV in a file of its own. */
static void put_wav(const char *path, const struct signal *s)
{
    FILE *f = fopen(path, "wb");
    uint32_t bytes = (uint32_t)(s->n * (size_t)s->n_channels * 4), riff = bytes + 36, n = 16;
    uint32_t rate = (uint32_t)s->rate, per_s = rate * 4 * (uint32_t)s->n_channels;
    uint16_t word[4] = {3, (uint16_t)s->n_channels, (uint16_t)(4 * s->n_channels), 32};
    fwrite("RIFF", 1, 4, f), fwrite(&riff, 4, 1, f), fwrite("WAVEfmt ", 1, 8, f);
    fwrite(&n, 4, 1, f), fwrite(word, 2, 2, f), fwrite(&rate, 4, 1, f);
    fwrite(&per_s, 4, 1, f), fwrite(word + 2, 2, 2, f);
    fwrite("data", 1, 4, f), fwrite(&bytes, 4, 1, f);
    for (size_t i = 0; i < s->n; i++)
        for (int c = 0; c < s->n_channels; c++)
            fwrite(&s->x[c][i], 4, 1, f);
    fclose(f);
}

#endif
