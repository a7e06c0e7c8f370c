/* SPDX-License-Identifier: Apache-2.0 */
/* The analysers' tables as one: rows by key, and the version of all values. */
#include "measure/analyser.h"
#include "measure/measure.h"

#include <string.h>

const struct hs_measure *hs_measure_find(const char *key)
{
    for (size_t i = 0; i < hs_n_analysers; i++)
        for (size_t j = 0; j < hs_analysers[i]->n_measures; j++)
            if (!strcmp(hs_analysers[i]->measures[j].key, key))
                return &hs_analysers[i]->measures[j];
    return NULL;
}

/* FNV-1a, 64 bit. */
static unsigned long long mix_in(unsigned long long h, const char *s)
{
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 1099511628211ull;
    return h;
}

unsigned long long hs_measure_version(void)
{
    enum { DRIVER = 1 }; /* of gathering, screening, down-mix and shared spectra */
    unsigned long long h = 14695981039346656037ull ^ DRIVER;
    for (size_t i = 0; i < hs_n_analysers; i++)
        h = mix_in(h * 31 + hs_analysers[i]->version, hs_analysers[i]->name);
    return h;
}
